/** Floating members as threads from the county's foot: which nodes, how wide. Pure. */
import type { Row, Table } from '../../../protocol/board.ts'

export type Root = {
  readonly city: string
  readonly members: number
  readonly branches: number
  readonly x: number
  readonly width: number
  readonly widest: boolean
}

const nodes = 6
/** First and last node, u of the canvas. */
const between = [93.5, 170] as const
const rest = '其他'

/**
 * At most six destinations, the largest under the county's middle and the others to its left and right by
 * size; what is left over is gathered under 其他, which stands last.
 */
export function layRoots(destinations: Table<'destinations'>, spread = 0): readonly Root[] {
  const all = [...destinations.values()]
  const named = all.filter((d) => d.city !== rest)
  const others = all.filter((d) => d.city === rest)
  const room =
    named.length + Math.min(1, others.length) > nodes || others.length > 0 ? nodes - 1 : nodes
  const bySize = named.sort((a, b) => b.members - a.members || (a.id < b.id ? -1 : 1))
  const gathered = [...bySize.slice(room), ...others]
  const shown: Pick<Row<'destinations'>, 'city' | 'members' | 'branches'>[] = []
  bySize.slice(0, room).forEach((d, i) => (i % 2 === 0 ? shown.push(d) : shown.unshift(d)))
  if (gathered.length > 0) {
    shown.push({
      city: rest,
      members: gathered.reduce((n, d) => n + d.members, 0),
      branches: gathered.reduce((n, d) => n + d.branches, 0),
    })
  }
  const most = Math.max(1, ...shown.map((d) => d.members))
  const [first, last] = [between[0] - spread, between[1] + spread]
  const step = shown.length > 1 ? (last - first) / (shown.length - 1) : 0
  return shown.map((d, i) => ({
    city: d.city,
    members: d.members,
    branches: d.branches,
    x: shown.length > 1 ? first + i * step : (first + last) / 2,
    width: Math.max(0.22, (d.members / most) * 1.05),
    widest: d.members === most,
  }))
}
