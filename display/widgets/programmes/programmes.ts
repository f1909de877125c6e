/** The radio columns that are still to come, and the one that is on. Pure; `now` in ms. */
import type { Row } from '../../../protocol/board.ts'
import { instantMs, localDay, dayNumber } from '../../../protocol/time.ts'
import { shortDay } from '../../words.ts'

export interface Programme {
  readonly id: string
  readonly title: string
  readonly minutes: number
  /** 今天 07:00 */
  readonly when: string
  readonly state: 'over' | 'on' | 'next' | 'later'
}

export function programmesOf(rows: Iterable<Row<'programmes'>>, now: number): readonly Programme[] {
  const today = dayNumber(localDay(now))
  let hasNext = false
  return [...rows]
    .map((row) => ({ ...row, at: instantMs(row.startsAt) }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ id, title, minutes, at, startsAt }): Programme => {
      const isOver = at + minutes * 60_000 <= now
      const isOn = !isOver && at <= now
      const isNext = !isOver && !isOn && !hasNext
      if (isNext) hasNext = true
      const day = localDay(at)
      const ahead = dayNumber(day) - today
      const name = ahead === 0 ? '今天' : ahead === 1 ? '明天' : shortDay(day)
      return {
        id,
        title,
        minutes,
        when: `${name} ${startsAt.slice(11, 16)}`,
        state: isOver ? 'over' : isOn ? 'on' : isNext ? 'next' : 'later',
      }
    })
}
