/** The last day of a term of office, by the words of the rules: an election, its years, and at most one more year. */
import type { EventData } from '../../protocol/events.ts'
import { dayOf, dayOfDate } from './days.ts'
import type { Heard } from './told.ts'

/** The same date of another year; of 29 February, the 28th. */
const later = (date: string, years: number): string =>
  `${Number(date.slice(0, 4)) + years}${date.slice(4).replace('-02-29', '-02-28')}`

/** A plain date as it is written; undefined where nothing is known of the term. `events` are of one organisation in order. */
export function termEndOf(
  record: EventData<'organization.recorded'>,
  events: readonly Heard[],
): string | undefined {
  const { kind, village, foundedOn, termEndsOn, electedOn, termPostponedTo } = record
  const years = village !== undefined || kind === 'committee' ? 5 : 3
  const known = [termEndsOn, electedOn && later(electedOn, years)].flatMap((end) => end ?? [])
  const [end = later(foundedOn, years)] = known.toSorted()
  const first = events.find(({ event }) => event.kind.startsWith('organization.'))?.ms ?? 0
  // Elections before the organisation was told of are not known.
  if (known.length === 0 && dayOf(first) > dayOfDate(end)) return undefined
  const postponed = termPostponedTo === undefined || termPostponedTo < end ? end : termPostponedTo
  const latest = later(end, 1)
  return postponed < latest ? postponed : latest
}
