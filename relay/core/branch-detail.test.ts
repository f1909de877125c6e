import { describe, expect, it } from 'vitest'
import type { BranchDetail } from '../../protocol/branch.ts'
import type { Event, EventData } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { projectBranch } from '../project-branch.ts'
import { createCore } from './core.ts'
import { event } from './sample.ts'

const held = (activity: string, on: string, form: EventData<'activity.started'>['form']) =>
  event('activity.submitted', `${on}T10:00:00`, {
    activity,
    form,
    title: `活动 ${activity}`,
    heldAt: `${on}T09:00:00+08:00`,
    present: 3,
    expected: 4,
    photos: 1,
  })
const base = [
  event('organization.recorded', '2026-01-01T00:00:00', {
    name: '坪山村党支部',
    kind: 'branch',
    group: 'territory',
    township: '431128100',
    foundedOn: '2020-01-01',
    termEndsOn: '2026-11-30',
    parent: 'committee',
  }),
  event('members.counted', '2026-01-02T00:00:00', {
    members: 46,
    away: [
      { city: '东莞', members: 7 },
      { city: '广州', members: 4 },
    ],
  }),
  event('day.began', '2026-06-18T00:00:00', { day: '2026-06-18' }),
  held('x1', '2026-02-10', 'theme-day'),
  held('x2', '2026-03-11', 'theme-day'),
  held('x3', '2026-05-09', 'theme-day'),
  held('x4', '2026-04-02', 'general-meeting'),
]

function detail(...more: Event[]): BranchDetail {
  const core = createCore({ county: '431128' })
  for (const add of [...base, ...more]) core.fold({ add })
  core.changes(instantMs('2026-06-18T09:41:00+08:00'))
  const found = core.branch('a')
  if (found === undefined) throw new Error('no detail')
  return found
}
const periodsOf = (of: BranchDetail, form: string) =>
  of.meetings.find((each) => each.form === form)?.periods

describe('the detail of a branch', () => {
  it('says of each month and quarter of this year whether the meeting was held', () => {
    const { meetings } = detail()
    expect(meetings.map(({ form }) => form)).toEqual([
      'general-meeting',
      'branch-committee',
      'lecture',
      'theme-day',
    ])
    expect(periodsOf(detail(), 'theme-day')).toEqual([
      'untold',
      'held',
      'held',
      'missed',
      'held',
      'running',
    ])
    expect(periodsOf(detail(), 'general-meeting')).toEqual(['untold', 'held'])
    expect(periodsOf(detail(held('x5', '2026-06-18', 'theme-day')), 'theme-day')?.at(-1)).toBe(
      'held',
    )
  })

  it('counts a day of the calendar once an activity and forgets what a reviewer returned', () => {
    const once = detail(held('x6', '2026-06-18', 'lecture'))
    expect(once.calendar).toHaveLength(371)
    expect(once.calendar.at(-1)).toBe(1)
    const back = event('activity.reviewed', '2026-06-18T11:00:00', {
      activity: 'x6',
      level: 'township',
      verdict: 'returned',
    })
    const returned = detail(held('x6', '2026-06-18', 'lecture'), back)
    expect(returned.calendar.at(-1)).toBe(0)
    expect(returned.activities[0]?.steps.map(({ step, verdict }) => [step, verdict])).toEqual([
      ['submitted', null],
      ['township', 'returned'],
    ])
  })

  it('sums the points of this month by reason, and those away over the cities', () => {
    const award = (time: string, points: number, reason: EventData<'points.awarded'>['reason']) =>
      event('points.awarded', time, { points, reason })
    const of = detail(
      award('2026-05-31T23:59:00', 90, 'activity'),
      award('2026-06-01T00:00:00', 20, 'activity'),
      award('2026-06-17T10:00:00', 30, 'study'),
      award('2026-06-18T08:00:00', 15, 'activity'),
    )
    expect(of.points).toEqual([
      { reason: 'activity', points: 35 },
      { reason: 'study', points: 30 },
    ])
    expect(of.away).toBe(11)
  })

  it('knows the members who paid for the month that is asked for', () => {
    const paid = (month: string, members: number) =>
      event('dues.paid', '2026-06-03T10:00:00', { month, members })
    expect(detail(paid('2026-05', 44), paid('2026-06', 20)).dues).toEqual({
      month: '2026-05',
      paid: 44,
    })
  })

  it('shows the public neither a missed meeting nor a calendar, and only what the county passed', () => {
    const pass = event('activity.reviewed', '2026-06-18T11:00:00', {
      activity: 'x3',
      level: 'county',
      verdict: 'passed',
    })
    const seen = projectBranch(detail(pass), false)
    expect(seen).toMatchObject({ meetings: [], calendar: [], points: [], dues: null, parent: null })
    expect(seen.activities.map(({ id, steps }) => [id, steps])).toEqual([['x3', []]])
    expect(projectBranch(detail(pass), true).meetings).not.toEqual([])
  })
})
