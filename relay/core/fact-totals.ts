/** What the facts of each group add up to. A group is counted again only after something was told of it. Pure. */
import type { Measure } from '../../protocol/measures.ts'
import { dayNumberOf, dayOf } from './dates.ts'
import type { Domain, Fact, FactData, FactGroup } from './domain.ts'
import type { Entry } from './register.ts'

type Counted = Partial<Record<Measure, number>>
type Held<G extends FactGroup> = {
  readonly subject: string
  readonly data: FactData[G]
  /** When it was last told, in ms, and by whom: `source`, newline, the key within it. */
  readonly at: number
  readonly key: string
}
type Counter<G extends FactGroup> = (facts: readonly Held<G>[], day: number) => Counted

const number = <T>(all: readonly T[], holds: (each: T) => boolean): number =>
  all.reduce((sum, each) => sum + (holds(each) ? 1 : 0), 0)
const total = <T>(all: readonly T[], size: (each: T) => number): number =>
  all.reduce((sum, each) => sum + size(each), 0)
const distinct = <T>(all: readonly T[], key: (each: T) => string): number =>
  new Set(all.map(key)).size

const recentDays = 90

/** Groups whose count does not depend on the day are `still`. */
const counters: { readonly [G in FactGroup]: Counter<G> } = {
  station: (all) => {
    const places = (kind: 'station' | 'house', level: 'township' | 'village') =>
      distinct(
        all.filter(({ data }) => data.kind === kind && data.level === level),
        ({ data }) => data.place,
      )
    return {
      stations: number(all, ({ data }) => data.kind === 'station'),
      stationTownships: places('station', 'township'),
      stationVillages: places('station', 'village'),
      houseTownships: places('house', 'township'),
      houseVillages: places('house', 'village'),
    }
  },
  item: (all) => ({ serviceItems: number(all, ({ data }) => data.isOpen) }),
  grid: (all) => ({ grids: all.length }),
  team: (all) => ({
    teamsVolunteer: number(all, ({ data }) => data.kind === 'volunteer'),
    teamsExpert: number(all, ({ data }) => data.kind === 'expert'),
    teamsOut: number(all, ({ data }) => data.isOut),
  }),
  intake: (all) => ({ intakes: all.length }),
  complaints: (all, day) => {
    const year = new Date(day * 86_400_000).getUTCFullYear()
    const told = all.filter(({ data }) => data.month.startsWith(`${year}-`))
    const months = new Set(told.map(({ data }) => data.month.slice(5)))
    const before = all.filter(
      ({ data }) => data.month.startsWith(`${year - 1}-`) && months.has(data.month.slice(5)),
    )
    return {
      complaints: total(told, ({ data }) => data.complaints),
      complaintsBefore: total(before, ({ data }) => data.complaints),
    }
  },
  goods: (all) => ({ goods: all.length }),
  thread: (all) => ({
    forumThreads: all.length,
    forumReplies: total(all, ({ data }) => data.replies),
  }),
  honour: (all) => ({ honours: all.length }),
  programme: () => ({}),
  content: (all) => ({
    contents: all.length,
    floatingNotices: number(all, ({ data }) => data.kind === 'notice' && data.to === 'floating'),
  }),
  uploads: (all, day) => {
    const today = all.filter(({ data }) => dayNumberOf(data.day) === day)
    return {
      uploadsDue: total(today, ({ data }) => data.due),
      uploadsDone: total(today, ({ data }) => data.done),
    }
  },
  checked: (all) => ({
    membersLost: total(all, ({ data }) => data.lost),
    membersQuitting: total(all, ({ data }) => data.quitting),
  }),
  floating: (all) => ({ floatingMembers: all.length }),
  willing: (all) => ({ floatingWilling: total(all, ({ data }) => data.willing) }),
  meeting: (all) => ({
    floatingMeetings: distinct(all, ({ data }) => data.meeting),
    themeDayParticipants: total(
      all.filter(({ data }) => data.isThemeDay),
      ({ data }) => data.members,
    ),
  }),
  profiles: (all) => ({
    profiles: total(all, ({ data }) => data.members),
    profilesNumber: total(all, ({ data }) => data.number),
    profilesDestination: total(all, ({ data }) => data.destination),
    profilesThinking: total(all, ({ data }) => data.thinking),
    profilesOccupation: total(all, ({ data }) => data.occupation),
  }),
  listing: (all) => ({
    products: number(all, ({ data }) => data.kind === 'product'),
    merchants: number(all, ({ data }) => data.kind === 'merchant'),
    sights: number(all, ({ data }) => data.kind === 'sight'),
    shops: number(all, ({ data }) => data.kind === 'shop'),
  }),
  divisions: (all) => ({
    divisionTownships: total(all, ({ data }) => data.townships),
    divisionVillages: total(all, ({ data }) => data.villages),
  }),
  village: (all) => ({
    villagesPoor: number(all, ({ data }) => data.isPoor),
    villagesPoorCovered: number(all, ({ data }) => data.isPoor && data.isCovered),
  }),
  ledger: (all, day) => ({
    basicsFilled: number(all, ({ at }) => dayOf(at) > day - recentDays),
  }),
}

export interface FactTotals {
  /** Something was told of a group. */
  touch(group: FactGroup): void
  /** Of all groups, as of a day number. */
  count(day: number): Counted
  /** The facts of a group that hold now. */
  held<G extends FactGroup>(group: G): readonly Held<G>[]
  /** The one told last of a subject, over all sources. */
  latest<G extends FactGroup>(group: G, subject: string): Held<G> | undefined
}

export function createFactTotals(domain: Domain): FactTotals {
  const known = new Map<FactGroup, { readonly day: number; readonly counted: Counted }>()

  function held<G extends FactGroup>(group: G): readonly Held<G>[] {
    const facts: Held<G>[] = []
    for (const [key, entries] of domain.facts.get(group) ?? []) {
      const last: Entry<Fact> | undefined = entries.at(-1)
      // The fold of each group keeps that group's data under it.
      if (last?.value.data) facts.push({ ...last.value, at: last.at, key } as Held<G>)
    }
    return facts
  }

  function countOne<G extends FactGroup>(group: G, day: number): Counted {
    const before = known.get(group)
    if (before?.day === day) return before.counted
    const counted = counters[group](held(group), day)
    known.set(group, { day, counted })
    return counted
  }

  const bySubject = new Map<FactGroup, ReadonlyMap<string, Held<FactGroup>>>()
  function latest<G extends FactGroup>(group: G, subject: string): Held<G> | undefined {
    let index = bySubject.get(group)
    if (index === undefined) {
      const fresh = new Map<string, Held<FactGroup>>()
      for (const one of held(group)) {
        const before = fresh.get(one.subject)
        const isLater =
          before === undefined ||
          before.at < one.at ||
          (before.at === one.at && before.key < one.key)
        if (isLater) fresh.set(one.subject, one)
      }
      index = fresh
      bySubject.set(group, index)
    }
    return index.get(subject) as Held<G> | undefined
  }

  return {
    touch(group) {
      known.delete(group)
      bySubject.delete(group)
    },
    count: (day) =>
      Object.assign({}, ...[...domain.facts.keys()].map((group) => countOne(group, day))),
    held,
    latest,
  }
}
