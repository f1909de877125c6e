/** What 新田智慧党建 published of itself in 2018, as events: 852 organisations, 20,138 members, and live video from over 200 villages. */
import type { Event, EventKind } from '../../protocol/events.ts'
import { dayMs, dayStartMs, localDay } from '../../protocol/time.ts'
import { sayAs, type Story, type StoryOptions } from '../platform.ts'
import { randomOf } from '../random.ts'
import { countyEvents, makeCounty, type County } from './xintian-county.ts'
import { eventsBetween } from './xintian-day.ts'

const say = sayAs('xintian')
const liveVillages = 213
/** A branch that meets once a month has met within this many days. */
const memoryDays = 125
const lasting: ReadonlySet<EventKind> = new Set([
  'activity.submitted',
  'members.checked',
  'dues.checked',
])

export function tellXintian({ seed, asOfMs }: StoryOptions): Story {
  const county = makeCounty({ seed, asOf: localDay(asOfMs) })
  return {
    roster: (atMs) => countyEvents(county, atMs),
    between: (fromMs, toMs) => eventsBetween(county, fromMs, toMs, seed),
    *published() {
      const today = dayStartMs(county.asOf)
      // The month's dues and study are part of today's figures.
      const monthMs = dayStartMs(`${county.asOf.slice(0, 7)}-01`)
      const rememberedMs = monthMs - memoryDays * dayMs
      yield* countyEvents(county, rememberedMs)
      yield* dissolved(rememberedMs)
      // Of the months before only when each branch met last, or all of them would look silent since they were founded, and
      // what was found of its members last.
      const latest = new Map<string, Event>()
      for (const event of eventsBetween(county, rememberedMs, monthMs, seed)) {
        if (lasting.has(event.kind)) latest.set(`${event.kind} ${event.subject}`, event)
      }
      yield* latest.values()
      for (const event of eventsBetween(county, monthMs, asOfMs, seed))
        if (!isOfVillageCamera(event)) yield event
      yield* cameras(county, today, asOfMs, seed)
    },
  }
}

/** A branch of the old days that was merged: told, taken off, and never counted. */
function* dissolved(atMs: number): Generator<Event> {
  const at = { county: '431128', subject: '43112891000099', atMs }
  yield say({ ...at, id: `zz-${at.subject}` }, 'organization.recorded', {
    name: '新田县国营酒厂党支部',
    kind: 'branch',
    group: 'enterprise',
    foundedOn: '1975-06-01',
  })
  yield say({ ...at, id: `cx-${at.subject}`, atMs: atMs + 1000 }, 'organization.dissolved', {})
}

/** Their day is the demo's; what was published is how many there were. */
const isOfVillageCamera = ({ data }: Event): boolean =>
  'stream' in data && data.stream.startsWith('cam-')

/** The cameras of the county grid centre: one a village, switched on in the hour before. */
function* cameras(county: County, today: number, asOfMs: number, seed: number): Generator<Event> {
  const random = randomOf('cameras', seed)
  const villages = county.organizations.filter(
    (o) => o.village !== undefined && o.id.endsWith('01'),
  )
  for (const o of random.shuffled(villages).slice(0, liveVillages)) {
    const stream = `cam-${o.id}`
    const atMs = Math.max(today, asOfMs - random.between(1, 3_600) * 1000)
    const at = { id: `${stream}-${county.asOf}`, county: county.code, subject: o.id, atMs }
    yield say(at, 'stream.up', { stream, title: `${o.name.replace('党支部', '')}党群服务中心` })
  }
}
