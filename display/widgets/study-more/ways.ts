/** What members do beside reading: quizzes, reflections, exchanges, the forum; only what the platforms tell of. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'

type Series = Row<'daily'>['series']

export interface Way {
  readonly series: Series
  readonly name: string
  readonly unit: string
  /** The last 30 days, today last. */
  readonly days: readonly number[]
  readonly today: number
  readonly sum: number
}

const ways: readonly (readonly [Series, string, string])[] = [
  ['quizParticipants', '答题', '人次'],
  ['reflections', '心得', '篇'],
  ['exchanges', '线上交流', '人次'],
  ['forumReplies', '论坛回复', '条'],
]

export function waysOf(daily: Board['daily']): readonly Way[] {
  return ways.flatMap(([series, name, unit]) => {
    const days = daily.get(series)?.values ?? []
    const sum = days.reduce((all, value) => all + value, 0)
    return sum === 0 ? [] : [{ series, name, unit, days, today: days.at(-1) ?? 0, sum }]
  })
}

/** Those of the day first, the earliest ahead; then what comes. */
export function upcoming(
  programmes: Board['programmes'],
  nowInstant: string,
  count: number,
): readonly Row<'programmes'>[] {
  const ordered = [...programmes.values()].sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const rest = ordered.filter(({ startsAt }) => startsAt >= nowInstant)
  return (rest.length > 0 ? rest : ordered).slice(0, count)
}
