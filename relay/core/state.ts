/**
 * What the wall remembers: a function of the set of effective events, so every
 * event can be added and taken back in any order. Nothing here depends on a clock.
 */
import type { Event, EventData, EventKind, EventOf } from '../../protocol/events.ts'
import { dayNumber } from '../../protocol/time.ts'
import type { Piece } from './activity.ts'
import { dayOf, interned, parseInstant, sinceMidnight } from './dates.ts'
import { createDomain, foldDomain, isDomainEvent, type Domain, type DomainKind } from './domain.ts'
import { paymentKey } from './dues.ts'
import { formNumber } from './forms.ts'
import { pointsKey } from './points.ts'
import { changed, entryOf, none, note, type Entries } from './register.ts'
import { tallied, tally, type FlatTally, type Tally } from './tally.ts'

export type Recorded = EventData<'organization.recorded'>
/** What was done about a warning, and by whom (督办). */
export interface Handling {
  readonly step: 'reminded' | 'acknowledged' | 'rectified'
  readonly rule: EventData<'warning.reminded'>['rule']
  readonly by: EventData<'warning.acknowledged'>['by']
}

/** Everything told about one organisation. Days are local day numbers. */
export interface Organization {
  /** `data: null` is a dissolution. `source` names the platform that keeps the organisation. */
  records: Entries<{ readonly source: string; readonly data: Recorded | null }>
  members: Entries<Omit<EventData<'members.counted'>, 'secretary'>>
  online: Entries<boolean>
  handlings: Entries<Handling>
  readonly activities: Map<string, Entries<Piece>>
  /** By `pointsKey`. */
  points: FlatTally
  /** Members who paid, by `paymentKey`. */
  dues: FlatTally
  /** Minutes studied by day. */
  minutes: FlatTally
}

export interface StreamTold {
  readonly organization: string
  /** Null when the stream went down. */
  readonly up: { readonly title: string; readonly activity: string | null } | null
}

export interface SourceTold {
  readonly platform: string
  readonly source: string
  readonly feed: EventData<'source.reported'>['feed']
  readonly cadenceSeconds: number
}

export interface State {
  /** Days that began, by day number. */
  readonly days: Tally<number>
  readonly organizations: Map<string, Organization>
  readonly streams: Map<string, Entries<StreamTold>>
  readonly domain: Domain
  /** Day → 10-minute slot since midnight → learners. */
  readonly learners: Map<number, Tally<number>>
  /** `platform/feed` → its reports. */
  readonly sources: Map<string, Entries<SourceTold>>
}

export const slotMs = 600_000
/** A report each second for a year must not fill the memory: only so many reports of a feed can be taken back. */
const keptReports = 64

export function createState(): State {
  return {
    days: new Map(),
    organizations: new Map(),
    streams: new Map(),
    domain: createDomain(),
    learners: new Map(),
    sources: new Map(),
  }
}

type Fold<K extends EventKind> = (state: State, event: EventOf<K>, at: number, sign: 1 | -1) => void

type PieceKind = 'activity.started' | 'activity.signed' | 'activity.submitted' | 'activity.reviewed'

function piece<K extends PieceKind>(keep: (data: EventData<K>) => Piece): Fold<K> {
  return (state, event, at, sign) => {
    const { activities } = organizationIn(state, event.subject)
    // A union index loses which data a kind has.
    const data = event.data as EventData<K>
    note(activities, data.activity, entryOf(event, at, keep(data)), sign)
  }
}

/** A list of an organisation, in which the last entry holds. */
function list<K extends EventKind, L extends 'records' | 'members' | 'online' | 'handlings'>(
  name: L,
  keep: (event: EventOf<K>) => Organization[L][number]['value'],
): Fold<K> {
  return (state, event, at, sign) => {
    const organization: { [N in L]: Entries<Organization[L][number]['value']> } = organizationIn(
      state,
      event.subject,
    )
    organization[name] = changed(organization[name], entryOf(event, at, keep(event)), sign)
  }
}

function handling<K extends 'warning.reminded' | 'warning.acknowledged' | 'warning.rectified'>(
  step: Handling['step'],
): Fold<K> {
  return list<K, 'handlings'>('handlings', ({ data: { rule, by } }) => ({ step, rule, by }))
}

const folds: { readonly [K in Exclude<EventKind, DomainKind>]: Fold<K> } = {
  'organization.recorded': list('records', ({ source, data }) => ({ source, data })),
  'organization.dissolved': list('records', ({ source }) => ({ source, data: null })),
  'members.counted': list('members', ({ data }) => {
    const { secretary: _, ...counts } = data
    return counts
  }),
  'branch.online': list('online', () => true),
  'branch.offline': list('online', () => false),
  // Nothing on the board tells of an activity before it begins.
  'activity.announced': () => undefined,
  'activity.started': piece<'activity.started'>(({ form, title }) => ({
    kind: 'started',
    form: formNumber(form),
    title: interned(title),
  })),
  'activity.signed': piece<'activity.signed'>(({ present, expected }) => ({
    kind: 'signed',
    present,
    expected,
  })),
  'activity.submitted': piece<'activity.submitted'>(
    ({ form, title, heldAt, present, expected }) => ({
      kind: 'submitted',
      form: formNumber(form),
      title: interned(title),
      heldAt: parseInstant(heldAt),
      present,
      expected,
    }),
  ),
  'activity.reviewed': piece<'activity.reviewed'>(({ level, verdict }) => ({
    kind: 'reviewed',
    level,
    verdict,
  })),
  'points.awarded': (state, event, at, sign) => {
    const organization = organizationIn(state, event.subject)
    const key = pointsKey(dayOf(at), event.data.reason)
    organization.points = tallied(organization.points, key, event.data.points, sign)
  },
  'dues.paid': (state, event, at, sign) => {
    const organization = organizationIn(state, event.subject)
    const key = paymentKey(event.data.month, dayOf(at))
    organization.dues = tallied(organization.dues, key, event.data.members, sign)
  },
  'study.logged': (state, event, at, sign) => {
    const day = dayOf(at)
    const slot = Math.floor(sinceMidnight(at) / slotMs)
    const organization = organizationIn(state, event.subject)
    organization.minutes = tallied(organization.minutes, day, event.data.minutes, sign)
    nestedTally(state.learners, day, slot, event.data.learners, sign)
  },
  'stream.up': (state, event, at, sign) => {
    const { stream, title, activity } = event.data
    const told = { organization: event.subject, up: { title, activity: activity ?? null } }
    note(state.streams, stream, entryOf(event, at, told), sign)
  },
  'stream.down': (state, event, at, sign) => {
    const told = { organization: event.subject, up: null }
    note(state.streams, event.data.stream, entryOf(event, at, told), sign)
  },
  'warning.reminded': handling('reminded'),
  'warning.acknowledged': handling('acknowledged'),
  'warning.rectified': handling('rectified'),
  'source.reported': (state, event, at, sign) => {
    const key = `${event.subject}/${event.data.feed}`
    const told = { platform: event.subject, source: event.source, ...event.data }
    note(state.sources, key, entryOf(event, at, told), sign)
    const reports = state.sources.get(key)
    if (reports && reports.length > keptReports) state.sources.set(key, reports.slice(1))
  },
  'day.began': (state, event, _at, sign) => tally(state.days, dayNumber(event.data.day), 0, sign),
}

/** Add an event, or with `sign` −1 take back one that was added. */
export function foldInto(state: State, event: Event, sign: 1 | -1): void {
  const at = parseInstant(event.time)
  if (isDomainEvent(event)) {
    foldDomain(state.domain, event, at, sign)
    return
  }
  const fold = folds[event.kind] as Fold<EventKind>
  fold(state, event, at, sign)
  const organization = state.organizations.get(event.subject)
  if (sign === -1 && organization && isEmpty(organization))
    state.organizations.delete(event.subject)
}

function organizationIn(state: State, id: string): Organization {
  let organization = state.organizations.get(id)
  if (!organization) {
    organization = {
      records: none,
      members: none,
      online: none,
      handlings: none,
      activities: new Map(),
      points: none,
      dues: none,
      minutes: none,
    }
    state.organizations.set(id, organization)
  }
  return organization
}

function isEmpty(organization: Organization): boolean {
  const { records, members, online, handlings, activities, points, dues, minutes } = organization
  return (
    records.length + members.length + online.length + handlings.length === 0 &&
    activities.size + points.length + dues.length + minutes.length === 0
  )
}

function nestedTally<A, B>(
  outer: Map<A, Tally<B>>,
  a: A,
  b: B,
  amount: number,
  sign: 1 | -1,
): void {
  const inner = outer.get(a) ?? new Map<B, readonly [number, number]>()
  tally(inner, b, amount, sign)
  if (inner.size === 0) outer.delete(a)
  else outer.set(a, inner)
}

/** One line of JSON for each thing that is told of, in a fixed order: equal for equal states. */
export function* writeState(state: State): Generator<string> {
  yield* writeUnder([], state)
}

function* writeUnder(path: readonly (string | number)[], held: object): Generator<string> {
  const entries = held instanceof Map ? ordered(held) : Object.entries(held)
  for (const [key, each] of entries) {
    if (each instanceof Map || (path.length === 0 && !Array.isArray(each)))
      yield* writeUnder([...path, key], each as object)
    else yield JSON.stringify([...path, key, pack(each)])
  }
}

/** Throws `SyntaxError` or `TypeError` on anything but what `writeState` wrote. */
export function readState(lines: Iterable<string>): State {
  const state = createState()
  for (const line of lines) {
    const told = JSON.parse(line) as (string | number)[]
    const value = unpack(told.pop())
    const last = told.pop() ?? ''
    let held: unknown = state
    for (const key of told) held = held instanceof Map ? mapIn(held, key) : property(held, key)
    ;(held as Map<string | number, unknown>).set(last, value)
  }
  return state
}

function mapIn(held: Map<unknown, unknown>, key: string | number): unknown {
  const known = held.get(key)
  if (known !== undefined) return known
  const fresh = new Map<unknown, unknown>()
  held.set(key, fresh)
  return fresh
}

function property(held: unknown, key: string | number): unknown {
  return (held as Record<string | number, unknown>)[key]
}

function ordered<T>(map: ReadonlyMap<string | number, T>): [string | number, T][] {
  return [...map].sort((a, b) => (a[0] < b[0] ? -1 : 1))
}

/** Lists hold no maps, so they are left as they are. */
function pack(value: unknown): unknown {
  if (value instanceof Map)
    return {
      map: ordered(value as Map<string | number, unknown>).map(([key, each]) => [key, pack(each)]),
    }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  const entries = Object.entries(value)
  if (!entries.some(([, each]) => each instanceof Map)) return value
  return Object.fromEntries(entries.map(([key, each]) => [key, pack(each)]))
}

function unpack(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  if ('map' in value && Array.isArray(value.map)) {
    const entries = value.map as [string | number, unknown][]
    return new Map(entries.map(([key, each]) => [key, unpack(each)]))
  }
  const held = value as Record<string, unknown>
  for (const key in held) held[key] = unpack(held[key])
  return held
}
