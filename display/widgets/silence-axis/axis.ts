/** Branches over the days since their last activity: cells while calm, marks with names once warned. Pure; lengths in u. */
import type { Level } from '../../parts/WarningMark.tsx'

export interface Quiet {
  readonly id: string
  readonly days: number
  readonly level: 0 | 2 | 3 | 4
}

export interface Mark {
  readonly id: string
  readonly x: number
  /** Lane from the foot, 0 …; its name stands there. */
  readonly lane: number
  /** The name stands left of the mark, where there is no room at its right. */
  readonly isLeft: boolean
  /** Null lane-mates: too many at one place to name. */
  readonly isNamed: boolean
  readonly level: Exclude<Level, 1>
}

export interface Axis {
  /** Calm branches by day. */
  readonly columns: readonly number[]
  readonly marks: readonly Mark[]
  /** Warned branches by level; of those that have no room for a name, marks that would cover each other are one. */
  readonly counts: Readonly<Record<Mark['level'], number>>
  /** The first day that is warned of, by level, where the level has a branch. */
  readonly last: number
}

/** Of two marks without a name that are nearer, nobody sees the one beneath. */
const coveredU = 0.5

/** Days → x. The calm month has three tenths of the axis, as the eye wants the warned. */
export function scaleOf(first: number, last: number, width: number): (days: number) => number {
  const calm = width * 0.3
  return (days) =>
    days < first
      ? (days / first) * calm
      : calm + ((days - first) / Math.max(1, last - first)) * (width - calm)
}

/**
 * `fromDays`: the first day of each level. Names take `nameWidth`, and stand on the side on which they stay within their own
 * level, where it has the room; of those that find no free lane of `lanes` only the mark is shown, in the top lane.
 */
export function axisOf(
  branches: readonly Quiet[],
  [first, ...later]: readonly [number, ...number[]],
  { width, lanes, nameWidth }: { width: number; lanes: number; nameWidth: number },
): Axis {
  const columns = Array.from({ length: first }, () => 0)
  const warned: Quiet[] = []
  for (const branch of branches)
    if (branch.level === 0) {
      const day = Math.min(first - 1, branch.days)
      columns[day] = (columns[day] ?? 0) + 1
    } else warned.push(branch)
  const last = Math.max(100, first + 10, ...warned.map(({ days }) => days + 4))
  const x = scaleOf(first, last, width)
  const lines = later.map(x)
  const crosses = ([from, to]: readonly [number, number]): boolean =>
    lines.some((line) => from < line && line < to)
  /** Per lane the spans that are taken. */
  const taken: (readonly [number, number])[][] = Array.from({ length: lanes }, () => [])
  const counts = { 2: 0, 3: 0, 4: 0 }
  let nearest = Infinity
  const marks = warned
    .sort((a, b) => b.days - a.days || (a.id < b.id ? -1 : 1))
    .flatMap(({ id, days, level: told }): readonly Mark[] => {
      const at = x(days)
      const level = told === 0 ? 2 : told
      counts[level] += 1
      const right = [at - 1.6, at + nameWidth] as const
      const left = [at - nameWidth, at + 1.6] as const
      const sides = crosses(right) && !crosses(left) ? [left, right] : [right, left]
      for (let lane = 0; lane < lanes; lane += 1)
        for (const span of sides) {
          const isFree =
            span[0] >= width * 0.3 - 1.7 &&
            span[1] <= width &&
            !(taken[lane] ?? []).some((each) => each[0] < span[1] && span[0] < each[1])
          if (!isFree) continue
          taken[lane]?.push(span)
          return [{ id, x: at, lane, isLeft: span === left, isNamed: true, level }]
        }
      if (nearest - at < coveredU) return []
      nearest = at
      return [{ id, x: at, lane: lanes, isLeft: false, isNamed: false, level }]
    })
  return { columns, marks, counts, last }
}

export interface Zone {
  readonly level: Mark['level']
  readonly from: number
  readonly to: number
}

/** The days of each level, as the county counts them, as far as the axis goes; a level that another one swallows has none. */
export function zonesOf(fromDays: readonly number[], last: number): readonly Zone[] {
  const levels = [2, 3, 4] as const
  return levels.flatMap((level, index) => {
    const from = fromDays[index] ?? last
    const to = Math.min(last, fromDays[index + 1] ?? last)
    return from < to ? [{ level, from, to }] : []
  })
}

/** Days between two numbers: a branch that never met is silent since its founding, which may be thirty years. */
const steps: readonly number[] = [10, 30, 100, 300, 1_000, 3_000]
const ticksMost = 16

/** Round days, and the first of each level; where the two would touch, the level's. */
export function ticksOf(fromDays: readonly [number, ...number[]], last: number): readonly number[] {
  const [first] = fromDays
  const step = steps.find((days) => (last - first) / days <= ticksMost) ?? last
  const within = fromDays.filter(
    (day, at) => day <= last - 2 && (at === 0 || day - (fromDays[at - 1] ?? 0) >= step / 2),
  )
  const round = Array.from({ length: Math.floor(last / step) + 1 }, (_, at) => at * step)
  const clear = round.filter((day) => {
    // The calm part is drawn wider than its days.
    const apart = day < first ? first / 6 : step / 2
    return day <= last - 2 && within.every((from) => Math.abs(day - from) >= apart)
  })
  return [...new Set([...clear, ...within])].sort((a, b) => a - b)
}
