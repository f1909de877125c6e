/** Numbers of each of the last 30 local days, for curves. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { EventData } from '../../../protocol/events.ts'
import { dayOf } from '../dates.ts'
import type { SumName } from '../domain.ts'
import type { StageName } from '../pipelines.ts'
import { sumOf } from '../tally.ts'
import type { Derivation, DerivationFacts, Ingredient } from './derivation.ts'
import { learnersOf } from './study.ts'

const daysLong = 30
type Series = Row<'daily'>['series']
type OnDay = (facts: DerivationFacts) => (day: number) => number

const summed =
  (name: SumName): OnDay =>
  ({ state }) => {
    const days = state.domain.sums.get(name)
    return (day) => sumOf(days, day)
  }
const reached =
  (stage: StageName): OnDay =>
  ({ index }) =>
  (day) =>
    index.pipelines.on(stage, day)

/** By how much the threads grew on each day on which they were counted. */
const replies: OnDay = ({ state }) => {
  const grown = new Map<number, number>()
  for (const entries of state.domain.facts.get('thread')?.values() ?? []) {
    let before = 0
    for (const { at, value } of entries) {
      const { replies: now } = value.data as EventData<'forum.counted'>
      const day = dayOf(at)
      grown.set(day, (grown.get(day) ?? 0) + Math.max(0, now - before))
      before = now
    }
  }
  return (day) => grown.get(day) ?? 0
}

const series: { readonly [S in Series]: OnDay } = {
  activeOrganizations:
    ({ held }) =>
    (day) =>
      held.activeOn(day),
  learners:
    ({ state }) =>
    (day) =>
      learnersOf(state.learners, day),
  quizParticipants: summed('quizParticipants'),
  reflections: summed('reflections'),
  exchanges: summed('exchanges'),
  redeemed: summed('redeemed'),
  serviceDone: summed('serviceDone'),
  suggestions: reached('suggestion/made'),
  forumReplies: replies,
  casesCollected: reached('case/collected'),
  casesHandled: reached('case/handled'),
  orders: reached('order/any'),
  visits: reached('visit/visited'),
}
const names = Object.keys(series) as Series[]
const ingredients: readonly Ingredient[] = [
  'sums',
  'study',
  'held',
  'thread',
  'suggestion',
  'case',
  'order',
  'visit',
]

export const daily: Derivation<'daily'> = {
  of: ingredients,
  rows: (facts) =>
    names.map((name) => {
      const on = series[name](facts)
      const values = Array.from({ length: daysLong }, (_, at) => on(facts.day - daysLong + 1 + at))
      return { id: name, series: name, values }
    }),
}
