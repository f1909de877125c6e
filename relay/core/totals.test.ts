import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Event, EventData } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore } from './core.ts'
import { figuresOf } from './figures.ts'
import { teller } from './sample.ts'

const county = '330824'
const event = teller(county)

function figures(events: readonly Event[], asOf = '2026-06-18T10:00:00+08:00') {
  const core = createCore({ county })
  for (const one of events) core.fold({ add: one })
  core.changes(instantMs(asOf))
  return figuresOf(core.board())
}

const at = '2026-06-10T09:00:00+08:00'

it('answers to every name under which a platform published a figure', () => {
  const published = JSON.parse(
    readFileSync(new URL('../../tests/fixtures/figures.json', import.meta.url), 'utf8'),
  ) as readonly { readonly key: string }[]
  const known = Object.keys(figures([]))
  expect(published.map(({ key }) => key).filter((key) => !known.includes(key))).toEqual([])
})

describe('cases', () => {
  const stage = (id: string, name: EventData<'case.advanced'>['stage'], time = at) =>
    event('case.advanced', time, { case: id, stage: name })

  it('count once a stage however often it is told, and only in their own year', () => {
    const told = [stage('a', 'collected'), stage('a', 'collected'), stage('a', 'handled')]
    const old = [stage('b', 'collected', '2025-12-31T23:59:59+08:00')]
    expect(figures([...told, ...old])).toMatchObject({
      'cases.collected': 1,
      'cases.handled': 1,
      'cases.disposedRate': 1,
      'cases.open': 1,
    })
  })

  it('are disposed of when handled or found void, and open until then', () => {
    const told = [stage('a', 'collected'), stage('b', 'collected'), stage('b', 'dismissed')]
    expect(figures(told)).toMatchObject({
      'cases.handled': 0,
      'cases.disposedRate': 0.5,
      'cases.open': 1,
    })
  })

  it('are overdue from the minute after they were due, until they are handled', () => {
    const dueAt = '2026-06-18T09:30:00+08:00'
    const told = [
      stage('a', 'collected'),
      event('case.advanced', at, { case: 'a', stage: 'dispatched', dueAt }),
    ]
    expect(figures(told, '2026-06-18T09:30:00+08:00')['cases.overdue']).toBe(0)
    expect(figures(told, '2026-06-18T09:31:00+08:00')['cases.overdue']).toBe(1)
    expect(figures([...told, stage('a', 'handled')])['cases.overdue']).toBe(0)
  })

  it('go back to where they were when a stage is taken back', () => {
    const core = createCore({ county })
    const handled = stage('a', 'handled')
    for (const one of [stage('a', 'collected'), handled]) core.fold({ add: one })
    core.changes(instantMs('2026-06-18T10:00:00+08:00'))
    core.fold({ remove: handled })
    core.changes(instantMs('2026-06-18T10:00:00+08:00'))
    expect(figuresOf(core.board())).toMatchObject({ 'cases.handled': 0, 'cases.open': 1 })
  })
})

it('compares complaints with the same months of the year before', () => {
  const told = (month: string, complaints: number) =>
    event('complaints.counted', at, { month, complaints })
  const all = [
    told('2026-01', 40),
    told('2026-02', 41),
    told('2025-01', 50),
    told('2025-02', 50),
    told('2025-12', 9),
  ]
  expect(figures(all)['complaints.change']).toBe(-0.19)
})

it('counts a floating member once, whether registered singly or counted by the organisation', () => {
  const recorded = (id: string) =>
    event(
      'organization.recorded',
      at,
      { name: '党支部', kind: 'branch', group: 'territory', foundedOn: '2001-07-01' },
      id,
    )
  const counted = (id: string) =>
    event('members.counted', at, { members: 9, away: [{ city: '东莞', members: 4 }] }, id)
  const registered = event(
    'floating.registered',
    at,
    { member: 'm1', city: '东莞', since: '2026-03-01' },
    'a',
  )
  const all = [recorded('a'), counted('a'), registered, recorded('b'), counted('b')]
  expect(figures(all)['floating.members']).toBe(5)
  expect(
    figures([
      ...all,
      event('floating.returned', '2026-06-11T09:00:00+08:00', { member: 'm1' }, 'a'),
    ])['floating.members'],
  ).toBe(8)
})

it('reaches a village once, however many stations it has', () => {
  const station = (id: string, place: string) =>
    event('station.recorded', at, {
      station: id,
      kind: 'station',
      level: 'village',
      place,
      name: '服务站',
    })
  const all = [
    event('divisions.counted', at, { townships: 1, villages: 2 }),
    station('s1', '330824106200'),
    station('s2', '330824106200'),
  ]
  expect(figures(all)).toMatchObject({ stations: 2, 'stations.coverage.village': 0.5 })
})
