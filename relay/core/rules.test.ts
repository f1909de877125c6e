import { describe, expect, it } from 'vitest'
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'
import { isCadenceKept, type CadenceForm } from './cadence.ts'
import { duesLevelOf, duesMonthOf, unpaidOf } from './dues.ts'
import { pointsKey, reasonOf } from './points.ts'
import { createStandings } from './ranking.ts'
import { silenceLevelOf, silentDaysOf } from './silence.ts'
import { termLevelOf, termOf, termStateOf } from './term.ts'
import { tierOf, tierScaleOf } from './tiers.ts'

const level = (held: string, today: string) =>
  silenceLevelOf(silentDaysOf(dayNumber(today), dayNumber('2000-01-01'), dayNumber(held)))

describe('silence', () => {
  it('leaves a branch calm on day 30 and turns it yellow on day 31', () => {
    expect(level('2026-06-01', '2026-07-01')).toBe(0)
    expect(level('2026-06-01', '2026-07-02')).toBe(2)
  })
  it('counts leap days, month ends and New Year as calendar days', () => {
    expect(level('2028-01-30', '2028-02-29')).toBe(0)
    expect(level('2028-01-30', '2028-03-01')).toBe(2)
    expect(level('2026-01-31', '2026-03-02')).toBe(0)
    expect(level('2025-12-01', '2025-12-31')).toBe(0)
    expect(level('2025-12-01', '2026-01-01')).toBe(2)
  })
  it('turns orange on day 60 and red on day 90', () => {
    expect([59, 60, 89, 90].map((days) => silenceLevelOf(days))).toEqual([2, 3, 3, 4])
  })
  it('starts the clock of a new branch at its founding', () => {
    expect(silentDaysOf(100, 90, undefined)).toBe(10)
    expect(silentDaysOf(100, 90, 40)).toBe(10)
  })
})

describe('dues', () => {
  it('asks for the month before until the 20th, then for the current one', () => {
    expect(duesMonthOf(dayNumber('2026-01-20')).month).toBe('2025-12')
    expect(duesMonthOf(dayNumber('2026-01-21')).month).toBe('2026-01')
    expect(duesMonthOf(dayNumber('2026-01-21')).warnedSince).toBe(dayNumber('2026-01-21'))
  })
  it('never shows fewer than no unpaid members', () => {
    expect([unpaidOf(5, 3), unpaidOf(5, 7)]).toEqual([2, 0])
  })
  it('is attention while the month runs and yellow after it', () => {
    expect(duesLevelOf(dayNumber('2026-01-25'), '2026-01')).toBe(1)
    expect(duesLevelOf(dayNumber('2026-02-05'), '2026-01')).toBe(2)
  })
})

describe('terms of office', () => {
  const base = { name: '党支部', kind: 'branch', group: 'organ', foundedOn: '1979-05-01' } as const
  const village = { ...base, group: 'territory', village: '431128101201' } as const
  type Told = Partial<Parameters<typeof termOf>[0]>
  const since = dayNumber('2024-02-01')
  const endOf = (told: Told) => {
    const term = termOf({ ...base, ...told }, since)
    return term && dayOfNumber(term.endsOn)
  }
  const judged = (told: Told, today: string, onRecordSince = since) => {
    const term = termOf({ ...base, ...told }, onRecordSince)
    return term && [termStateOf(term, dayNumber(today)), termLevelOf(term, dayNumber(today))]
  }

  it('are announced 90 days ahead, run through their last day, then are overdue', () => {
    const told = { termEndsOn: '2026-06-30' }
    expect(judged(told, '2026-03-31')).toEqual([undefined, 1])
    expect(judged(told, '2026-04-01')).toEqual(['soon', 1])
    expect(judged(told, '2026-06-30')).toEqual(['soon', 1])
    expect(judged(told, '2026-07-01')).toEqual(['overdue', 3])
  })
  it('last five years in a village and of a committee, three of other branches, from the election on', () => {
    const electedOn = '2023-03-01'
    expect(endOf({ electedOn })).toBe('2026-03-01')
    expect(endOf({ electedOn, kind: 'general-branch' })).toBe('2026-03-01')
    expect(endOf({ electedOn, kind: 'committee' })).toBe('2028-03-01')
    expect(endOf({ ...village, electedOn })).toBe('2028-03-01')
    expect(endOf({ ...village, electedOn, kind: 'general-branch' })).toBe('2028-03-01')
  })
  it('end on the last of February when elected on a leap day', () => {
    expect(endOf({ electedOn: '2024-02-29' })).toBe('2027-02-28')
    expect(endOf({ ...village, electedOn: '2024-02-29' })).toBe('2029-02-28')
    expect(endOf({ electedOn: '2025-02-28' })).toBe('2028-02-28')
  })
  it('are no longer than the regulation allows, whatever last day the platform tells', () => {
    expect(endOf({ electedOn: '2023-03-01', termEndsOn: '2030-01-01' })).toBe('2026-03-01')
    expect(endOf({ electedOn: '2023-03-01', termEndsOn: '2025-12-31' })).toBe('2025-12-31')
  })
  it('are postponed with approval, and by a year at most', () => {
    const termEndsOn = '2026-06-30'
    expect(endOf({ termEndsOn, termPostponedTo: '2026-12-31' })).toBe('2026-12-31')
    expect(endOf({ termEndsOn, termPostponedTo: '2029-12-31' })).toBe('2027-06-30')
    expect(endOf({ termEndsOn, termPostponedTo: '2026-01-01' })).toBe('2026-06-30')
    expect(judged({ termEndsOn, termPostponedTo: '2026-12-31' }, '2026-08-01')?.[0]).toBeUndefined()
    expect(judged({ termEndsOn, termPostponedTo: '2026-12-31' }, '2027-01-01')).toEqual([
      'overdue',
      3,
    ])
  })
  it('turn red on the first day on which even a postponed term would be over', () => {
    expect(judged({ termEndsOn: '2026-06-30' }, '2027-06-30')?.[1]).toBe(3)
    expect(judged({ termEndsOn: '2026-06-30' }, '2027-07-01')?.[1]).toBe(4)
    expect(judged({ termEndsOn: '2028-02-29' }, '2029-02-28')?.[1]).toBe(3)
    expect(judged({ termEndsOn: '2028-02-29' }, '2029-03-01')?.[1]).toBe(4)
  })
  it('count from the founding where no election was told, but not of who was founded long before it was on record', () => {
    const told = { foundedOn: '2024-01-10' }
    expect(judged(told, '2027-01-10')).toEqual(['soon', 1])
    expect(judged(told, '2027-01-11')).toEqual(['overdue', 3])
    expect(judged(told, '2028-01-11')).toEqual(['overdue', 4])
    expect(judged(told, '2027-01-11', dayNumber('2027-01-10'))).toBeDefined()
    expect(judged(told, '2027-01-11', dayNumber('2027-01-11'))).toBeUndefined()
  })
})

describe('cadence', () => {
  const kept = (today: string, held: Partial<Record<CadenceForm, string>>, members = 5) =>
    isCadenceKept(dayNumber(today), {
      foundedOn: 0,
      members,
      lastHeld: (form) => (held[form] === undefined ? undefined : dayNumber(held[form])),
    })
  it('is kept by 1 January and 28 February, though 58 days lie between', () => {
    expect(kept('2026-02-27', { 'general-meeting': '2026-01-01', 'theme-day': '2026-01-01' })).toBe(
      true,
    )
    expect(kept('2026-03-31', { 'general-meeting': '2026-01-01', 'theme-day': '2026-02-28' })).toBe(
      true,
    )
  })
  it('is broken when a whole month passed without a theme day', () => {
    expect(kept('2026-03-01', { 'general-meeting': '2026-01-01', 'theme-day': '2026-01-31' })).toBe(
      false,
    )
  })
  it('asks for committee meetings only where there is a committee', () => {
    const held = { 'general-meeting': '2026-01-01', 'theme-day': '2026-01-31' } as const
    expect([kept('2026-02-01', held, 6), kept('2026-02-01', held, 7)]).toEqual([true, false])
  })
  it('does not judge a branch before its first whole month', () => {
    const facts = { foundedOn: dayNumber('2026-01-02'), members: 5, lastHeld: () => undefined }
    expect(isCadenceKept(dayNumber('2026-02-20'), facts)).toBeUndefined()
    expect(isCadenceKept(dayNumber('2026-03-01'), facts)).toBe(false)
  })
})

describe('ranking', () => {
  it('lets equal points share a rank', () => {
    expect([...createStandings([10, 20, 20, 5]).ranks()].sort()).toEqual([
      [10, 3],
      [20, 1],
      [5, 4],
    ])
  })
  it('names the largest source of today', () => {
    const points = [pointsKey(9, 'study'), 8, 1]
    const today = [...points, pointsKey(10, 'study'), 3, 1, pointsKey(10, 'correction'), -9, 1]
    expect(reasonOf(today, 10)).toBe('correction')
    expect(reasonOf(today, 9)).toBe('study')
    expect(reasonOf(today, 11)).toBeNull()
  })
})

describe('tiers', () => {
  const points = Array.from({ length: 20 }, (_, index) => 100 - index)
  const scale = tierScaleOf(createStandings(points))
  it('give gold to the top tenth and silver to the next quarter', () => {
    const tiers = points.map((each, index) =>
      tierOf({ points: each, rank: index + 1, level: 0 }, scale),
    )
    expect([
      tiers.filter((tier) => tier === 'gold').length,
      tiers.filter((tier) => tier === 'silver').length,
    ]).toEqual([2, 5])
  })
  it('never put a silent branch on a list of honour', () => {
    expect(
      [2, 3, 4].map((silent) =>
        tierOf({ points: 100, rank: 1, level: silent as 2 | 3 | 4 }, scale),
      ),
    ).toEqual(['yellow', 'yellow', 'black'])
  })
  it('are yellow far below the median and empty on a month without points', () => {
    expect(tierOf({ points: 1, rank: 20, level: 0 }, scale)).toBe('yellow')
    expect(tierOf({ points: 0, rank: 1, level: 0 }, tierScaleOf(createStandings([0, 0, 0])))).toBe(
      'none',
    )
  })
})
