import { describe, expect, it } from 'vitest'
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore } from './core.ts'
import { rulesOf } from './rules/config.ts'
import { boardOf, branch, day, event, held, only } from './sample.ts'

const onlySilence = only('silence')
const board = (events: readonly Event[], today: string) => boardOf(events, today, onlySilence)
const warning = (events: readonly Event[], today: string) =>
  board(events, today).warnings.get('silence/a')

describe('a warning', () => {
  const silent = [branch('a'), held('2026-05-01')]

  it('is raised on day 31 at the branch, and climbs to the township and the county while nobody answers', () => {
    expect(warning(silent, '2026-05-31')).toBeUndefined()
    expect(warning(silent, '2026-06-01')).toMatchObject({
      raisedOn: '2026-06-01',
      stage: 'raised',
      duty: 'branch',
    })
    expect(warning(silent, '2026-06-08')?.duty).toBe('township')
    expect(warning(silent, '2026-06-16')?.duty).toBe('county')
  })

  it('keeps who reminded, acknowledged and rectified, and when; answered, it stays with the branch', () => {
    const told = [
      ...silent,
      event('warning.reminded', '2026-06-02T09:00:00+08:00', { rule: 'silence', by: 'township' }),
      event('warning.reminded', '2026-06-03T09:00:00+08:00', { rule: 'silence', by: 'county' }),
      event('warning.acknowledged', '2026-06-03T10:00:00+08:00', { rule: 'silence', by: 'branch' }),
    ]
    expect(warning(told, '2026-06-20')).toMatchObject({
      stage: 'acknowledged',
      duty: 'branch',
      reminders: 2,
      remindedBy: 'county',
      remindedAt: '2026-06-03T09:00:00+08:00',
      acknowledgedBy: 'branch',
      acknowledgedAt: '2026-06-03T10:00:00+08:00',
      rectifiedAt: null,
    })
    const done = event('warning.rectified', '2026-06-05T10:00:00+08:00', {
      rule: 'silence',
      by: 'branch',
    })
    expect(warning([...told, done], '2026-06-20')?.stage).toBe('rectified')
  })

  it('takes no reminder of another rule, nor one from before it was raised', () => {
    const told = [
      ...silent,
      event('warning.reminded', '2026-05-20T09:00:00+08:00', { rule: 'silence', by: 'county' }),
      event('warning.reminded', '2026-06-02T09:00:00+08:00', { rule: 'dues', by: 'county' }),
    ]
    expect(warning(told, '2026-06-03')).toMatchObject({ stage: 'raised', reminders: 0 })
  })

  it('ends by an activity as of its own date, and leaves a trace with the time from reminder to action', () => {
    const reminded = event('warning.reminded', '2026-06-02T09:00:00+08:00', {
      rule: 'silence',
      by: 'township',
    })
    // Reported four days after it was held.
    const late = { ...held('2026-06-04'), time: '2026-06-08T08:00:00+08:00' }
    const after = board([...silent, reminded, late], '2026-06-09')
    expect(after.warnings.has('silence/a')).toBe(false)
    expect([...after.cleared.values()]).toEqual([
      {
        id: 'silence/a/2026-06-01',
        rule: 'silence',
        organization: 'a',
        raisedOn: '2026-06-01',
        reminders: 1,
        remindedBy: 'township',
        remindedAt: '2026-06-02T09:00:00+08:00',
        acknowledgedBy: null,
        acknowledgedAt: null,
        rectifiedBy: null,
        rectifiedAt: null,
        clearedOn: '2026-06-04',
        clearedBy: 'activity',
        clearedAt: '2026-06-04T19:00:00+08:00',
        cause: 'x-a-lecture-2026-06-04',
        hoursToAction: 63,
      },
    ])
  })

  it('is told no more a month after it ended', () => {
    expect(
      board([...silent, held('2026-06-04'), held('2026-06-20')], '2026-07-05').cleared.size,
    ).toBe(0)
  })
})

it('asks nobody for dues of which the division says nothing, nor for months before it began to', () => {
  const config = only('dues')
  const unpaid = (events: readonly Event[], today: string) =>
    [...boardOf(events, today, config).warnings.values()].map(({ id, amount }) => [id, amount])
  const members = (id: string) =>
    event('members.counted', '2026-01-01T09:00:00+08:00', { members: 10 }, id)
  const county = [branch('a'), members('a'), branch('b'), members('b')]
  const paid = event('dues.paid', '2026-06-05T09:00:00+08:00', { month: '2026-06', members: 8 })
  expect(unpaid(county, '2026-06-25')).toEqual([])
  expect(unpaid([...county, paid], '2026-06-15')).toEqual([])
  expect(unpaid([...county, paid], '2026-06-25')).toEqual([
    ['dues/a', 2],
    ['dues/b', 10],
  ])
})

it('foresees which branches turn yellow on which day, and not those that already are', () => {
  const rows = board(
    [
      branch('a'),
      held('2026-06-01'),
      branch('b'),
      held('2026-06-01', 'b'),
      branch('c'),
      held('2026-04-01', 'c'),
    ],
    '2026-07-01',
  )
  expect([...rows.foresight.values()]).toEqual([
    {
      id: 'silence/2026-07-02',
      rule: 'silence',
      on: '2026-07-02',
      organizations: 2,
      first: ['a', 'b'],
    },
  ])
})

it('foresees terms of office by month, by the last day that follows from the election and the postponement', () => {
  const elected = (id: string, electedOn: string, termPostponedTo?: string): Event => {
    const one = branch(id)
    const told = { electedOn, ...(termPostponedTo !== undefined && { termPostponedTo }) }
    return { ...one, data: { ...one.data, ...told } } as Event
  }
  const events = [
    elected('a', '2023-08-15'),
    elected('b', '2023-08-31'),
    elected('c', '2023-07-01', '2026-09-30'),
    elected('over', '2023-06-30'),
    elected('far', '2025-01-01'),
  ]
  const terms = [...board(events, '2026-07-01').foresight.values()].filter(
    ({ rule }) => rule === 'term',
  )
  expect(terms.map(({ on, organizations, first }) => [on, organizations, first])).toEqual([
    ['2026-08', 2, ['a', 'b']],
    ['2026-09', 1, ['c']],
  ])
})

it('ends the warning of a term when the next election is told, with a trace', () => {
  const config = rulesOf({ rules: { silence: 'off' } })
  const core = createCore({ county: '431128', rules: config })
  const first = branch('a')
  const elected = (on: string, time: string) =>
    event('organization.recorded', time, { ...first.data, electedOn: on } as never)
  for (const one of [
    elected('2023-06-01', '2023-06-02T00:00:00+08:00'),
    elected('2026-06-10', '2026-06-11T09:00:00+08:00'),
    day('2026-06-12'),
  ])
    core.fold({ add: one })
  core.changes(instantMs('2026-06-12T12:00:00+08:00'))
  expect(core.board().warnings.has('term/a')).toBe(false)
  expect([...core.board().cleared.values()].find(({ rule }) => rule === 'term')).toMatchObject({
    raisedOn: '2026-03-03',
    clearedOn: '2026-06-11',
  })
})

it('tells many warnings of one township and one day as one, and a few one by one', () => {
  const many = ['a', 'b', 'c'].flatMap((id) => [branch(id), held('2026-05-01', id)])
  expect([...board(many, '2026-06-01').floods.values()]).toEqual([
    {
      id: 'silence/431128101/2026-06-01',
      rule: 'silence',
      township: '431128101',
      raisedOn: '2026-06-01',
      warnings: 3,
    },
  ])
  expect(board(many.slice(0, 4), '2026-06-01').floods.size).toBe(0)
})

it('does not take a general meeting without a quorum for the quarter’s, though the branch is not silent', () => {
  const config = rulesOf({ rules: { silence: 'off' } })
  const meeting = (present: number) =>
    ({
      ...held('2026-05-20'),
      data: { ...held('2026-05-20').data, form: 'general-meeting', present, expected: 40 },
    }) as Event
  const warnings = (present: number) => {
    const core = createCore({ county: '431128', rules: config })
    const before = [branch('a'), branch('b'), held('2026-03-20', 'b')]
    for (const add of [...before, meeting(present), day('2026-07-01')]) core.fold({ add })
    core.changes(instantMs('2026-07-01T12:00:00+08:00'))
    return core.board()
  }
  expect(warnings(20).warnings.has('general-meeting/a')).toBe(true)
  expect(warnings(21).warnings.has('general-meeting/a')).toBe(false)
  expect(warnings(20).branches.get('a')?.silentDays).toBe(42)
})

it('warns of no year and no month before the first activity that the platform told of anybody', () => {
  const raisedBy = (...events: Event[]) => {
    const core = createCore({ county: '431128' })
    for (const add of [branch('a'), ...events, day('2026-11-24')]) core.fold({ add })
    core.changes(instantMs('2026-11-24T09:00:00+08:00'))
    return [...core.board().warnings.values()]
      .filter(({ organization }) => organization === 'a')
      .map(({ rule, amount }) => [rule, amount])
  }
  const joined = raisedBy(branch('b'), held('2026-09-03', 'b'))
  expect(joined).toContainEqual(['theme-day', 1])
  expect(joined.map(([rule]) => rule)).not.toContain('appraisal')
  const late = raisedBy(branch('b'), held('2026-09-03', 'b'), held('2024-12-03', 'b'))
  expect(late).toContainEqual(['theme-day', 12])
  expect(late).toContainEqual(['appraisal', 1])
})
