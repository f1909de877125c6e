/** Open cases by the time that is left to them: a cell for each, stacked over the hour, the next to be due at the right. Pure; lengths in u. */
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'

export interface Cell {
  readonly id: string
  readonly x: number
  readonly y: number
}

export interface Ageing {
  /** Side of a cell. */
  readonly size: number
  readonly cells: readonly Cell[]
  /** Round hours along the axis, the most at the left. */
  readonly ticks: readonly { readonly x: number; readonly label: number }[]
  /** Past their time, the longest first. */
  readonly overdue: readonly Row<'cases'>[]
  /** Not dispatched yet, so without a time to keep. */
  readonly undated: number
}

const hourMs = 3_600_000
/** The largest first: a few cases are seen from afar as well. */
const pitches = [3.6, 3, 2.4, 2] as const
const fill = 0.8
const leastHours = 6

/** 6, 12, 24, 48 … hours, so that the longest of the times left has room. */
function spanOf(hours: number): number {
  let span = leastHours
  while (span < hours) span *= 2
  return span
}

export function ageingOf(
  cases: Iterable<Row<'cases'>>,
  now: number,
  width: number,
  height: number,
): Ageing {
  const dated: { readonly id: string; readonly hours: number }[] = []
  const overdue: Row<'cases'>[] = []
  let undated = 0
  for (const each of cases) {
    if (each.dueAt === null) undated += 1
    else if (instantMs(each.dueAt) < now) overdue.push(each)
    else dated.push({ id: each.id, hours: (instantMs(each.dueAt) - now) / hourMs })
  }
  const span = spanOf(Math.max(0, ...dated.map(({ hours }) => hours)))
  const ordered = dated.sort((a, b) => a.hours - b.hours || (a.id < b.id ? -1 : 1))
  const stacksOf = (pitch: number) => {
    const columns = Math.floor(width / pitch)
    const stacks = Array.from({ length: columns }, (): string[] => [])
    for (const { id, hours } of ordered)
      stacks[Math.min(columns - 1, Math.floor((1 - hours / span) * columns))]?.push(id)
    return stacks
  }
  const highestOf = (stacks: readonly string[][]) =>
    Math.max(1, ...stacks.map(({ length }) => length))
  const wide = pitches.find((each) => highestOf(stacksOf(each)) * each <= height) ?? 2
  const stacks = stacksOf(wide)
  const pitch = Math.min(wide, height / highestOf(stacks))
  const step = span / 6
  return {
    size: pitch * fill,
    cells: stacks.flatMap((stack, column) =>
      stack.map((id, place) => ({
        id,
        x: column * (width / stacks.length),
        y: height - (place + 1) * pitch,
      })),
    ),
    ticks: Array.from({ length: 6 }, (_, index) => ({
      x: (index / 6) * width,
      label: span - index * step,
    })),
    overdue: overdue.sort((a, b) => ((a.dueAt ?? '') < (b.dueAt ?? '') ? -1 : 1)),
    undated,
  }
}
