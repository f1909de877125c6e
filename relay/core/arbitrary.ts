/** For tests only: logs of a small county, with every kind of event, revisions and retractions. */
import fc from 'fast-check'
import type { Event, EventData, EventKind } from '../../protocol/events.ts'
import { dayOfNumber, dayNumber, toInstant } from '../../protocol/time.ts'

/** Events are dated from this day, `daysLong` days on. */
export const firstDay = dayNumber('2025-11-20')
export const daysLong = 120
/** An instant on the day after the last event. */
export const afterwards = (firstDay + daysLong + 1) * 86_400_000

/** `RUNS=3000 npm run test:deep` looks longer, `SEED=…` elsewhere; the same seed gives the same events. */
export function effort(usual: number): { readonly numRuns: number; readonly seed: number } {
  return {
    numRuns: Number(process.env['RUNS'] ?? usual),
    seed: Number(process.env['SEED'] ?? 20260301),
  }
}
/** As long as the longest `RUNS` may need, in ms. */
export const patienceMs = process.env['RUNS'] === undefined ? 30_000 : 3_600_000

const organization = fc.constantFrom('a', 'b', 'c', 'd')
const activity = fc.constantFrom('x', 'y', 'z')
const small = fc.nat({ max: 9 })
const day = fc.nat({ max: daysLong - 1 }).map((number) => dayOfNumber(firstDay + number))
const instant = fc
  .nat({ max: daysLong * 1_440 - 1 })
  .map((minute) => toInstant(firstDay * 86_400_000 - 8 * 3_600_000 + minute * 60_000))
const form = fc.constantFrom(
  'general-meeting' as const,
  'branch-committee' as const,
  'theme-day' as const,
)
const title = fc.constant('主题党日')

const thing = fc.constantFrom('x1', 'x2', 'x3')
const name = fc.constantFrom('大坪塘村', '龙泉', '枧头')

const data: { readonly [K in EventKind]: fc.Arbitrary<EventData<K>> } = {
  'organization.recorded': fc.record(
    {
      name: fc.constantFrom('东莞流动党支部', '龙泉镇党委', '坪山村党支部'),
      kind: fc.constantFrom('branch' as const, 'branch' as const, 'committee' as const),
      group: fc.constantFrom('territory' as const, 'floating' as const),
      township: fc.constantFrom('431128100', '431128101'),
      foundedOn: day,
      termEndsOn: day,
      electedOn: day,
      termPostponedTo: day,
    },
    { requiredKeys: ['name', 'kind', 'group', 'township', 'foundedOn'] },
  ),
  'organization.dissolved': fc.constant({}),
  'members.counted': fc.record(
    {
      members: small,
      movedIn: small,
      inactive: small,
      groups: small,
      away: fc.array(fc.record({ city: fc.constantFrom('东莞市', '深圳'), members: small }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ['members'] },
  ),
  'branch.online': fc.constant({}),
  'branch.offline': fc.constant({}),
  'activity.announced': fc.record({ activity, form, title, startsAt: instant }),
  'activity.started': fc.record({ activity, form, title }),
  'activity.signed': fc.record({ activity, present: small, expected: small }),
  'activity.submitted': fc.record({
    activity,
    form,
    title,
    heldAt: instant,
    present: small,
    expected: small,
    photos: small,
  }),
  'activity.reviewed': fc.record({
    activity,
    level: fc.constantFrom('township' as const, 'county' as const),
    verdict: fc.constantFrom('passed' as const, 'returned' as const),
  }),
  'points.awarded': fc.record({
    points: fc.integer({ min: -5, max: 20 }),
    reason: fc.constantFrom('sign-in' as const, 'dues' as const, 'study' as const),
  }),
  'dues.paid': fc.record({ month: day.map((each) => each.slice(0, 7)), members: small }),
  'dues.checked': fc.record({
    month: day.map((each) => each.slice(0, 7)),
    members: small,
    below: small,
  }),
  'study.logged': fc.record({ learners: small, minutes: small }),
  'order.advanced': fc.record(
    {
      order: fc.constantFrom('o1', 'o2'),
      stage: fc.constantFrom(
        'requested' as const,
        'dispatched' as const,
        'accepted' as const,
        'verified' as const,
      ),
      isResolved: fc.boolean(),
    },
    { requiredKeys: ['order', 'stage'] },
  ),
  'stream.up': fc.record(
    { stream: fc.constantFrom('s1', 's2'), title, activity },
    { requiredKeys: ['stream', 'title'] },
  ),
  'stream.down': fc.record({ stream: fc.constantFrom('s1', 's2') }),
  'warning.reminded': fc.record({
    rule: fc.constantFrom('silence' as const, 'dues' as const, 'term' as const),
    by: fc.constantFrom('township' as const, 'county' as const),
  }),
  'source.reported': fc.record({
    feed: fc.constantFrom('activities' as const, 'points' as const),
    cadenceSeconds: fc.constantFrom(60, 86_400),
  }),
  'warning.acknowledged': fc.record({
    rule: fc.constantFrom('silence' as const, 'dues' as const, 'term' as const),
    by: fc.constantFrom('branch' as const, 'township' as const),
  }),
  'warning.rectified': fc.record({
    rule: fc.constantFrom('silence' as const, 'dues' as const, 'term' as const),
    by: fc.constantFrom('branch' as const, 'township' as const),
  }),
  'quiz.logged': fc.record({ participants: small, answered: small, right: small }),
  'reflection.logged': fc.record({ count: small }),
  'suggestion.advanced': fc.record({
    suggestion: thing,
    stage: fc.constantFrom('made' as const, 'replied' as const, 'closed' as const),
  }),
  'forum.counted': fc.record({ thread: thing, replies: small }),
  'points.redeemed': fc.record({ goods: thing, points: fc.integer({ min: 1, max: 9 }) }),
  'goods.listed': fc.record({ goods: thing, name, points: small, stock: small }),
  'relation.transferred': fc.record(
    {
      transfer: thing,
      stage: fc.constantFrom('applied' as const, 'done' as const),
      direction: fc.constantFrom('in' as const, 'out' as const),
      province: fc.constantFrom('浙江', '广东'),
    },
    { requiredKeys: ['transfer', 'stage', 'direction'] },
  ),
  'honour.awarded': fc.record({ honour: thing, title }),
  'member.scored': fc.record({
    member: thing,
    name: fc.constant('黄*平'),
    month: fc.constantFrom('2026-05', '2026-06'),
    points: small,
  }),
  'programme.scheduled': fc.record({
    programme: thing,
    title,
    startsAt: instant,
    minutes: fc.integer({ min: 1, max: 60 }),
  }),
  'content.pushed': fc.record({
    content: thing,
    kind: fc.constantFrom('news' as const, 'notice' as const),
    to: fc.constantFrom('members' as const, 'floating' as const),
  }),
  'ledger.filled': fc.record({ basic: fc.constantFrom('team' as const, 'rules' as const) }),
  'uploads.counted': fc.record({ day, due: small, done: small }),
  'members.checked': fc.record({
    lost: small,
    lostLong: small,
    away: small,
    quitting: small,
    abroad: small,
    belowHours: small,
    exempt: small,
  }),
  'case.advanced': fc.record(
    {
      case: thing,
      stage: fc.constantFrom(
        'collected' as const,
        'verified' as const,
        'dispatched' as const,
        'handled' as const,
        'rated' as const,
        'dismissed' as const,
      ),
      dueAt: instant,
      category: fc.constantFrom('市政', '环境'),
    },
    { requiredKeys: ['case', 'stage'] },
  ),
  'intake.reported': fc.record({ intake: thing, name, cadenceSeconds: fc.constant(60) }),
  'complaints.counted': fc.record({
    month: day.map((each) => each.slice(0, 7)),
    complaints: small,
  }),
  'grid.recorded': fc.record({ grid: thing, name }),
  'team.recorded': fc.record({
    team: thing,
    name,
    kind: fc.constantFrom('volunteer' as const, 'expert' as const),
    isOut: fc.boolean(),
  }),
  'station.recorded': fc.record({
    station: thing,
    kind: fc.constantFrom('station' as const, 'house' as const),
    level: fc.constantFrom('township' as const, 'village' as const),
    place: fc.constantFrom('431128100', '431128100201'),
    name,
  }),
  'station.closed': fc.record({ station: thing }),
  'service.listed': fc.record({ item: thing, title, isOpen: fc.boolean() }),
  'service.done': fc.record({
    count: small,
    scope: fc.constantFrom('platform' as const, 'province' as const),
  }),
  'service.rated': fc.record({ score: fc.integer({ min: 1, max: 5 }), count: small }),
  'visit.advanced': fc.record({
    visit: thing,
    stage: fc.constantFrom('visited' as const, 'found' as const, 'solved' as const),
  }),
  'floating.registered': fc.record(
    { member: thing, city: fc.constantFrom('东莞', '深圳'), since: day, host: organization },
    { requiredKeys: ['member', 'city', 'since'] },
  ),
  'floating.returned': fc.record({ member: thing }),
  'intention.counted': fc.record({ willing: small }),
  'exchange.logged': fc.record({ count: small }),
  'meeting.joined': fc.record({
    meeting: thing,
    mode: fc.constantFrom('video' as const, 'text' as const),
    members: small,
    isThemeDay: fc.boolean(),
  }),
  'profiles.counted': fc.record({
    members: small,
    number: small,
    destination: small,
    thinking: small,
    occupation: small,
  }),
  'commerce.listed': fc.record(
    {
      listing: thing,
      kind: fc.constantFrom('product' as const, 'merchant' as const),
      name,
      price: small,
    },
    { requiredKeys: ['listing', 'kind', 'name'] },
  ),
  'commerce.delisted': fc.record({ listing: thing }),
  'divisions.counted': fc.record({ townships: small, villages: small }),
  'village.recorded': fc.record({ name, isPoor: fc.boolean(), isCovered: fc.boolean() }),
  'day.began': fc.record({ day }),
}

const kinds = Object.keys(data) as EventKind[]
/** Weights: without organisations nothing shows. */
const kind = fc.constantFrom<EventKind[]>(
  ...kinds,
  'organization.recorded',
  'organization.recorded',
  'members.counted',
  'activity.submitted',
)
export const eventOfAnyKind: fc.Arbitrary<Event> = kind.chain((each) => eventOf(each))

export function eventOf(each: EventKind): fc.Arbitrary<Event> {
  return fc
    .record({
      source: fc.constantFrom('/p', '/q'),
      id: fc.nat({ max: 30 }).map(String),
      rev: fc.nat({ max: 2 }),
      // Not fc.option, whose "freq" is how rarely it is nil: nearly every event would take another back.
      retracts: fc.oneof(
        { weight: 9, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.nat({ max: 30 }).map(String) },
      ),
      subject: organization,
      county: fc.constant('431128'),
      time: instant,
      kind: fc.constant(each),
      data: data[each] as fc.Arbitrary<unknown>,
    })
    .map(
      ({ retracts, ...event }) =>
        ({ ...event, ...(retracts !== undefined && { retracts }) }) as Event,
    )
}

/** A log in which (source, id, rev) names one message. */
const logOf = (each: fc.Arbitrary<Event>): fc.Arbitrary<readonly Event[]> =>
  fc.uniqueArray(each, {
    maxLength: 70,
    // Left alone, fast-check makes most logs shorter than ten.
    size: 'max',
    selector: ({ source, id, rev }) => `${source} ${id} ${rev}`,
  })
export const log = logOf(eventOfAnyKind)

/** What raises warnings, is done about them and ends them, and little else. */
export const warningLog = logOf(
  fc
    .constantFrom<EventKind[]>(
      'organization.recorded',
      'members.counted',
      'members.checked',
      'dues.checked',
      'activity.submitted',
      'activity.submitted',
      'activity.started',
      'activity.reviewed',
      'dues.paid',
      'warning.reminded',
      'warning.acknowledged',
      'warning.rectified',
    )
    .chain((each) => eventOf(each)),
)
