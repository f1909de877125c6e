import { describe, expect, it } from 'vitest'
import type { Board } from '../../protocol/board.ts'
import type { Event, EventData, WarningRule } from '../../protocol/events.ts'
import { createCore } from './core.ts'
import { boardOf, branch, day, event, held, only } from './sample.ts'

const check = (on: string, counts: Partial<EventData<'members.checked'>>): Event =>
  event('members.checked', on.includes('T') ? on : `${on}T09:00:00`, {
    lost: 0,
    lostLong: 0,
    away: 0,
    quitting: 0,
    abroad: 0,
    belowHours: 0,
    exempt: 0,
    ...counts,
  })
const see = (rule: WarningRule, events: readonly Event[], today: string): Board =>
  boardOf([branch('a'), ...events], today, only(rule))
const raisedOn = (rule: WarningRule, events: readonly Event[], today: string) =>
  see(rule, events, today).warnings.get(`${rule}/a`)?.raisedOn
const traces = (rule: WarningRule, events: readonly Event[], today: string) => [
  ...see(rule, events, today).cleared.values(),
]

describe('what a platform counts of its members', () => {
  const members = [
    ['lost', 'lost'],
    ['away', 'away'],
    ['quitting', 'quitting'],
    ['abroad', 'abroad'],
    ['study-hours', 'belowHours'],
  ] as const

  it.each(members)(
    'raises %s on the day of the first check that found somebody, however often it is checked again',
    (rule, count) => {
      const checks = [
        check('2026-11-05', { [count]: 2 }),
        check('2026-11-20', { [count]: 3 }),
        check('2026-12-02', { [count]: 1 }),
      ]
      expect(raisedOn(rule, checks, '2026-12-03')).toBe('2026-11-05')
      const broken = [...checks, check('2026-11-25', { [count]: 0 })]
      expect(raisedOn(rule, broken, '2026-12-03')).toBe('2026-12-02')
      const overDay = [...checks, check('2026-11-20T08:00:00', { [count]: 0 })]
      expect(raisedOn(rule, overDay, '2026-12-03')).toBe('2026-11-05')
    },
  )

  it.each(members)('leaves a trace of %s when a check finds nobody any more', (rule, count) => {
    const found = check('2026-11-05', { [count]: 2 })
    const reminded = event('warning.reminded', '2026-11-06T10:00:00', { rule, by: 'county' })
    const acknowledged = event('warning.acknowledged', '2026-11-07T10:00:00', {
      rule,
      by: 'branch',
    })
    const gone = check('2026-11-10', { [count]: 0 })
    expect(traces(rule, [found, reminded, acknowledged, gone], '2026-11-12')).toEqual([
      {
        id: `${rule}/a/2026-11-05`,
        rule,
        organization: 'a',
        raisedOn: '2026-11-05',
        reminders: 1,
        remindedBy: 'county',
        remindedAt: '2026-11-06T10:00:00+08:00',
        acknowledgedBy: 'branch',
        acknowledgedAt: '2026-11-07T10:00:00+08:00',
        rectifiedBy: null,
        rectifiedAt: null,
        clearedOn: '2026-11-10',
        clearedBy: 'check',
        clearedAt: '2026-11-10T09:00:00+08:00',
        cause: `p ${gone.id}`,
        hoursToAction: 110,
      },
    ])
  })

  it('keeps a reminder that was sent before the latest check', () => {
    const told = [
      check('2026-05-05', { lost: 1 }),
      event('warning.reminded', '2026-05-06T10:00:00', { rule: 'lost', by: 'township' }),
      check('2026-06-05', { lost: 1 }),
    ]
    expect(see('lost', told, '2026-06-06').warnings.get('lost/a')).toMatchObject({
      stage: 'reminded',
      reminders: 1,
    })
  })

  it('forgets with the year who was below its hours: a lapse, not an act', () => {
    const told = [
      check('2026-11-05', { belowHours: 2 }),
      event('warning.reminded', '2026-11-06T10:00:00', { rule: 'study-hours', by: 'county' }),
    ]
    expect(raisedOn('study-hours', told, '2026-12-31')).toBe('2026-11-05')
    expect(raisedOn('study-hours', told, '2027-01-01')).toBeUndefined()
    expect(raisedOn('study-hours', told, '2027-12-01')).toBeUndefined()
    expect(traces('study-hours', told, '2027-01-02')).toMatchObject([
      {
        clearedOn: '2027-01-01',
        clearedBy: 'lapse',
        clearedAt: '2027-01-01T00:00:00+08:00',
        cause: null,
        hoursToAction: null,
      },
    ])
  })
})

describe('what a platform counts of the dues that members are set to pay', () => {
  const set = (on: string, month: string, below: number): Event =>
    event('dues.checked', `${on}T09:00:00`, { month, members: 9, below })

  it('is cleared by a recount that finds nobody below the standard, and says so', () => {
    const found = set('2026-06-03', '2026-06', 2)
    const again = set('2026-06-09', '2026-06', 0)
    expect(see('dues-rate', [found], '2026-06-10').warnings.get('dues-rate/a')).toMatchObject({
      level: 1,
      amount: 2,
      raisedOn: '2026-06-03',
      article: '《关于中国共产党党费收缴、使用和管理的规定》第二条、第五条、第六条',
    })
    expect(raisedOn('dues-rate', [again, found], '2026-06-10')).toBeUndefined()
    expect(traces('dues-rate', [again, found], '2026-06-10')).toMatchObject([
      {
        raisedOn: '2026-06-03',
        clearedOn: '2026-06-09',
        clearedBy: 'check',
        cause: `p ${again.id}`,
      },
    ])
  })

  it('is neither ended nor begun by a recount of a month that a later one had followed', () => {
    const june = set('2026-06-03', '2026-06', 2)
    const ofMay = set('2026-06-09', '2026-05', 0)
    expect(raisedOn('dues-rate', [ofMay, june], '2026-06-10')).toBe('2026-06-03')
    const settled = set('2026-06-09', '2026-06', 0)
    const lateMay = { ...set('2026-06-09', '2026-05', 3), time: '2026-06-09T20:00:00+08:00' }
    const told = [june, settled, lateMay]
    expect(raisedOn('dues-rate', told, '2026-06-10')).toBeUndefined()
    expect(traces('dues-rate', told, '2026-06-10')).toMatchObject([{ cause: `p ${settled.id}` }])
  })

  it('stands again when the check that ended it is taken back', () => {
    const core = createCore({ county: '431128', rules: only('dues-rate') })
    const again = set('2026-06-09', '2026-06', 0)
    for (const add of [branch('a'), set('2026-06-03', '2026-06', 2), again, day('2026-06-10')])
      core.fold({ add })
    const asOf = Date.parse('2026-06-10T12:00:00+08:00')
    core.changes(asOf)
    expect(core.board().warnings.size).toBe(0)
    core.fold({ remove: again })
    core.changes(asOf)
    expect(core.board().warnings.get('dues-rate/a')).toMatchObject({ raisedOn: '2026-06-03' })
    expect(core.board().cleared.size).toBe(0)
  })
})

describe('what ended a warning', () => {
  it('is the first activity of that day that counts', () => {
    const later = held('2026-06-04T20:00:00+08:00')
    const first = held('2026-06-04T08:00:00+08:00')
    const returned = held('2026-06-04T07:00:00+08:00')
    const review = event('activity.reviewed', '2026-06-05T09:00:00', {
      activity: (returned.data as EventData<'activity.submitted'>).activity,
      level: 'township',
      verdict: 'returned',
    })
    const told = [held('2026-05-01'), later, first, returned, review]
    expect(traces('silence', told, '2026-06-06')).toMatchObject([
      {
        raisedOn: '2026-06-01',
        clearedOn: '2026-06-04',
        clearedBy: 'activity',
        clearedAt: '2026-06-04T08:00:00+08:00',
        cause: (first.data as EventData<'activity.submitted'>).activity,
      },
    ])
  })

  it('is the form that was missing, and no other', () => {
    const told = [
      branch('b'),
      held('2026-01-05', 'b'),
      held('2026-06-04T08:00:00+08:00'),
      held('2026-06-04T20:00:00+08:00', 'a', 'theme-day'),
    ]
    expect(traces('theme-day', told, '2026-06-06')).toMatchObject([
      { clearedBy: 'activity', clearedAt: '2026-06-04T20:00:00+08:00' },
    ])
  })

  it('is the payment of the last dues, or the count by which nobody is left to pay', () => {
    const members = (on: string, count: number) =>
      event('members.counted', `${on}T09:00:00`, { members: count })
    const paid = (on: string, count: number) =>
      event('dues.paid', `${on}T09:00:00`, { month: '2026-06', members: count })
    const before = [members('2026-01-01', 5), paid('2026-06-22', 3)]
    expect(traces('dues', [...before, paid('2026-06-24', 2)], '2026-06-30')).toMatchObject([
      { raisedOn: '2026-06-21', clearedOn: '2026-06-24', clearedBy: 'payment', clearedAt: null },
    ])
    const left = members('2026-06-25', 3)
    expect(traces('dues', [...before, left], '2026-06-30')).toMatchObject([
      { clearedOn: '2026-06-25', clearedBy: 'count', cause: `p ${left.id}` },
    ])
  })

  it('is the record of a new term of office', () => {
    const overdue = branch('a', '2001-07-01', '2026-05-31')
    const elected: Event = {
      ...branch('a', '2001-07-01', '2029-05-31'),
      time: '2026-06-10T09:00:00+08:00',
    }
    expect(traces('term', [overdue, elected], '2026-06-12')).toMatchObject([
      { clearedOn: '2026-06-10', clearedBy: 'record', cause: `p ${elected.id}` },
    ])
  })
})

describe('a warning that stands for long', () => {
  const known = [branch('b'), held('2024-01-05', 'b')]
  it('keeps its day and its reminders after more months than are counted', () => {
    const told = [
      ...known,
      event('warning.reminded', '2025-03-05T09:00:00', { rule: 'theme-day', by: 'county' }),
    ]
    expect(see('theme-day', told, '2026-06-06').warnings.get('theme-day/a')).toMatchObject({
      amount: 12,
      raisedOn: '2024-03-01',
      reminders: 1,
    })
  })

  it('is one from the December that asks for the year’s life meeting into the year after', () => {
    const told = [
      ...known,
      held('2025-12-20', 'a', 'life-meeting'),
      event('warning.reminded', '2026-12-15T09:00:00', { rule: 'life-meeting', by: 'county' }),
    ]
    const seen = (today: string) => see('life-meeting', told, today).warnings.get('life-meeting/a')
    expect(seen('2026-12-31')).toMatchObject({ level: 1, raisedOn: '2026-12-01', reminders: 1 })
    expect(seen('2027-01-01')).toMatchObject({ level: 2, raisedOn: '2026-12-01', reminders: 1 })
  })
})
