/** The feeds of the platforms, and up to which day each platform's activities are complete. Pure. */
import type { Row } from '../../protocol/board.ts'
import { toInstant } from '../../protocol/time.ts'
import { dayOf } from './dates.ts'
import type { State } from './state.ts'

export interface Sources {
  /** Who has the last word on a feed of activities. */
  reporterOf(key: string): string | undefined
  /**
   * Call after a report of a source. Which organisations have to be judged again on a day: a silent platform is not a
   * silent branch, so while its activities feed is stale (older than two cadences) its days of silence stand still.
   */
  index(source: string, day: number | undefined): readonly string[]
  /** A day number; Infinity where the source reports no activities. */
  completeUpTo(source: string | undefined): number
  row(key: string): Row<'sources'> | undefined
}

export function createSources(state: State): Sources {
  const complete = new Map<string, number>()

  function index(source: string, day: number | undefined): readonly string[] {
    const before = complete.get(source)
    let after: number | undefined
    for (const reports of state.sources.values()) {
      const report = reports.at(-1)
      if (!report || report.value.source !== source || report.value.feed !== 'activities') continue
      const upTo = dayOf(report.at + 2_000 * report.value.cadenceSeconds)
      after = after === undefined ? upTo : Math.max(after, upTo)
    }
    if (after === before) return []
    if (after === undefined) complete.delete(source)
    else complete.set(source, after)
    const isPast = (each: number | undefined): boolean =>
      each === undefined || day === undefined || each < day
    return isPast(before) || isPast(after) ? keptBy(source) : []
  }

  function keptBy(source: string): readonly string[] {
    const ids: string[] = []
    for (const [id, { records }] of state.organizations)
      if (records.at(-1)?.value.source === source) ids.push(id)
    return ids
  }

  function reporterOf(key: string): string | undefined {
    const last = state.sources.get(key)?.at(-1)?.value
    return last?.feed === 'activities' ? last.source : undefined
  }
  for (const key of state.sources.keys()) {
    const source = reporterOf(key)
    if (source !== undefined) index(source, undefined)
  }

  return {
    reporterOf,
    index,
    completeUpTo: (source) => (source === undefined ? undefined : complete.get(source)) ?? Infinity,
    row(key) {
      const last = state.sources.get(key)?.at(-1)
      if (!last) return undefined
      const { platform, feed, cadenceSeconds } = last.value
      return { id: key, platform, feed, cadenceSeconds, asOf: toInstant(last.at) }
    },
  }
}
