/** The activities that were held, by day and organisation, kept up as they are told. Pure. */
import type { Row } from '../../protocol/board.ts'
import { toInstant } from '../../protocol/time.ts'
import { activityOf, type Activity } from './activity.ts'
import { heldOn, markOf, withMark, type HeldDays } from './held-days.ts'
import { none } from './register.ts'
import type { State } from './state.ts'
import { countDay, countOn, createDayCounts } from './tally.ts'

const feedLength = 60

export interface HeldIndex {
  /** Folds by `fold` what was told of an activity, or taken back. */
  fold(organization: string, id: string, fold: () => void): void
  of(organization: string): HeldDays
  /** The first day of which an activity is told, of any organisation. */
  firstDay(): number | undefined
  /** Organisations that held something that counts on the day. */
  activeOn(day: number): number
  hasOpen(organization: string, day: number): boolean
  /** The most that came to one activity that counts, of those held on the days; 0 where none did. */
  mostPresent(organization: string, from: number, to: number): number
  /** The latest that were held up to the end of the day; one with a date in the future waits for it. */
  rows(day: number, isShown: (organization: string) => boolean): readonly Row<'feed'>[]
}

export function createHeldIndex(state: State): HeldIndex {
  const heldOf = new Map<string, HeldDays>()
  /** Organisation → those of its activities that are started and not reported. */
  const open = new Map<string, Set<string>>()
  /** Day → `organization`, newline, `id` → when it was held, in ms: a large division holds thousands on a day. */
  const feedDays = new Map<number, Map<string, number>>()
  const feedOrder = createDayCounts()
  const active = createDayCounts()

  function held(organization: string, id: string): Activity | undefined {
    const pieces = state.organizations.get(organization)?.activities.get(id)
    return pieces && activityOf(pieces)
  }

  function count(organization: string, id: string, sign: 1 | -1): void {
    const activity = held(organization, id)
    if (!activity) return
    const { at, day, isCounted, isOpen } = activity
    const ofDay = feedDays.get(day) ?? new Map<string, number>()
    feedDays.set(day, ofDay)
    if (sign === 1) ofDay.set(`${organization}\n${id}`, at)
    else ofDay.delete(`${organization}\n${id}`)
    if (ofDay.size === 0) feedDays.delete(day)
    countDay(feedOrder, day, sign)
    if (isOpen) put(open, organization, id, sign)
    if (!isCounted) return
    const before = heldOf.get(organization) ?? none
    const days = withMark(before, markOf(activity), sign)
    if (heldOn(before, day) === 0 || heldOn(days, day) === 0) countDay(active, day, sign)
    if (days.length === 0) heldOf.delete(organization)
    else heldOf.set(organization, days)
  }

  for (const [id, told] of state.organizations)
    for (const activity of told.activities.keys()) count(id, activity, 1)

  return {
    fold(organization, id, fold) {
      count(organization, id, -1)
      fold()
      count(organization, id, 1)
    },
    of: (organization) => heldOf.get(organization) ?? none,
    firstDay: () => feedOrder.days[0],
    activeOn: (day) => countOn(active, day),
    hasOpen(organization, day) {
      for (const id of open.get(organization) ?? []) {
        const activity = held(organization, id)
        if (activity?.day === day && activity.isCounted) return true
      }
      return false
    },
    mostPresent(organization, from, to) {
      let most = 0
      for (const pieces of state.organizations.get(organization)?.activities.values() ?? []) {
        const activity = activityOf(pieces)
        if (activity?.isCounted === true && activity.day >= from && activity.day <= to)
          most = Math.max(most, activity.present)
      }
      return most
    },
    rows(day, isShown) {
      const latest: Row<'feed'>[] = []
      for (let at = feedOrder.days.length - 1; at >= 0 && latest.length < feedLength; at -= 1) {
        const each = feedOrder.days[at] ?? day
        if (each > day) continue
        for (const { organization, id } of latestOf(each, feedLength - latest.length, isShown)) {
          const activity = held(organization, id)
          if (activity !== undefined) latest.push(rowOf(organization, id, activity))
        }
      }
      return latest
    },
  }

  /** The latest of a day, the last first. */
  function latestOf(
    day: number,
    most: number,
    isShown: (organization: string) => boolean,
  ): readonly Held[] {
    const latest: Held[] = []
    for (const [key, at] of feedDays.get(day) ?? []) {
      const last = latest[most - 1]
      if (last !== undefined && at < last.at) continue
      const [organization = '', id = ''] = key.split('\n')
      if (!isShown(organization)) continue
      const one = { organization, id, at }
      const place = latest.findIndex((other) => isBefore(one, other))
      latest.splice(place < 0 ? latest.length : place, 0, one)
      if (latest.length > most) latest.pop()
    }
    return latest
  }
}

interface Held {
  readonly organization: string
  readonly id: string
  /** In ms. */
  readonly at: number
}

const feedId = (organization: string, id: string): string => `${organization}/${id}`

function isBefore(one: Held, other: Held): boolean {
  if (one.at !== other.at) return one.at > other.at
  return feedId(one.organization, one.id) < feedId(other.organization, other.id)
}

function put<K, V>(sets: Map<K, Set<V>>, key: K, value: V, sign: 1 | -1): void {
  const set = sets.get(key) ?? new Set<V>()
  if (sign === 1) set.add(value)
  else set.delete(value)
  if (set.size === 0) sets.delete(key)
  else sets.set(key, set)
}

function rowOf(organization: string, id: string, activity: Activity): Row<'feed'> {
  const { at, form, title, present, expected, townshipReview, countyReview } = activity
  return {
    id: feedId(organization, id),
    at: toInstant(at),
    organization,
    form,
    title,
    present,
    expected,
    townshipReview,
    countyReview,
  }
}
