/** Events of the demo county, as a log of some months would hold them. */
import type { Event } from '../../protocol/events.ts'
import { countyEvents, makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { eventsBetween } from '../../mock-feeds/platforms/xintian-day.ts'

const dayMs = 86_400_000
export const historyEndMs = Date.parse('2026-06-18T00:00:00+08:00')

/** The county's 852 organisations, then what happened in the days up to `historyEndMs`; at most `most` events. */
export function history(most: number): readonly Event[] {
  const county = makeCounty({ asOf: '2026-06-18' })
  const found: Event[] = []
  const from = historyEndMs - 70 * dayMs
  for (const event of countyEvents(county, from)) found.push(event)
  for (const event of eventsBetween(county, from, historyEndMs, 1)) {
    if (found.length >= most) break
    found.push(event)
  }
  return found
}

/** The event as a platform would send it. */
export function asCloudEvent(event: Event): Record<string, unknown> {
  const { kind, source, id, rev, retracts, subject, county, time, data } = event
  return {
    specversion: '1.0',
    type: `cn.flagwall.${kind}`,
    source,
    id,
    rev,
    ...(retracts === undefined ? {} : { retracts }),
    subject,
    partitionkey: county,
    time,
    datacontenttype: 'application/json',
    data,
  }
}
