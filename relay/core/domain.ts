/**
 * What the platforms tell beside organised life, kept in three forms so that any event can be taken back: facts of which
 * the latest holds, sums by local day, and pipelines whose stages count once. Nothing here depends on a clock.
 */
import type { Event, EventData, EventKind, EventOf } from '../../protocol/events.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import { entryOf, note, type Entries } from './register.ts'
import { tally, type Tally } from './tally.ts'

/** `data: null` takes the thing off the list. */
export interface Fact {
  readonly subject: string
  readonly data: unknown
}

/** What is told with a stage; the first entry of a stage says when it was reached. */
export interface Step {
  readonly stage: string
  readonly data: unknown
}

export interface Domain {
  /** Group → key → what was told of it, in order. */
  readonly facts: Map<FactGroup, Map<string, Entries<Fact>>>
  /** Measure → local day number → sum. */
  readonly sums: Map<SumName, Tally<number>>
  /** Pipeline → `source`, newline, id → what was told of it, in order. */
  readonly pipelines: Map<PipelineName, Map<string, Entries<Step>>>
}

/** Group → the data of its facts. */
export interface FactData {
  station: EventData<'station.recorded'>
  item: EventData<'service.listed'>
  grid: EventData<'grid.recorded'>
  team: EventData<'team.recorded'>
  intake: EventData<'intake.reported'>
  complaints: EventData<'complaints.counted'>
  goods: EventData<'goods.listed'>
  thread: EventData<'forum.counted'>
  honour: EventData<'honour.awarded'>
  score: EventData<'member.scored'>
  programme: EventData<'programme.scheduled'>
  content: EventData<'content.pushed'>
  uploads: EventData<'uploads.counted'>
  checked: EventData<'members.checked'>
  duesChecked: EventData<'dues.checked'>
  floating: EventData<'floating.registered'>
  willing: EventData<'intention.counted'>
  meeting: EventData<'meeting.joined'>
  profiles: EventData<'profiles.counted'>
  listing: EventData<'commerce.listed'>
  divisions: EventData<'divisions.counted'>
  village: EventData<'village.recorded'>
  ledger: EventData<'ledger.filled'>
}
export type FactGroup = keyof FactData

export type SumName =
  | 'quizParticipants'
  | 'quizAnswered'
  | 'quizRight'
  | 'reflections'
  | 'redeemed'
  | 'redeemedPoints'
  | 'serviceDone'
  | 'serviceDoneProvince'
  | 'ratings'
  | 'ratingScore'
  | 'exchanges'

export type PipelineName = 'case' | 'order' | 'suggestion' | 'visit' | 'transfer'

export function createDomain(): Domain {
  return { facts: new Map(), sums: new Map(), pipelines: new Map() }
}

type Fold<K extends EventKind> = (
  domain: Domain,
  event: EventOf<K>,
  at: number,
  sign: 1 | -1,
) => void

/** How a kind is kept, and what is to be counted again when it is told. */
interface Keeping<K extends EventKind> {
  readonly fold: Fold<K>
  readonly fact?: { readonly group: FactGroup; readonly keyOf: (event: EventOf<K>) => string }
  readonly pipeline?: { readonly name: PipelineName; readonly keyOf: (event: EventOf<K>) => string }
}

/** `keyOf` names the thing within its source; `isGone` events take it off the list. */
function fact<K extends EventKind>(
  group: FactGroup,
  keyOf: (event: EventOf<K>) => string,
  isGone = false,
): Keeping<K> {
  const fullKeyOf = (event: EventOf<K>): string => `${event.source}\n${keyOf(event)}`
  const fold: Fold<K> = (domain, event, at, sign) => {
    const things = domain.facts.get(group) ?? new Map<string, Entries<Fact>>()
    const value = { subject: event.subject, data: isGone ? null : event.data }
    note(things, fullKeyOf(event), entryOf(event, at, value), sign)
    if (things.size === 0) domain.facts.delete(group)
    else domain.facts.set(group, things)
  }
  return { fold, fact: { group, keyOf: fullKeyOf } }
}

function add(domain: Domain, name: SumName, day: number, amount: number, sign: 1 | -1): void {
  const days = domain.sums.get(name) ?? new Map<number, readonly [number, number]>()
  tally(days, day, amount, sign)
  if (days.size === 0) domain.sums.delete(name)
  else domain.sums.set(name, days)
}

function sums<K extends EventKind>(
  amounts: (data: EventData<K>) => Partial<Readonly<Record<SumName, number>>>,
): Keeping<K> {
  const fold: Fold<K> = (domain, event, at, sign) => {
    for (const [name, amount] of Object.entries(amounts(event.data as EventData<K>))) {
      add(domain, name as SumName, dayOf(at), amount, sign)
    }
  }
  return { fold }
}

function pipeline<K extends EventKind>(
  name: PipelineName,
  idOf: (data: EventData<K>) => string,
  stageOf: (data: EventData<K>) => string,
): Keeping<K> {
  const keyOf = (event: EventOf<K>): string =>
    `${event.source}\n${idOf(event.data as EventData<K>)}`
  const fold: Fold<K> = (domain, event, at, sign) => {
    const data = event.data as EventData<K>
    const all = domain.pipelines.get(name) ?? new Map<string, Entries<Step>>()
    const step = { stage: stageOf(data), data }
    note(all, keyOf(event), entryOf(event, at, step), sign)
    if (all.size === 0) domain.pipelines.delete(name)
    else domain.pipelines.set(name, all)
  }
  return { fold, pipeline: { name, keyOf } }
}

const keepings = {
  'quiz.logged': sums<'quiz.logged'>(({ participants, answered, right }) => ({
    quizParticipants: participants,
    quizAnswered: answered,
    quizRight: right,
  })),
  'reflection.logged': sums<'reflection.logged'>(({ count }) => ({ reflections: count })),
  'points.redeemed': sums<'points.redeemed'>(({ points }) => ({
    redeemed: 1,
    redeemedPoints: points,
  })),
  'service.done': sums<'service.done'>(({ count, scope }) =>
    scope === 'platform' ? { serviceDone: count } : { serviceDoneProvince: count },
  ),
  'service.rated': sums<'service.rated'>(({ score, count }) => ({
    ratings: count,
    ratingScore: score * count,
  })),
  'exchange.logged': sums<'exchange.logged'>(({ count }) => ({ exchanges: count })),
  'order.advanced': pipeline<'order.advanced'>(
    'order',
    ({ order }) => order,
    ({ stage }) => stage,
  ),
  'case.advanced': pipeline<'case.advanced'>(
    'case',
    (data) => data.case,
    ({ stage }) => stage,
  ),
  'suggestion.advanced': pipeline<'suggestion.advanced'>(
    'suggestion',
    ({ suggestion }) => suggestion,
    ({ stage }) => stage,
  ),
  'visit.advanced': pipeline<'visit.advanced'>(
    'visit',
    ({ visit }) => visit,
    ({ stage }) => stage,
  ),
  'relation.transferred': pipeline<'relation.transferred'>(
    'transfer',
    ({ transfer }) => transfer,
    ({ stage }) => stage,
  ),
  'station.recorded': fact<'station.recorded'>('station', ({ data }) => data.station),
  'station.closed': fact<'station.closed'>('station', ({ data }) => data.station, true),
  'service.listed': fact<'service.listed'>('item', ({ data }) => data.item),
  'grid.recorded': fact<'grid.recorded'>('grid', ({ data }) => data.grid),
  'team.recorded': fact<'team.recorded'>('team', ({ data }) => data.team),
  'intake.reported': fact<'intake.reported'>('intake', ({ data }) => data.intake),
  'complaints.counted': fact<'complaints.counted'>(
    'complaints',
    ({ subject, data }) => `${subject}/${data.month}`,
  ),
  'goods.listed': fact<'goods.listed'>('goods', ({ data }) => data.goods),
  'forum.counted': fact<'forum.counted'>('thread', ({ data }) => data.thread),
  'honour.awarded': fact<'honour.awarded'>('honour', ({ data }) => data.honour),
  'member.scored': fact<'member.scored'>('score', ({ data }) => data.member),
  'programme.scheduled': fact<'programme.scheduled'>('programme', ({ data }) => data.programme),
  'content.pushed': fact<'content.pushed'>('content', ({ data }) => data.content),
  'uploads.counted': fact<'uploads.counted'>(
    'uploads',
    ({ subject, data }) => `${subject}/${dayNumberOf(data.day)}`,
  ),
  'members.checked': fact<'members.checked'>('checked', ({ subject }) => subject),
  'dues.checked': fact<'dues.checked'>('duesChecked', ({ subject }) => subject),
  'floating.registered': fact<'floating.registered'>('floating', ({ data }) => data.member),
  'floating.returned': fact<'floating.returned'>('floating', ({ data }) => data.member, true),
  'intention.counted': fact<'intention.counted'>('willing', ({ subject }) => subject),
  'meeting.joined': fact<'meeting.joined'>('meeting', ({ data }) => `${data.meeting}/${data.mode}`),
  'profiles.counted': fact<'profiles.counted'>('profiles', ({ subject }) => subject),
  'commerce.listed': fact<'commerce.listed'>('listing', ({ data }) => data.listing),
  'commerce.delisted': fact<'commerce.delisted'>('listing', ({ data }) => data.listing, true),
  'divisions.counted': fact<'divisions.counted'>('divisions', ({ subject }) => subject),
  'village.recorded': fact<'village.recorded'>('village', ({ subject }) => subject),
  'ledger.filled': fact<'ledger.filled'>(
    'ledger',
    ({ subject, data }) => `${subject}/${data.basic}`,
  ),
} as const satisfies { readonly [K in EventKind]?: Keeping<K> }

export type DomainKind = keyof typeof keepings
export type DomainEvent = Extract<Event, { kind: DomainKind }>

export function isDomainEvent(event: Event): event is DomainEvent {
  return Object.hasOwn(keepings, event.kind)
}

/** The table pairs each kind with its own keeping; a union index loses the pair. */
const keepingOf = (event: DomainEvent) => keepings[event.kind] as unknown as Keeping<DomainKind>

export function foldDomain(domain: Domain, event: DomainEvent, at: number, sign: 1 | -1): void {
  keepingOf(event).fold(domain, event, at, sign)
}

/** What an event bears on, to be counted again. */
export type Touched =
  | { readonly fact: { readonly group: FactGroup; readonly key: string } }
  | { readonly pipeline: { readonly name: PipelineName; readonly key: string } }
  | { readonly sums: true }

export function touchedBy(event: DomainEvent): Touched {
  const { fact, pipeline } = keepingOf(event)
  if (fact) return { fact: { group: fact.group, key: fact.keyOf(event) } }
  if (pipeline) return { pipeline: { name: pipeline.name, key: pipeline.keyOf(event) } }
  return { sums: true }
}
