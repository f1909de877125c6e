import { describe, expect, it } from 'vitest'
import type { ActivityForm, EventData, WarningRule } from '../../../protocol/events.ts'
import { dayNumber, dayOfNumber, instantMs } from '../../../protocol/time.ts'
import { silentDaysOf } from '../silence.ts'
import { ruleNames, ruleOf } from './all.ts'
import { rulesOf } from './config.ts'
import type { RuleFacts } from './rule.ts'

interface Told {
  readonly founded?: string
  /** The first day that anything was told of; its founding unless told. */
  readonly known?: string
  readonly held?: Readonly<Partial<Record<ActivityForm, readonly string[]>>>
  readonly members?: number
  readonly groups?: number
  /** Activities are known up to this day. */
  readonly reported?: string
  /** What was counted of its members, by the day on which it was told. */
  readonly checks?: Readonly<Record<string, Partial<EventData<'members.checked'>>>>
  /** Members set below the standard of dues, by the day on which it was told. */
  readonly below?: Readonly<Record<string, number>>
}

function facts(today: string, told: Told = {}): RuleFacts {
  const day = dayNumber(today)
  const foundedOn = dayNumber(told.founded ?? '2001-07-01')
  const reportedDay = Math.min(
    day,
    told.reported === undefined ? Infinity : dayNumber(told.reported),
  )
  const daysOf = (form: ActivityForm | 'any') =>
    (form === 'any' ? Object.values(told.held ?? {}).flat() : (told.held?.[form] ?? [])).map(
      dayNumber,
    )
  const lastHeld = (form: ActivityForm | 'any', before: number) => {
    const days = daysOf(form).filter((each) => each <= before)
    return days.length === 0 ? undefined : Math.max(...days)
  }
  const none = { lost: 0, lostLong: 0, away: 0, quitting: 0, abroad: 0, belowHours: 0, exempt: 0 }
  return {
    day,
    reportedDay,
    foundedOn,
    knownFrom: Math.max(foundedOn, dayNumber(told.known ?? '2001-07-01')),
    members: told.members ?? 10,
    groups: told.groups ?? 0,
    silentDays: silentDaysOf(reportedDay, foundedOn, lastHeld('any', day)),
    lastHeld,
    unpaid: 0,
    term: undefined,
    checks: Object.entries(told.checks ?? {}).map(([on, counts]) => ({
      at: instantMs(`${on}T09:00:00+08:00`),
      source: 'p',
      id: on,
      value: { ...none, ...counts },
    })),
    duesChecks: Object.entries(told.below ?? {}).map(([on, below]) => ({
      at: instantMs(`${on}T09:00:00+08:00`),
      source: 'p',
      id: on,
      value: { month: on.slice(0, 7), members: 9, below },
    })),
  }
}

const find = (rule: WarningRule, today: string, told?: Told) =>
  ruleOf(rule).find(facts(today, told), ruleOf(rule).defaults)
const raisedOn = (rule: WarningRule, today: string, told?: Told) => {
  const since = find(rule, today, told)?.since
  return since === undefined ? undefined : dayOfNumber(since)
}

describe('once a month is not every 30 days', () => {
  it('accepts 1 January and 28 February, 58 days apart', () => {
    const held = { 'theme-day': ['2026-01-01', '2026-02-28'] }
    expect(find('theme-day', '2026-03-01', { held })).toBeUndefined()
    expect(find('silence', '2026-02-27', { held })).toMatchObject({ level: 2, amount: 57 })
  })

  it('misses February between 31 January and 1 March, 29 days apart', () => {
    const held = { 'theme-day': ['2026-01-31'] }
    expect(find('theme-day', '2026-03-01', { held })).toMatchObject({ level: 2, amount: 1 })
    expect(find('silence', '2026-03-01', { held })).toBeUndefined()
    const again = { 'theme-day': ['2026-01-31', '2026-03-01'] }
    expect(find('theme-day', '2026-03-01', { held: again })).toBeUndefined()
  })

  it('turns orange and red with the second and third month missed, raised on the first of the month after', () => {
    const held = { 'theme-day': ['2026-01-15'] }
    expect(find('theme-day', '2026-02-28', { held })).toBeUndefined()
    expect(raisedOn('theme-day', '2026-03-01', { held })).toBe('2026-03-01')
    expect(find('theme-day', '2026-04-01', { held })?.level).toBe(3)
    expect(find('theme-day', '2026-05-01', { held })?.level).toBe(4)
    expect(raisedOn('theme-day', '2026-05-31', { held })).toBe('2026-03-01')
  })

  it('judges no month in which the branch was not there from its first day', () => {
    expect(find('theme-day', '2026-02-28', { founded: '2026-01-15' })).toBeUndefined()
    expect(find('theme-day', '2026-03-01', { founded: '2026-01-15' })).toMatchObject({ amount: 1 })
  })

  it('judges no month and no year of which the platform was not there to tell', () => {
    const joined = { known: '2026-09-03' }
    expect(find('theme-day', '2026-10-31', joined)).toBeUndefined()
    expect(find('theme-day', '2026-11-01', joined)).toMatchObject({ level: 2, amount: 1 })
    expect(find('appraisal', '2027-12-31', joined)).toBeUndefined()
    expect(find('appraisal', '2028-01-01', joined)).toMatchObject({ level: 2, amount: 1 })
  })

  it('counts leap days as days of their month', () => {
    const held = { 'theme-day': ['2028-01-20', '2028-02-29'] }
    expect(find('theme-day', '2028-03-31', { held })).toBeUndefined()
    expect(find('theme-day', '2028-04-01', { held })).toMatchObject({ amount: 1 })
  })
})

describe('who has to meet', () => {
  it('asks for committee meetings only where the branch is large enough for a committee', () => {
    expect(find('branch-committee', '2026-06-18', { members: 6 })).toBeUndefined()
    expect(find('branch-committee', '2026-06-18', { members: 7 })).toBeDefined()
  })
  it('asks for group meetings only where there are groups', () => {
    expect(find('group-meeting', '2026-06-18')).toBeUndefined()
    expect(find('group-meeting', '2026-06-18', { groups: 3 })).toBeDefined()
  })
  it('asks for the general meeting and the lecture by the quarter', () => {
    const held = { 'general-meeting': ['2026-01-01'], lecture: ['2026-02-10'] }
    for (const rule of ['general-meeting', 'lecture'] as const) {
      expect(find(rule, '2026-06-30', { held })).toBeUndefined()
      expect(find(rule, '2026-07-01', { held })).toMatchObject({ level: 2, amount: 1 })
    }
  })
  it('asks for the year’s organisational life meeting from December, and is yellow from New Year', () => {
    const held = { 'life-meeting': ['2025-12-10'] }
    expect(find('life-meeting', '2026-11-30', { held })).toBeUndefined()
    expect(find('life-meeting', '2026-12-01', { held })).toMatchObject({ level: 1 })
    expect(find('life-meeting', '2027-01-01', { held })).toMatchObject({ level: 2, amount: 1 })
  })
  it('asks for appraisal and talks by the year', () => {
    const held = { appraisal: ['2025-12-31'], talk: ['2024-05-01'] }
    expect(find('appraisal', '2026-12-31', { held })).toBeUndefined()
    expect(find('talk', '2026-01-01', { held })).toMatchObject({ amount: 1 })
  })
})

describe('a silent platform', () => {
  it('is not a silent branch: nothing is raised after the last day that it reported', () => {
    const held = { 'theme-day': ['2026-05-20'] }
    const reported = '2026-06-10'
    expect(find('silence', '2026-08-01', { held, reported })).toBeUndefined()
    expect(find('theme-day', '2026-08-01', { held, reported })).toBeUndefined()
    expect(find('silence', '2026-08-01', { held })).toBeDefined()
  })
  it('does not change when an older warning was raised', () => {
    const held = { 'theme-day': ['2026-01-10'] }
    expect(raisedOn('silence', '2026-06-01', { held, reported: '2026-03-01' })).toBe('2026-02-10')
    expect(raisedOn('silence', '2026-06-01', { held })).toBe('2026-02-10')
  })
})

describe('members by the long periods', () => {
  it('are warned about by number, the gravest where removal is near', () => {
    expect(find('lost', '2026-06-18', { checks: { '2026-06-18': { lost: 2 } } })).toMatchObject({
      level: 2,
      amount: 2,
    })
    expect(
      find('lost', '2026-06-18', { checks: { '2026-06-18': { lost: 2, lostLong: 1 } } })?.level,
    ).toBe(3)
    expect(find('away', '2026-06-18', { checks: { '2026-06-18': { away: 4 } } })).toMatchObject({
      level: 1,
      amount: 4,
    })
    expect(find('abroad', '2026-06-18', { checks: { '2026-06-18': {} } })).toBeUndefined()
    expect(
      find('quitting', '2026-06-18', { checks: { '2026-06-18': { quitting: 1 } } })?.level,
    ).toBe(3)
  })
  it('are warned about where they are set to pay too little, from as many as the county says', () => {
    const below = { '2026-05-08': 2, '2026-06-08': 3 }
    expect(find('dues-rate', '2026-06-18', { below })).toEqual({
      level: 1,
      amount: 3,
      since: dayNumber('2026-05-08'),
    })
    const many = ruleOf('dues-rate').find(facts('2026-06-18', { below }), { fromMembers: 4 })
    expect(many).toBeUndefined()
  })
  it('leave the elderly, ill and disabled out of the hours of study', () => {
    expect(
      find('study-hours', '2026-12-20', { checks: { '2026-12-20': { exempt: 9 } } }),
    ).toBeUndefined()
    expect(
      find('study-hours', '2026-10-31', { checks: { '2026-10-31': { belowHours: 2 } } }),
    ).toBeUndefined()
    expect(
      find('study-hours', '2026-11-01', { checks: { '2026-11-01': { belowHours: 2 } } })?.level,
    ).toBe(1)
    expect(
      find('study-hours', '2026-12-01', { checks: { '2026-12-01': { belowHours: 2 } } })?.level,
    ).toBe(2)
  })
})

describe('a county’s own rules', () => {
  it('turn rules off and move thresholds, and keep the rest', () => {
    const config = rulesOf({ rules: { lecture: 'off', silence: { yellowAfterDays: 60 } } })
    expect(config.thresholds.has('lecture')).toBe(false)
    expect(config.thresholds.get('silence')).toEqual({
      yellowAfterDays: 60,
      orangeFromDays: 60,
      redFromDays: 90,
    })
    expect(config.thresholds.size).toBe(ruleNames.length - 1)
  })
  it('every rule says what it rests on, and none names an article whose number was not checked', () => {
    for (const name of ruleNames) expect(ruleOf(name).article(ruleOf(name).defaults)).not.toBe('')
    expect(ruleOf('talk').article({})).not.toMatch(/第.+条/)
  })
})
