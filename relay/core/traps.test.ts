/** Edges of days, months and years, in each kind of rule: what a county would notice at midnight. */
import { describe, expect, it } from 'vitest'
import type { Event, WarningRule } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore } from './core.ts'
import { rulesOf } from './rules/config.ts'
import { boardOf, branch, event, held, only } from './sample.ts'

/** When the warning of a rule was raised, as seen on a day; undefined where there is none. */
const raisedOn = (rule: WarningRule, events: readonly Event[], today: string) =>
  boardOf(events, today, only(rule)).warnings.get(`${rule}/a`)?.raisedOn

describe('已有30天 and 超过30天', () => {
  const silent = [branch('a'), held('2026-06-01')]
  const onDay30 = rulesOf({ rules: { silence: { yellowAfterDays: 29 } } })
  const seen = (today: string, rules = rulesOf()) => {
    const board = boardOf(silent, today, rules)
    const { rule, amount, raisedOn: since } = board.warnings.get('silence/a') ?? {}
    return { rule, amount, since, level: board.branches.get('a')?.level }
  }

  it('a county that counts 已有30天 warns on day 30; one that counts 超过30天 on day 31', () => {
    const [day29, day30, day31] = ['2026-06-30', '2026-07-01', '2026-07-02'] as const
    expect(seen(day29, onDay30)).toEqual({ level: 0 })
    expect(seen(day30, onDay30)).toEqual({ rule: 'silence', amount: 30, since: day30, level: 2 })
    expect(seen(day31, onDay30)).toMatchObject({ amount: 31, since: day30 })
    expect(seen(day30)).toEqual({ level: 0 })
    expect(seen(day31)).toEqual({ rule: 'silence', amount: 31, since: day31, level: 2 })
  })

  it('foresees the day that its own threshold says, and names it in the 依据', () => {
    const foreseen = (rules = rulesOf()) => [
      ...boardOf(silent, '2026-06-25', rules).foresight.keys(),
    ]
    expect(foreseen(onDay30)).toEqual(['silence/2026-07-01'])
    expect(foreseen()).toEqual(['silence/2026-07-02'])
    const { article } = boardOf(silent, '2026-07-01', onDay30).warnings.get('silence/a') ?? {
      article: '',
    }
    expect(article).toContain('29天')
  })
})

describe('the last second of a local day and the first of the next', () => {
  // The same instants as a platform tells them that writes UTC.
  const lastOfMay1 = '2026-05-01T15:59:59Z'
  const firstOfMay2 = '2026-05-01T16:00:00Z'

  it('lie a day apart for silence', () => {
    const after = (heldAt: string) => [branch('a'), held(heldAt)]
    expect(raisedOn('silence', after(lastOfMay1), '2026-06-01')).toBe('2026-06-01')
    expect(raisedOn('silence', after(firstOfMay2), '2026-06-01')).toBeUndefined()
    expect(raisedOn('silence', after(firstOfMay2), '2026-06-02')).toBe('2026-06-02')
  })

  it.each([
    ['theme-day', '2026-04-30T15:59:59Z', '2026-06-01'],
    ['theme-day', '2024-02-29T15:59:59Z', '2024-04-01'],
    ['lecture', '2026-03-31T15:59:59Z', '2026-07-01'],
    ['general-meeting', '2025-12-31T15:59:59Z', '2026-04-01'],
    ['appraisal', '2025-12-31T15:59:59Z', '2027-01-01'],
    ['talk', '2024-12-31T15:59:59Z', '2026-01-01'],
  ] as const)('lie a period apart for %s at %s', (form, last, warnedOn) => {
    const first = new Date(instantMs(last) + 1_000).toISOString().replace('.000', '')
    const after = (heldAt: string) => [
      branch('a'),
      branch('b'),
      held('2020-01-01', 'b'),
      held(heldAt, 'a', form),
    ]
    expect(raisedOn(form, after(last), warnedOn)).toBe(warnedOn)
    expect(raisedOn(form, after(first), warnedOn)).toBeUndefined()
  })

  it('lie a day apart for when dues were paid', () => {
    const paid = (time: string) => [
      branch('a'),
      event('members.counted', '2026-01-01T00:00:00', { members: 3 }),
      event('dues.paid', time, { month: '2026-06', members: 3 }),
    ]
    const clearedOn = (time: string) =>
      [...boardOf(paid(time), '2026-06-30', only('dues')).cleared.values()].map(
        (row) => row.clearedOn,
      )
    expect(clearedOn('2026-06-25T15:59:59Z')).toEqual(['2026-06-25'])
    expect(clearedOn('2026-06-25T16:00:00Z')).toEqual(['2026-06-26'])
  })

  it('lie a day apart for a reminder: one of the evening before was about an earlier warning', () => {
    const silent = [branch('a'), held('2026-05-01')]
    const reminders = (time: string) =>
      boardOf(
        [...silent, event('warning.reminded', time, { rule: 'silence', by: 'county' })],
        '2026-06-03',
        only('silence'),
      ).warnings.get('silence/a')?.reminders
    expect(reminders('2026-05-31T15:59:59Z')).toBe(0)
    expect(reminders('2026-05-31T16:00:00Z')).toBe(1)
  })

  it('turn the board’s day, while no day was said to have begun', () => {
    const boardAt = (instant: string) => {
      const core = createCore({ county: '431128', rules: only('silence', 'term') })
      for (const add of [branch('a', '2001-07-01', '2026-05-31'), held('2026-05-01')])
        core.fold({ add })
      core.changes(instantMs(instant))
      return [...core.board().warnings.values()].map(({ rule, level }) => [rule, level])
    }
    expect(boardAt('2026-05-31T23:59:59+08:00')).toEqual([['term', 1]])
    expect(boardAt('2026-06-01T00:00:00+08:00')).toEqual([
      ['silence', 2],
      ['term', 3],
    ])
  })
})

describe('leap days, month ends and New Year', () => {
  const since2020 = [branch('b'), held('2020-01-01', 'b')]

  it('a term that ends on a leap day runs through it', () => {
    const warned = (today: string) =>
      boardOf([branch('a', '2001-07-01', '2028-02-29')], today, only('term')).warnings.get('term/a')
    expect(warned('2027-11-30')).toBeUndefined()
    expect(warned('2027-12-01')).toMatchObject({ raisedOn: '2027-12-01', amount: 90, level: 1 })
    expect(warned('2028-02-29')).toMatchObject({ amount: 0, level: 1 })
    expect(warned('2028-03-01')).toMatchObject({ amount: -1, level: 3, raisedOn: '2027-12-01' })
  })

  it('on the 31st the month before is the month before, also where it has no 31st', () => {
    const events = [branch('a'), ...since2020, held('2026-01-31', 'a', 'theme-day')]
    expect(raisedOn('theme-day', events, '2026-02-28')).toBeUndefined()
    expect(raisedOn('theme-day', events, '2026-03-31')).toBe('2026-03-01')
    const kept = [...events, held('2026-02-01', 'a', 'theme-day')]
    expect(raisedOn('theme-day', kept, '2026-03-31')).toBeUndefined()
  })

  it('the quarter before January is that of the year before', () => {
    const events = [branch('a'), ...since2020, held('2025-10-01', 'a', 'lecture')]
    expect(raisedOn('lecture', events, '2026-03-31')).toBeUndefined()
    expect(raisedOn('lecture', events, '2026-04-01')).toBe('2026-04-01')
    const late = [branch('a'), ...since2020, held('2025-09-30', 'a', 'lecture')]
    expect(raisedOn('lecture', late, '2025-12-31')).toBeUndefined()
    expect(raisedOn('lecture', late, '2026-01-01')).toBe('2026-01-01')
  })

  it('a branch that was founded on a leap day is a year old on the calendar, not after 365 days', () => {
    const founded = [branch('a', '2024-02-29'), ...since2020]
    expect(raisedOn('appraisal', founded, '2025-12-31')).toBeUndefined()
    expect(raisedOn('appraisal', founded, '2026-01-01')).toBe('2026-01-01')
    expect(raisedOn('theme-day', founded, '2024-03-31')).toBeUndefined()
    expect(raisedOn('theme-day', founded, '2024-04-01')).toBe('2024-04-01')
  })

  it('dues of December are asked for until 20 January', () => {
    const unpaid = [
      branch('a'),
      event('members.counted', '2025-01-01T00:00:00', { members: 3 }),
      event('dues.paid', '2025-12-22T10:00:00', { month: '2025-12', members: 1 }),
    ]
    const seen = (today: string) => boardOf(unpaid, today, only('dues')).warnings.get('dues/a')
    expect(seen('2025-12-31')).toMatchObject({ level: 1, amount: 2, raisedOn: '2025-12-21' })
    expect(seen('2026-01-01')).toMatchObject({ level: 2, amount: 2, raisedOn: '2025-12-21' })
    expect(seen('2026-01-20')).toMatchObject({ amount: 2, raisedOn: '2025-12-21' })
    expect(seen('2026-01-21')).toMatchObject({ level: 1, amount: 3, raisedOn: '2026-01-21' })
  })
})

describe('the summer time of 1986 to 1991', () => {
  it('makes no founding date a day older or younger, on days of 23 and of 25 hours', () => {
    // The clocks went forward on 14 April 1991 and back on 15 September 1991.
    for (const [founded, calm, warned] of [
      ['1991-04-13', '1991-05-13', '1991-05-14'],
      ['1991-04-14', '1991-05-14', '1991-05-15'],
      ['1991-09-14', '1991-10-14', '1991-10-15'],
      ['1991-09-15', '1991-10-15', '1991-10-16'],
    ] as const) {
      expect(raisedOn('silence', [branch('a', founded)], calm)).toBeUndefined()
      expect(raisedOn('silence', [branch('a', founded)], warned)).toBe(warned)
    }
  })

  it('puts an activity of a summer night on its own local day', () => {
    // Half past midnight by the summer clock is 15:30 of the day before in UTC.
    const events = [branch('a', '1980-01-01'), held('1988-07-01T15:30:00Z')]
    expect(raisedOn('silence', events, '1988-08-01')).toBeUndefined()
    expect(raisedOn('silence', events, '1988-08-02')).toBe('1988-08-02')
  })
})
