/** The thread's course in u of the canvas. Pure. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Course {
  /** Height of the feed row's middle; null when the row is not shown. */
  readonly row: number | null
  readonly card: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  /** Foot of the flag; null when the organisation has no place on the stage. */
  readonly flag: Point | null
}

/** In the gutter beside the feed, 0.4 u off the 4×4 seam at 180 u. */
const gutterX = 180.4
const rowX = 180.6
const radius = 0.8

export function threadPath({ row, card, flag }: Course): string {
  const middle = card.y + card.h / 2
  const right = card.x + card.w
  const head =
    row === null
      ? `M${right} ${middle}`
      : `M${rowX} ${row}H${gutterX}V${middle + radius}q0 ${-radius} ${-radius} ${-radius}H${right}`
  if (flag === null) return head
  const bend = (card.x - flag.x) * 0.55
  return `${head}M${card.x} ${middle}C${card.x - bend} ${middle} ${flag.x + bend * 0.5} ${flag.y} ${flag.x} ${flag.y}`
}
