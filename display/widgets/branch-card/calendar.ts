/** A year of days as weeks, with a gap before each month. Pure; in u. */
import { dayNumber, dayOfNumber } from '../../../protocol/time.ts'

export const cellU = 1
const pitchU = 1.2
const monthGapU = 0.42
/** Where the name of the last month begins at the latest, so that it ends with the year. */
const lastLabelU = 66.2

export interface Cell {
  readonly x: number
  readonly y: number
  readonly activities: number
}

export interface Year {
  readonly cells: readonly Cell[]
  readonly months: readonly { readonly x: number; readonly label: string }[]
  readonly activities: number
  readonly width: number
}

/** `counts`: activities of each day, the last of them `today`. Weeks begin on Monday. */
export function yearOf(counts: readonly number[], today: string): Year {
  const last = dayNumber(today)
  const first = last - counts.length + 1
  // 1970-01-01 was a Thursday: the fourth day of its week.
  const weekday = (day: number) => (day + 3) % 7
  const cells: Cell[] = []
  const months: { x: number; label: string }[] = []
  let month = ''
  let gaps = 0
  counts.forEach((activities, index) => {
    const day = first + index
    const text = dayOfNumber(day)
    const week = Math.floor((day + 3) / 7) - Math.floor((first + 3) / 7)
    const isNew = text.slice(0, 7) !== month
    if (isNew && month !== '') gaps += 1
    const x = week * pitchU + gaps * monthGapU
    if (isNew) {
      month = text.slice(0, 7)
      // The rest of a month that fills no three weeks has no room for its name.
      if (Number(text.slice(8)) <= 8)
        months.push({ x: Math.min(x, lastLabelU), label: `${Number(text.slice(5, 7))} 月` })
    }
    cells.push({ x, y: weekday(day) * pitchU, activities })
  })
  return {
    cells,
    months,
    activities: counts.reduce((sum, count) => sum + count, 0),
    width: (cells.at(-1)?.x ?? 0) + cellU,
  }
}
