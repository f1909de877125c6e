import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Event, EventData, EventKind } from '../../protocol/events.ts'
import { dayNumber, instantMs } from '../../protocol/time.ts'
import { openEmbeddedJournal } from '../journal/embedded.ts'
import { parseRules } from '../rules-file.ts'
import { daysOf, digestOf, type Digest, type Period } from './digest.ts'
import { createReduction, entryOf } from './reduction.ts'
import { createStore } from './store.ts'

const rules = parseRules('', '')
/** Nothing is judged in slices here. */
const calm = async (): Promise<void> => undefined
let next = 0

function event<K extends EventKind>(
  kind: K,
  time: string,
  data: EventData<K>,
  more: Partial<Event> = {},
): Event {
  next += 1
  const common = { source: '/r', id: `e${next}`, rev: 0, subject: 'a', county: '530102' }
  return { ...common, kind, time: `${time}+08:00`, data, ...more } as Event
}
const recorded = (subject: string, county: string): Event =>
  event(
    'organization.recorded',
    '2026-05-01T09:00:00',
    { name: '坪山村党支部', kind: 'branch', group: 'territory', foundedOn: '2015-01-01' },
    { subject, county },
  )
const held = (day: string, activity: string, more: Partial<Event> = {}): Event =>
  event(
    'activity.submitted',
    `${day}T18:00:00`,
    {
      activity,
      form: 'theme-day',
      title: '主题党日',
      heldAt: `${day}T15:00:00+08:00`,
      present: 9,
      expected: 10,
      photos: 1,
    },
    more,
  )
const awarded = (day: string, points: number, more: Partial<Event> = {}): Event =>
  event('points.awarded', `${day}T10:00:00`, { points, reason: 'study' }, more)

/** Each event is received five minutes after its time, unless told. */
async function digest(
  told: readonly (Event | readonly [Event, receivedAt: string])[],
  scope: string,
  period: Period,
  of: string,
): Promise<Digest> {
  const folder = mkdtempSync(join(tmpdir(), 'digest-'))
  const journal = openEmbeddedJournal(join(folder, 'journal.sqlite'))
  try {
    const reduction = createReduction(journal.find, rules)
    const store = createStore({ journal, reduction, every: () => 1e9, divisionEvery: 3, calm })
    journal.tail((entries) => {
      for (const stored of entries) reduction.fold(stored)
    })
    for (const each of told) {
      const [one, at] = 'kind' in each ? [each, each.time] : each
      await journal.append([entryOf(one)], at)
      await store.saveDue(() => undefined)
    }
    const nowMs = instantMs('2026-06-30T12:00:00+08:00')
    const log = { journal, rules, living: reduction }
    return await digestOf(log, scope, daysOf(period, of), nowMs, (board) => board)
  } finally {
    await journal.close()
    rmSync(folder, { recursive: true })
  }
}

const june: readonly Event[] = [
  recorded('a', '530102'),
  recorded('b', '530202'),
  held('2026-06-15', 'x'),
  awarded('2026-06-15', 5),
  held('2026-06-17', 'y', { subject: 'b', county: '530202' }),
  held('2026-06-18', 'z'),
  awarded('2026-06-18', 7),
]

describe('a digest', () => {
  it('adds up what happened on the days of its period, and on no other', async () => {
    expect(await digest(june, '530102', 'day', '2026-06-18')).toMatchObject({
      from: '2026-06-18',
      to: '2026-06-18',
      figures: { activities: 1, points: 7, organizations: 0 },
      corrected: {},
    })
    const week = await digest(june, '530102', 'week', '2026-06-18')
    expect([week.from, week.to]).toEqual(['2026-06-15', '2026-06-21'])
    expect(week.figures).toMatchObject({ activities: 2, points: 12 })
    const month = await digest(june, '530102', 'month', '2026-06-18')
    expect([month.from, month.to]).toEqual(['2026-06-01', '2026-06-30'])
    expect(month.figures).toMatchObject({ activities: 2, points: 12 })
  })

  it('of a province adds up its counties', async () => {
    const { figures } = await digest(june, '530000', 'week', '2026-06-18')
    expect(figures).toMatchObject({ activities: 3, points: 12 })
  })

  it('counts the warnings that were raised and cleared in between', async () => {
    // Silent since its last activity in May; yellow from day 31 on, and calm again with the next activity.
    const told = [recorded('a', '530102'), held('2026-05-10', 'w'), held('2026-06-20', 'x')]
    const dues = (await digest(told, '530102', 'day', '2026-06-05')).figures
    expect(dues['warningsCleared']).toBe(0)
    const raised = (await digest(told, '530102', 'day', '2026-06-10')).figures
    const cleared = (await digest(told, '530102', 'day', '2026-06-20')).figures
    expect(raised['warningsRaised']).toBeGreaterThanOrEqual(1)
    expect(cleared['warningsCleared']).toBeGreaterThanOrEqual(1)
    expect(cleared['silent']).toBe(-1)
  })

  it('marks what was corrected, taken back or told after its period had ended', async () => {
    const award = awarded('2026-06-15', 5, { id: 'award' })
    const late = '2026-06-25T09:00:00+08:00'
    const told = [
      recorded('a', '530102'),
      award,
      held('2026-06-16', 'x', { id: 'wrong' }),
      held('2026-06-17', 'y'),
      [{ ...award, rev: 1, data: { points: 50, reason: 'study' } } as Event, late] as const,
      [held('2026-06-18', 'z'), late] as const,
      [held('2026-06-18', 'zz'), late] as const,
      [event('branch.online', '2026-06-25T09:00:00', {}, { retracts: 'wrong' }), late] as const,
    ]
    const { figures, corrected } = await digest(told, '530102', 'week', '2026-06-18')
    expect(figures).toMatchObject({ activities: 3, points: 50 })
    expect(corrected).toMatchObject({
      activities: { was: 2, is: 3 },
      points: { was: 5, is: 50 },
    })
    expect(corrected).not.toHaveProperty('organizations')
  })

  it('knows where weeks and months begin and end', () => {
    const days = (period: Period, day: string) => {
      const { from, to } = daysOf(period, day)
      return [from - dayNumber(day), to - dayNumber(day)]
    }
    expect(days('week', '2026-06-15')).toEqual([0, 6])
    expect(days('week', '2026-06-21')).toEqual([-6, 0])
    expect(days('week', '1969-12-29')).toEqual([0, 6])
    expect(days('month', '2028-02-29')).toEqual([-28, 0])
    expect(days('month', '2026-12-01')).toEqual([0, 30])
    expect(days('month', '2026-01-31')).toEqual([-30, 0])
  })
})
