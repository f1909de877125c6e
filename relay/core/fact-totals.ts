/**
 * What the facts of each group add up to. Each fact is a few grains; a fact that changes takes its old grains away and
 * brings its new ones, so that nobody walks a county's 20,000 listings to count them. Pure.
 */
import type { Measure } from '../../protocol/measures.ts'
import { monthStart, yearStart } from './calendar.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import type { FactGroup } from './domain.ts'
import type { Told } from './facts.ts'
import { sumOf, tally, type Tally } from './tally.ts'

/** Counts once for each `distinct` value where it has one, and on its `day` (a day number) where it has one. */
interface Grain {
  readonly measure: Measure
  readonly amount: number
  readonly distinct?: string
  readonly day?: number
}

const grain = (measure: Measure, amount = 1): Grain => ({ measure, amount })
const when = (holds: boolean, measure: Measure): readonly Grain[] => (holds ? [grain(measure)] : [])
const once = (measure: Measure, distinct: string): Grain => ({ measure, amount: 1, distinct })

const grains: { readonly [G in FactGroup]: (fact: Told<G>) => readonly Grain[] } = {
  station: ({ data: { kind, level, place } }) => {
    const isHouse = kind === 'house'
    const places = {
      county: [],
      township: [once(isHouse ? 'houseTownships' : 'stationTownships', place)],
      village: [once(isHouse ? 'houseVillages' : 'stationVillages', place)],
    }
    return [...when(!isHouse, 'stations'), ...places[level]]
  },
  item: ({ data }) => when(data.isOpen, 'serviceItems'),
  grid: () => [grain('grids')],
  team: ({ data }) => [
    grain(data.kind === 'volunteer' ? 'teamsVolunteer' : 'teamsExpert'),
    ...when(data.isOut, 'teamsOut'),
  ],
  intake: () => [grain('intakes')],
  complaints: ({ data: { month, complaints } }) => [
    { measure: 'complaints', amount: complaints, day: dayNumberOf(`${month}-01`) },
  ],
  goods: () => [grain('goods')],
  thread: ({ data }) => [grain('forumThreads'), grain('forumReplies', data.replies)],
  honour: () => [grain('honours')],
  programme: () => [],
  score: () => [],
  content: ({ data }) => [
    grain('contents'),
    ...when(data.kind === 'notice' && data.to === 'floating', 'floatingNotices'),
  ],
  uploads: ({ data }) => {
    const day = dayNumberOf(data.day)
    return [
      { measure: 'uploadsDue', amount: data.due, day },
      { measure: 'uploadsDone', amount: data.done, day },
    ]
  },
  checked: ({ data }) => [grain('membersLost', data.lost), grain('membersQuitting', data.quitting)],
  duesChecked: () => [],
  floating: () => [grain('floatingMembers')],
  willing: ({ data }) => [grain('floatingWilling', data.willing)],
  meeting: ({ data: { meeting, isThemeDay, members } }) => [
    once('floatingMeetings', meeting),
    ...(isThemeDay ? [grain('themeDayParticipants', members)] : []),
  ],
  profiles: ({ data }) => [
    grain('profiles', data.members),
    grain('profilesNumber', data.number),
    grain('profilesDestination', data.destination),
    grain('profilesThinking', data.thinking),
    grain('profilesOccupation', data.occupation),
  ],
  listing: ({ data }) => [grain(listingMeasures[data.kind])],
  divisions: ({ data }) => [
    grain('divisionTownships', data.townships),
    grain('divisionVillages', data.villages),
  ],
  village: ({ data }) => [
    ...when(data.isPoor, 'villagesPoor'),
    ...when(data.isPoor && data.isCovered, 'villagesPoorCovered'),
  ],
  ledger: ({ at }) => [{ measure: 'basicsFilled', amount: 1, day: dayOf(at) }],
}

const listingMeasures = {
  product: 'products',
  merchant: 'merchants',
  sight: 'sights',
  shop: 'shops',
} as const

/** How long an entry of the work ledger speaks for its branch. */
export const ledgerDays = 90

export type FactCounts = Partial<Readonly<Record<Measure, number>>>

export interface FactTotals {
  move<G extends FactGroup>(group: G, before: Told<G> | undefined, now: Told<G> | undefined): void
  /** As of a day number. */
  count(day: number): FactCounts
}

export function createFactTotals(): FactTotals {
  const sums = new Map<Measure, number>()
  const times = new Map<string, number>()
  const byDay = new Map<Measure, Tally<number>>()

  const add = (measure: Measure, amount: number): void => {
    sums.set(measure, (sums.get(measure) ?? 0) + amount)
  }

  function put({ measure, amount, distinct, day }: Grain, sign: 1 | -1): void {
    if (day !== undefined) {
      const days = byDay.get(measure) ?? new Map<number, readonly [number, number]>()
      byDay.set(measure, days)
      tally(days, day, amount, sign)
    } else if (distinct !== undefined) {
      const key = `${measure} ${distinct}`
      const before = times.get(key) ?? 0
      const after = before + sign
      if (after === 0) times.delete(key)
      else times.set(key, after)
      if (before === 0 || after === 0) add(measure, sign)
    } else add(measure, sign * amount)
  }

  function between(measure: Measure, from: number, to: number): number {
    const days = byDay.get(measure)
    let sum = 0
    for (let day = from; day <= to; day += 1) sum += sumOf(days, day)
    return sum
  }

  /** Of the months told of this year, and of the same months the year before. */
  function complaints(day: number): FactCounts {
    const months = byDay.get('complaints')
    const january = yearStart(day)
    const last = yearStart(january - 1)
    const nextYear = yearStart(january + 370)
    let now = 0
    let before = 0
    for (const [month, [sum]] of months ?? []) {
      if (month < january || month >= nextYear) continue
      now += sum
      before += sumOf(months, sameMonth(last, month))
    }
    return { complaints: now, complaintsBefore: before }
  }

  return {
    move(group, before, now) {
      if (before !== undefined) for (const each of grains[group](before)) put(each, -1)
      if (now !== undefined) for (const each of grains[group](now)) put(each, 1)
    },
    count: (day) => ({
      ...Object.fromEntries(sums),
      ...complaints(day),
      uploadsDue: between('uploadsDue', day, day),
      uploadsDone: between('uploadsDone', day, day),
      basicsFilled: between('basicsFilled', day - ledgerDays + 1, day),
    }),
  }
}

/** The first of the same month in the year that begins on `january`. */
function sameMonth(january: number, month: number): number {
  const index = new Date(month * 86_400_000).getUTCMonth()
  return monthStart(january + index * 31)
}
