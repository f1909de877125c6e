/** A small, fixed piece of the county for tests: a few organisations and one day of theirs. */
import type { Event } from '../../protocol/events.ts'
import { dayMs, dayStartMs } from '../../protocol/time.ts'
import { countyEvents, makeCounty } from '../platforms/xintian-county.ts'
import { eventsBetween } from '../platforms/xintian-day.ts'

export function smallScenario(day = '2026-06-18', township = '431128101'): readonly Event[] {
  const county = makeCounty({ asOf: day })
  const own = new Set(county.organizations.filter((o) => o.township === township).slice(0, 12).map((o) => o.id))
  const start = dayStartMs(day)
  return [...countyEvents(county, start - dayMs), ...eventsBetween(county, start - dayMs, start + dayMs / 2, 1)].filter((event) =>
    own.has(event.subject),
  )
}
