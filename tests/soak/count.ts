/** What a division's figures have to be, counted from what was told: plain loops over events, none of the relay's code. */
import { covers } from '../../protocol/division.ts'
import {
  activitiesOf,
  countBranch,
  type Add,
  type Counts,
  type TierFacts,
} from './count-branches.ts'
import { countFacts, countWalks } from './count-facts.ts'
import { dayOf } from './days.ts'
import type { Heard } from './told.ts'

/** By division, as of an instant; steps aside between divisions, so that screens in this process stay alive. */
export async function countAll(
  holding: ReadonlyMap<string, readonly Heard[]>,
  atMs: number,
): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>()
  for (const [code, events] of holding) {
    const reports = [...holding].flatMap(([teller, told]) =>
      covers(teller, code) ? told.filter(({ event }) => event.kind === 'source.reported') : [],
    )
    counts.set(code, countDivision(events, reports, atMs))
    await new Promise((resume) => setImmediate(resume))
  }
  return counts
}

function countDivision(events: readonly Heard[], reports: readonly Heard[], atMs: number): Counts {
  const counts: Counts = {}
  const add: Add = (measure, amount) => {
    counts[measure] = (counts[measure] ?? 0) + amount
  }
  const day = dayOf(atMs)
  const complete = completeDays(reports)
  const reportedDay = (source: string): number => complete.get(source) ?? Infinity
  const subjects = new Map<string, Heard[]>()
  for (const heard of events) {
    const own = subjects.get(heard.event.subject) ?? []
    subjects.set(heard.event.subject, own)
    own.push(heard)
  }
  const away = new Map<string, number>()
  const tiers: TierFacts[] = []
  const activities = new Map([...subjects].map(([subject, own]) => [subject, activitiesOf(own)]))
  let toldFrom = Infinity
  for (const own of activities.values())
    for (const held of own) toldFrom = Math.min(toldFrom, held.day)
  const months = events.flatMap(({ event }) =>
    event.kind === 'dues.paid' ? [event.data.month] : [],
  )
  const [duesFrom] = months.toSorted()
  for (const [subject, own] of subjects) {
    const told = { events: own, activities: activities.get(subject) ?? [], toldFrom, duesFrom }
    const counted = countBranch({ ...told, day, reportedDay, add })
    if (counted === undefined) continue
    away.set(subject, counted.away)
    tiers.push(counted.tier)
  }
  countTiers(tiers, add)
  countFloating(events, away, add)
  countStreams(events, new Set(away.keys()), add)
  countFacts(events, day, add)
  countWalks(events, day, Math.floor(atMs / 60_000) * 60_000, add)
  return counts
}

/** Up to which day a platform's activities are complete: its last report and two cadences. */
function completeDays(reports: readonly Heard[]): ReadonlyMap<string, number> {
  const complete = new Map<string, number>()
  for (const { event, ms } of reports) {
    if (event.kind !== 'source.reported' || event.data.feed !== 'activities') continue
    // In order, so the last report stays.
    complete.set(event.source, dayOf(ms + 2_000 * event.data.cadenceSeconds))
  }
  return complete
}

/** 金榜 the first tenth by points, 银榜 the next quarter, 黄榜 silent or under a fifth of the median, 黑榜 silent for 90 days. */
function countTiers(all: readonly TierFacts[], add: Add): void {
  const branches = all.filter((each) => each !== undefined)
  const points = branches.map((each) => each.points).sort((a, b) => a - b)
  const { length } = points
  const at = (index: number) => points[index] ?? 0
  const median = length % 2 === 1 ? at((length - 1) / 2) : (at(length / 2 - 1) + at(length / 2)) / 2
  const gold = Math.max(1, Math.floor(length * 0.1))
  const silver = gold + Math.floor(length * 0.25)
  const above = new Map<number, number>()
  for (const [index, each] of [...points].reverse().entries())
    if (!above.has(each)) above.set(each, index + 1)
  for (const each of branches) {
    const rank = above.get(each.points) ?? Infinity
    if (each.silentDays >= 90) add('blackBranches', 1)
    else if (each.silentDays > 30 || each.points < median * 0.2) add('yellowBranches', 1)
    else if (each.points <= 0) continue
    else if (rank <= gold) add('goldBranches', 1)
    else if (rank <= silver) add('silverBranches', 1)
  }
}

/** Registered singly, or else counted by their organisation. */
function countFloating(
  events: readonly Heard[],
  away: ReadonlyMap<string, number>,
  add: Add,
): void {
  const registered = new Map<string, string>()
  for (const { event } of events) {
    if (event.kind === 'floating.registered')
      registered.set(`${event.source}\n${event.data.member}`, event.subject)
    if (event.kind === 'floating.returned')
      registered.delete(`${event.source}\n${event.data.member}`)
  }
  const homes = new Set(registered.values())
  add('floatingMembers', registered.size)
  for (const [subject, members] of away) if (!homes.has(subject)) add('floatingMembers', members)
}

function countStreams(events: readonly Heard[], shown: ReadonlySet<string>, add: Add): void {
  const up = new Map<string, string>()
  for (const { event } of events) {
    if (event.kind === 'stream.up') up.set(event.data.stream, event.subject)
    if (event.kind === 'stream.down') up.delete(event.data.stream)
  }
  const seen = [...up.values()].filter((subject) => shown.has(subject))
  add('streams', seen.length)
  add('villagesLive', new Set(seen).size)
}
