/**
 * What the wall remembers: a function of the set of effective events, so every
 * event can be added and taken back in any order. Nothing here depends on a clock.
 */
import type { Event, EventData, EventKind, EventOf, PointsReason } from '../../protocol/events.ts'
import { dayNumber } from '../../protocol/time.ts'
import type { Piece } from './activity.ts'
import { dayOf, parseInstant, sinceMidnight } from './dates.ts'
import { createDomain, foldDomain, isDomainEvent, type Domain, type DomainKind } from './domain.ts'
import { insert, remove, type Entry } from './register.ts'
import { forgetFrom, tally, type Tally } from './tally.ts'

export type Recorded = EventData<'organization.recorded'>
/** What was done about a warning, and by whom (督办). */
export interface Handling {
  readonly step: 'reminded' | 'acknowledged' | 'rectified'
  readonly rule: EventData<'warning.reminded'>['rule']
  readonly by: EventData<'warning.acknowledged'>['by']
}
type Identity = Pick<Event, 'source' | 'id'>

/** Everything told about one organisation. Days are local day numbers. */
export interface Organization {
  /** `data: null` is a dissolution. `source` names the platform that keeps the organisation. */
  readonly records: Entry<{ readonly source: string; readonly data: Recorded | null }>[]
  readonly members: Entry<Omit<EventData<'members.counted'>, 'secretary'>>[]
  readonly online: Entry<boolean>[]
  readonly handlings: Entry<Handling>[]
  readonly activities: Map<string, Entry<Piece>[]>
  readonly points: Map<number, Tally<PointsReason>>
  /** Month → day of payment → members who paid. */
  readonly dues: Map<string, Tally<number>>
  /** Minutes studied by day. */
  readonly minutes: Tally<number>
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
  readonly streams: Map<string, Entry<StreamTold>[]>
  readonly domain: Domain
  /** Day → 10-minute slot since midnight → learners. */
  readonly learners: Map<number, Tally<number>>
  /** `platform/feed` → its reports. */
  readonly sources: Map<string, Entry<SourceTold>[]>
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

const piece: Fold<Piece['kind']> = (state, event, at, sign) => {
  const { activities } = organizationIn(state, event.subject)
  const id = event.data.activity
  note(activities, id, event, at, { kind: event.kind, data: event.data } as Piece, sign)
}

function handling<K extends 'warning.reminded' | 'warning.acknowledged' | 'warning.rectified'>(
  step: Handling['step'],
): Fold<K> {
  return (state, event, at, sign) => {
    const { rule, by } = event.data
    change(organizationIn(state, event.subject).handlings, event, at, { step, rule, by }, sign)
  }
}

const folds: { readonly [K in Exclude<EventKind, DomainKind>]: Fold<K> } = {
  'organization.recorded': (state, event, at, sign) => {
    const { records } = organizationIn(state, event.subject)
    change(records, event, at, { source: event.source, data: event.data }, sign)
  },
  'organization.dissolved': (state, event, at, sign) => {
    const { records } = organizationIn(state, event.subject)
    change(records, event, at, { source: event.source, data: null }, sign)
  },
  'members.counted': (state, event, at, sign) => {
    const { secretary: _, ...counts } = event.data
    change(organizationIn(state, event.subject).members, event, at, counts, sign)
  },
  'branch.online': (state, event, at, sign) =>
    change(organizationIn(state, event.subject).online, event, at, true, sign),
  'branch.offline': (state, event, at, sign) =>
    change(organizationIn(state, event.subject).online, event, at, false, sign),
  'activity.announced': piece,
  'activity.started': piece,
  'activity.signed': piece,
  'activity.submitted': piece,
  'activity.reviewed': piece,
  'points.awarded': (state, event, at, sign) => {
    const { points } = organizationIn(state, event.subject)
    const day = dayOf(at)
    nestedTally(points, day, event.data.reason, event.data.points, sign)
    forgetFrom(points, day)
  },
  'dues.paid': (state, event, at, sign) => {
    const { dues } = organizationIn(state, event.subject)
    nestedTally(dues, event.data.month, dayOf(at), event.data.members, sign)
  },
  'study.logged': (state, event, at, sign) => {
    const day = dayOf(at)
    const slot = Math.floor(sinceMidnight(at) / slotMs)
    const { minutes } = organizationIn(state, event.subject)
    tally(minutes, day, event.data.minutes, sign)
    forgetFrom(minutes, day)
    nestedTally(state.learners, day, slot, event.data.learners, sign)
  },
  'stream.up': (state, event, at, sign) => {
    const { stream, title, activity } = event.data
    const told = { organization: event.subject, up: { title, activity: activity ?? null } }
    note(state.streams, stream, event, at, told, sign)
  },
  'stream.down': (state, event, at, sign) =>
    note(
      state.streams,
      event.data.stream,
      event,
      at,
      { organization: event.subject, up: null },
      sign,
    ),
  'warning.reminded': handling('reminded'),
  'warning.acknowledged': handling('acknowledged'),
  'warning.rectified': handling('rectified'),
  'source.reported': (state, event, at, sign) => {
    const key = `${event.subject}/${event.data.feed}`
    const told = { platform: event.subject, source: event.source, ...event.data }
    note(state.sources, key, event, at, told, sign)
    const reports = state.sources.get(key)
    if (reports && reports.length > keptReports) reports.shift()
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
      records: [],
      members: [],
      online: [],
      handlings: [],
      activities: new Map(),
      points: new Map(),
      dues: new Map(),
      minutes: new Map(),
    }
    state.organizations.set(id, organization)
  }
  return organization
}

function isEmpty(organization: Organization): boolean {
  const { records, members, online, handlings, activities, points, dues, minutes } = organization
  return (
    records.length + members.length + online.length + handlings.length === 0 &&
    activities.size + points.size + dues.size + minutes.size === 0
  )
}

function change<T>(entries: Entry<T>[], event: Identity, at: number, value: T, sign: 1 | -1): void {
  const key = `${event.source}\n${event.id}`
  if (sign === 1) insert(entries, { at, key, value })
  else remove(entries, key)
}

function note<K, T>(
  lists: Map<K, Entry<T>[]>,
  id: K,
  event: Identity,
  at: number,
  value: T,
  sign: 1 | -1,
): void {
  const known = lists.get(id)
  const entries = known ?? []
  change(entries, event, at, value, sign)
  if (entries.length === 0) lists.delete(id)
  else if (!known) lists.set(id, entries)
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
