/** Services, study, exchange, commerce, counted plainly: of each thing the latest that was told, of each stage the first. */
import type { Event, EventData } from '../../protocol/events.ts'
import type { Measure } from '../../protocol/measures.ts'
import type { Add } from './count-branches.ts'
import { dayOf, dayOfDate, yearOf } from './days.ts'
import type { Heard } from './told.ts'

/** The things of a kind that stand: the latest of each name, unless it was taken off. */
function things<K extends Event['kind']>(
  events: readonly Heard[],
  kind: K,
  nameOf: (data: EventData<K>, subject: string) => string,
  gone?: Event['kind'],
): readonly { readonly data: EventData<K>; readonly subject: string; readonly day: number }[] {
  const standing = new Map<string, { data: EventData<K>; subject: string; day: number }>()
  for (const { event, ms } of events) {
    if (event.kind !== kind && event.kind !== gone) continue
    const data = event.data as EventData<K>
    const name = `${event.source}\n${nameOf(data, event.subject)}`
    if (event.kind === gone) standing.delete(name)
    else standing.set(name, { data, subject: event.subject, day: dayOf(ms) })
  }
  return [...standing.values()]
}

export function countFacts(events: readonly Heard[], day: number, add: Add): void {
  const stations = things(events, 'station.recorded', ({ station }) => station, 'station.closed')
  const places = (kind: string, level: string) =>
    new Set(
      stations
        .filter(({ data }) => data.kind === kind && data.level === level)
        .map(({ data }) => data.place),
    ).size
  add('stations', stations.filter(({ data }) => data.kind === 'station').length)
  add('stationTownships', places('station', 'township'))
  add('stationVillages', places('station', 'village'))
  add('houseTownships', places('house', 'township'))
  add('houseVillages', places('house', 'village'))
  add(
    'serviceItems',
    things(events, 'service.listed', ({ item }) => item).filter(({ data }) => data.isOpen).length,
  )
  add('grids', things(events, 'grid.recorded', ({ grid }) => grid).length)
  for (const { data } of things(events, 'team.recorded', ({ team }) => team)) {
    add(data.kind === 'volunteer' ? 'teamsVolunteer' : 'teamsExpert', 1)
    add('teamsOut', data.isOut ? 1 : 0)
  }
  add('intakes', things(events, 'intake.reported', ({ intake }) => intake).length)
  add('goods', things(events, 'goods.listed', ({ goods }) => goods).length)
  for (const { data } of things(events, 'forum.counted', ({ thread }) => thread)) {
    add('forumThreads', 1)
    add('forumReplies', data.replies)
  }
  add('honours', things(events, 'honour.awarded', ({ honour }) => honour).length)
  for (const { data } of things(events, 'content.pushed', ({ content }) => content)) {
    add('contents', 1)
    add('floatingNotices', data.kind === 'notice' && data.to === 'floating' ? 1 : 0)
  }
  for (const { data } of things(
    events,
    'uploads.counted',
    (data, subject) => `${subject}/${data.day}`,
  )) {
    if (dayOfDate(data.day) !== day) continue
    add('uploadsDue', data.due)
    add('uploadsDone', data.done)
  }
  for (const { data } of things(events, 'intention.counted', (_, subject) => subject))
    add('floatingWilling', data.willing)
  const meetings = things(events, 'meeting.joined', ({ meeting, mode }) => `${meeting}/${mode}`)
  add('floatingMeetings', new Set(meetings.map(({ data }) => data.meeting)).size)
  for (const { data } of meetings) add('themeDayParticipants', data.isThemeDay ? data.members : 0)
  for (const { data } of things(events, 'profiles.counted', (_, subject) => subject)) {
    add('profiles', data.members)
    add('profilesNumber', data.number)
    add('profilesDestination', data.destination)
    add('profilesThinking', data.thinking)
    add('profilesOccupation', data.occupation)
  }
  const measureOf = {
    product: 'products',
    merchant: 'merchants',
    sight: 'sights',
    shop: 'shops',
  } as const
  for (const { data } of things(
    events,
    'commerce.listed',
    ({ listing }) => listing,
    'commerce.delisted',
  ))
    add(measureOf[data.kind], 1)
  for (const { data } of things(events, 'divisions.counted', (_, subject) => subject)) {
    add('divisionTownships', data.townships)
    add('divisionVillages', data.villages)
  }
  for (const { data } of things(events, 'village.recorded', (_, subject) => subject)) {
    add('villagesPoor', data.isPoor ? 1 : 0)
    add('villagesPoorCovered', data.isPoor && data.isCovered ? 1 : 0)
  }
  for (const filled of things(
    events,
    'ledger.filled',
    ({ basic }, subject) => `${subject}/${basic}`,
  ))
    add('basicsFilled', filled.day > day - 90 && filled.day <= day ? 1 : 0)
  countComplaints(events, day, add)
  countSums(events, day, add)
}

function countComplaints(events: readonly Heard[], day: number, add: Add): void {
  const told = things(events, 'complaints.counted', ({ month }, subject) => `${subject}/${month}`)
  const year = new Date(day * 86_400_000).getUTCFullYear()
  const ofYear = (wanted: number) => told.filter(({ data }) => data.month.startsWith(`${wanted}-`))
  const months = new Set(ofYear(year).map(({ data }) => data.month.slice(5)))
  for (const { data } of ofYear(year)) add('complaints', data.complaints)
  for (const { data } of ofYear(year - 1))
    if (months.has(data.month.slice(5))) add('complaintsBefore', data.complaints)
}

function countSums(events: readonly Heard[], day: number, add: Add): void {
  for (const { event, ms } of events) {
    const on = dayOf(ms)
    if (on > day) continue
    const isThisYear = on >= yearOf(day)
    if (event.kind === 'study.logged') {
      if (on === day) add('learnersToday', event.data.learners)
      else if (on >= day - 30) add('learners30', event.data.learners)
    } else if (event.kind === 'quiz.logged' && isThisYear) {
      add('quizParticipants', event.data.participants)
      add('quizAnswered', event.data.answered)
      add('quizRight', event.data.right)
    } else if (event.kind === 'reflection.logged') add('reflections', event.data.count)
    else if (event.kind === 'points.redeemed' && isThisYear) add('redeemed', 1)
    else if (event.kind === 'exchange.logged') add('floatingExchanges', event.data.count)
    else if (event.kind === 'service.done')
      add(event.data.scope === 'platform' ? 'serviceDone' : 'serviceDoneProvince', event.data.count)
    else if (event.kind === 'service.rated') {
      add('ratings', event.data.count)
      add('ratingScore', event.data.count * event.data.score)
    }
  }
}

interface Step {
  readonly stage: string
  readonly ms: number
  readonly data: Event['data']
}

/** Each case, order … by its steps in order. */
function walks<K extends Event['kind']>(
  events: readonly Heard[],
  kind: K,
  nameOf: (data: EventData<K>) => string,
): readonly (readonly Step[])[] {
  const all = new Map<string, Step[]>()
  for (const { event, ms } of events) {
    if (event.kind !== kind) continue
    const data = event.data as EventData<K> & { readonly stage: string }
    const name = `${event.source}\n${nameOf(data)}`
    const steps = all.get(name) ?? []
    all.set(name, steps)
    steps.push({ stage: data.stage, ms, data: event.data })
  }
  return [...all.values()]
}

/** `asOfMs`: a case that was due before it and is open is overdue. */
export function countWalks(events: readonly Heard[], day: number, asOfMs: number, add: Add): void {
  const since = yearOf(day)
  const counted = (measure: Measure, at: number | undefined, from: number): void => {
    if (at !== undefined && dayOf(at) >= from && dayOf(at) <= day) add(measure, 1)
  }
  const first = (steps: readonly Step[], ...stages: readonly string[]) =>
    steps.find(({ stage }) => stages.includes(stage))?.ms
  const latest = (steps: readonly Step[], stage: string) =>
    steps.findLast((step) => step.stage === stage)?.data
  for (const steps of walks(events, 'case.advanced', (data) => data.case)) {
    counted('casesCollected', first(steps, 'collected'), since)
    counted('casesHandled', first(steps, 'handled'), since)
    const disposed = first(steps, 'handled', 'dismissed')
    counted('casesDisposed', disposed, since)
    if (disposed !== undefined || first(steps, 'collected', 'verified', 'dispatched') === undefined)
      continue
    add('casesOpen', 1)
    const dueAt = (latest(steps, 'dispatched') as EventData<'case.advanced'> | undefined)?.dueAt
    // Without a time of its own: a day to verify, a day to dispatch, three to handle.
    const after = (stage: string, hours: number) => (first(steps, stage) ?? NaN) + hours * 3_600_000
    const dueMs =
      dueAt !== undefined
        ? Date.parse(dueAt)
        : first(steps, 'dispatched') !== undefined
          ? after('dispatched', 72)
          : first(steps, 'verified') !== undefined
            ? after('verified', 24)
            : after('collected', 24)
    add('casesOverdue', dueMs < asOfMs ? 1 : 0)
  }
  for (const steps of walks(events, 'order.advanced', ({ order }) => order)) {
    counted('ordersRequested', steps[0]?.ms, since)
    counted('ordersVerified', first(steps, 'verified'), since)
    const verified = latest(steps, 'verified') as EventData<'order.advanced'> | undefined
    if (verified?.isResolved === true) counted('ordersResolved', first(steps, 'verified'), since)
  }
  for (const steps of walks(events, 'suggestion.advanced', ({ suggestion }) => suggestion)) {
    counted('suggestions', first(steps, 'made'), -Infinity)
    counted('suggestionsReplied', first(steps, 'replied'), -Infinity)
    counted('suggestionsClosed', first(steps, 'closed'), -Infinity)
  }
  for (const steps of walks(events, 'visit.advanced', ({ visit }) => visit)) {
    counted('visits', first(steps, 'visited'), since)
    counted('visitsFound', first(steps, 'found'), since)
    counted('visitsSolved', first(steps, 'solved'), since)
  }
  for (const steps of walks(events, 'relation.transferred', ({ transfer }) => transfer)) {
    counted('transfersApplied', first(steps, 'applied'), since)
    counted('transfersDone', first(steps, 'done'), since)
  }
}
