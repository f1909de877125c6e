import { describe, expect, it } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore } from './core.ts'
import { figuresOf } from './figures.ts'
import { createLedger, resolve } from './ledger.ts'
import { event } from './sample.ts'

const recorded = event('organization.recorded', '2026-01-01T00:00:00', {
  name: '坪山村党支部',
  kind: 'branch',
  group: 'territory',
  township: '431128100',
  foundedOn: '2020-01-01',
})
const began = (day: string) => event('day.began', `${day}T00:00:00`, { day })
const asOf = instantMs('2026-06-18T09:41:00+08:00')

function wall(...events: Event[]) {
  const core = createCore({ county: '431128' })
  for (const each of events) core.fold({ add: each })
  core.changes(asOf)
  return core
}
const held = event('activity.submitted', '2026-06-17T10:00:00', {
  activity: 'x',
  form: 'theme-day',
  title: '主题党日',
  heldAt: '2026-06-17T09:00:00+08:00',
  present: 3,
  expected: 4,
  photos: 1,
})

describe('the wall', () => {
  it('brings the warning back when a reviewer returns the activity', () => {
    const core = wall(recorded, began('2026-06-18'), held)
    expect(core.board().warnings.has('silence/a')).toBe(false)
    expect([...core.board().feed.values()][0]).toMatchObject({
      townshipReview: 'pending',
      countyReview: 'none',
    })
    const returned = event('activity.reviewed', '2026-06-18T08:00:00', {
      activity: 'x',
      level: 'township',
      verdict: 'returned',
    })
    core.fold({ add: returned })
    expect(core.changes(asOf).puts.warnings?.[0]).toMatchObject({
      id: 'silence/a',
      level: 4,
      remindedBy: null,
    })
    core.fold({ remove: returned })
    expect(core.changes(asOf).deletes.warnings).toEqual(['silence/a'])
  })

  it('does not call a branch silent while its platform is', () => {
    const report = event(
      'source.reported',
      '2026-06-20T10:00:00',
      { feed: 'activities', cadenceSeconds: 60 },
      'p',
    )
    const core = wall(recorded, held, report, began('2026-09-30'))
    expect(core.board().branches.get('a')?.silentDays).toBe(3)
    core.fold({ remove: report })
    core.changes(asOf)
    expect(core.board().branches.get('a')?.silentDays).toBe(105)
  })

  it('shows an organisation only once it is recorded, with what was told before', () => {
    const core = wall(
      event('points.awarded', '2026-06-18T08:00:00', { points: 5, reason: 'study' }),
      began('2026-06-18'),
    )
    expect(core.board().branches.size).toBe(0)
    core.fold({ add: recorded })
    core.changes(asOf)
    expect(core.board().branches.get('a')).toMatchObject({ points: 5, rank: 1, reason: 'study' })
    expect(figuresOf(core.board())).toMatchObject({
      organizations: 1,
      'points.month': 5,
      'warnings.silence': 1,
    })
  })

  it('is live while a stream of an activity is up', () => {
    const core = wall(
      recorded,
      began('2026-06-18'),
      event('stream.up', '2026-06-18T09:00:00', { stream: 's', title: '直播', activity: 'x' }),
    )
    expect(core.board().branches.get('a')?.state).toBe('live')
    core.fold({ add: event('stream.down', '2026-06-18T09:30:00', { stream: 's' }) })
    expect(core.changes(asOf).deletes.streams).toEqual(['s'])
    expect(core.board().branches.get('a')?.state).toBe('silent')
  })
})

describe('the ledger', () => {
  it('takes back an event that arrives after its retraction', () => {
    const ledger = createLedger()
    const retraction: Event = { ...held, id: 'r', retracts: held.id }
    expect(resolve(ledger, retraction, () => undefined)).toEqual({})
    expect(resolve(ledger, held, () => undefined)).toEqual({})
  })
  it('lets a higher revision replace a lower one and never the other way', () => {
    const ledger = createLedger()
    const newer = { ...held, rev: 2 }
    expect(resolve(ledger, newer, () => held)).toEqual({ add: newer, remove: held })
    expect(resolve(ledger, { ...held, rev: 1 }, () => newer)).toEqual({})
  })
})
