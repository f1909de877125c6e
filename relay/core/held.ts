/** The activities that were held, counted by day and form for each organisation, kept up as they are told. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { ActivityForm } from '../../protocol/events.ts'
import { toInstant } from '../../protocol/time.ts'
import { activityOf, type Activity } from './activity.ts'
import type { State } from './state.ts'
import { countDay, createDayCounts, type DayCounts } from './tally.ts'

const feedLength = 60

interface Held {
  readonly organization: string
  readonly activity: Activity
}

interface OfOrganization {
  /** Days of those that count, in all and by form. */
  readonly all: DayCounts
  readonly byForm: Map<ActivityForm, DayCounts>
  /** Days of those that passed review. */
  readonly passed: DayCounts
  /** Keys of those that are started and not reported. */
  readonly open: Set<string>
}

export interface HeldIndex {
  /** Something was told of an activity, or taken back. */
  index(organization: string, id: string): void
  of(organization: string): Omit<OfOrganization, 'open'> | undefined
  hasOpen(organization: string, day: number): boolean
  /** The latest that were held up to the end of the day; one with a date in the future waits for it. */
  rows(day: number, isShown: (organization: string) => boolean): readonly Row<'feed'>[]
}

export function createHeldIndex(state: State): HeldIndex {
  const held = new Map<string, Held>()
  const heldOf = new Map<string, OfOrganization>()
  const feedDays = new Map<number, Set<string>>()
  const feedOrder = createDayCounts()

  function index(organization: string, id: string): void {
    const key = `${organization}/${id}`
    const before = held.get(key)
    if (before) count(key, before, -1)
    const pieces = state.organizations.get(organization)?.activities.get(id)
    const activity = pieces && activityOf(pieces)
    if (!activity) {
      held.delete(key)
      return
    }
    const now = { organization, activity }
    held.set(key, now)
    count(key, now, 1)
  }

  function count(key: string, { organization, activity }: Held, sign: 1 | -1): void {
    const { day, form, isCounted, isOpen, isQuorate } = activity
    const onDay = feedDays.get(day) ?? new Set()
    if (sign === 1) onDay.add(key)
    else onDay.delete(key)
    if (onDay.size === 0) feedDays.delete(day)
    else feedDays.set(day, onDay)
    countDay(feedOrder, day, sign)

    const ofOne = heldOf.get(organization) ?? {
      all: createDayCounts(),
      byForm: new Map(),
      passed: createDayCounts(),
      open: new Set(),
    }
    heldOf.set(organization, ofOne)
    if (isOpen && sign === 1) ofOne.open.add(key)
    else ofOne.open.delete(key)
    if (!isCounted) return
    countDay(ofOne.all, day, sign)
    if (!isQuorate) return
    const ofForm = ofOne.byForm.get(form) ?? createDayCounts()
    ofOne.byForm.set(form, ofForm)
    countDay(ofForm, day, sign)
    if (activity.isPassed) countDay(ofOne.passed, day, sign)
  }

  for (const [id, told] of state.organizations)
    for (const activity of told.activities.keys()) index(id, activity)

  return {
    index,
    of: (organization) => heldOf.get(organization),
    hasOpen(organization, day) {
      for (const key of heldOf.get(organization)?.open ?? []) {
        const activity = held.get(key)?.activity
        if (activity?.day === day && activity.isCounted) return true
      }
      return false
    },
    rows(day, isShown) {
      const latest: { readonly id: string; readonly held: Held }[] = []
      for (let at = feedOrder.days.length - 1; at >= 0 && latest.length < feedLength; at -= 1) {
        const each = feedOrder.days[at] ?? day
        if (each > day) continue
        for (const id of feedDays.get(each) ?? []) {
          const one = held.get(id)
          if (one && isShown(one.organization)) latest.push({ id, held: one })
        }
      }
      latest.sort((a, b) => b.held.activity.at - a.held.activity.at || (a.id < b.id ? -1 : 1))
      return latest.slice(0, feedLength).map((one) => rowOf(one.id, one.held))
    },
  }
}

function rowOf(id: string, { organization, activity }: Held): Row<'feed'> {
  const { at, form, title, present, expected, townshipReview, countyReview } = activity
  return {
    id,
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
