/** Where township labels stand: two margins beside the county, in u of the 240 × 135 canvas. Pure. */
export type Seat = { readonly code: string; readonly x: number; readonly y: number }
export type Label = { readonly code: string; readonly side: 'left' | 'right'; readonly y: number }

export const labelX = { left: 81, right: 159 } as const
/** First and last label of a side, by the middle of its name. */
const rows = { left: [20.4, 83.4], right: [32.6, 85] } as const
/** Name and figures with their leading. */
export const labelHeight = 4.7

/** West half left, east half right; each side from north to south, evenly spaced, so no two labels touch. */
export function layLabels(seats: readonly Seat[]): readonly Label[] {
  const byEast = [...seats].sort((a, b) => a.x - b.x)
  const half = Math.floor(byEast.length / 2)
  const side = (name: 'left' | 'right', members: readonly Seat[]): Label[] => {
    const [first, last] = rows[name]
    const step = members.length > 1 ? (last - first) / (members.length - 1) : 0
    return [...members]
      .sort((a, b) => a.y - b.y)
      .map((s, i) => ({ code: s.code, side: name, y: first + i * step }))
  }
  return [...side('left', byEast.slice(0, half)), ...side('right', byEast.slice(half))]
}

/** Where the leader leaves its label, past the name; hanzi are one em wide. `spread`: how much further out it stands than on 16:9. */
export function leaderStart(label: Label, name: string, spread: number): { x: number; y: number } {
  const width = name.length * 2.36 + 1
  return {
    x: label.side === 'left' ? labelX.left - spread + width : labelX.right + spread - width,
    y: label.y,
  }
}
