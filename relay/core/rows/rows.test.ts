import { describe, expect, it } from 'vitest'
import type { Event } from '../../../protocol/events.ts'
import { instantMs } from '../../../protocol/time.ts'
import { createCore } from '../core.ts'
import { rulesOf } from '../rules/config.ts'
import { teller } from '../sample.ts'

const county = '330824'
const event = teller(county)
const noon = '2026-06-18T12:00:00+08:00'
const nowhere = { intake: '', grid: '' }
const at = (clock: string) => `2026-06-18T${clock}:00+08:00`

function board(events: readonly Event[], asOf = noon, rules = rulesOf()) {
  const core = createCore({ county, rules })
  for (const one of events) core.fold({ add: one })
  core.changes(instantMs(asOf))
  return core.board()
}

describe('open cases', () => {
  const dispatched = (id: string, collected: string, dueAt: string) => [
    event('case.advanced', collected, { case: id, stage: 'collected', category: '市政' }),
    event('case.advanced', at('09:00'), { case: id, stage: 'dispatched', dueAt }),
  ]
  const told = [
    ...dispatched('late', at('08:00'), at('11:00')),
    ...dispatched('soon', at('07:00'), at('12:30')),
    event('case.advanced', at('06:00'), { case: 'new', stage: 'collected' }),
  ]

  it('stand with the most pressing first, by category and age alone', () => {
    expect([...board(told).cases.values()]).toEqual([
      {
        id: 'p late',
        stage: 'dispatched',
        category: '市政',
        ...nowhere,
        since: at('08:00'),
        dueAt: at('11:00'),
      },
      {
        id: 'p soon',
        stage: 'dispatched',
        category: '市政',
        ...nowhere,
        since: at('07:00'),
        dueAt: at('12:30'),
      },
      {
        id: 'p new',
        stage: 'collected',
        category: '',
        ...nowhere,
        since: at('06:00'),
        dueAt: '2026-06-19T06:00:00+08:00',
      },
    ])
  })

  it('age at their stage, and become overdue by the minute without another event', () => {
    const core = createCore({ county })
    for (const one of told) core.fold({ add: one })
    const dispatchedAsOf = (asOf: string) => {
      core.changes(instantMs(asOf))
      return core.board().caseStages.get('dispatched')
    }
    expect(dispatchedAsOf(noon)).toMatchObject({
      waiting: 2,
      oldestSince: at('07:00'),
      overdue: 1,
    })
    expect(dispatchedAsOf(at('12:30'))?.overdue).toBe(1)
    expect(dispatchedAsOf(at('12:31'))?.overdue).toBe(2)
  })

  it('leave the list once handled, and come back when that is taken back', () => {
    const handled = event('case.advanced', at('11:30'), { case: 'late', stage: 'handled' })
    const core = createCore({ county })
    for (const one of [...told, handled]) core.fold({ add: one })
    core.changes(instantMs(noon))
    expect(core.board().cases.has('p late')).toBe(false)
    core.fold({ remove: handled })
    core.changes(instantMs(noon))
    expect(core.board().cases.has('p late')).toBe(true)
  })
})

it('counts a case without a time of its own as overdue after the hours that the county gives its stage', () => {
  const stage = (id: string, name: 'collected' | 'verified' | 'dispatched', time: string) =>
    event('case.advanced', time, { case: id, stage: name })
  const told = [
    stage('a', 'collected', '2026-06-17T12:00:00+08:00'),
    stage('b', 'collected', '2026-06-10T12:00:00+08:00'),
    stage('b', 'verified', '2026-06-17T12:00:00+08:00'),
    stage('c', 'verified', '2026-06-10T12:00:00+08:00'),
    stage('c', 'dispatched', '2026-06-15T12:00:00+08:00'),
  ]
  const seen = (time: string, cases = {}) => {
    const { caseStages, cases: open, totals } = board(told, time, rulesOf({ cases }))
    const overdue = (['collected', 'verified', 'dispatched'] as const).map(
      (name) => caseStages.get(name)?.overdue,
    )
    return { overdue, sum: totals.get(county)?.casesOverdue, due: open.get('p c')?.dueAt }
  }
  const due = '2026-06-18T12:00:00+08:00'
  expect(seen('2026-06-18T12:00:00+08:00')).toEqual({ overdue: [0, 0, 0], sum: 0, due })
  expect(seen('2026-06-18T12:01:00+08:00')).toEqual({ overdue: [1, 1, 1], sum: 3, due })
  expect(seen('2026-06-18T12:00:00+08:00', { verifiedHours: 23 }).overdue).toEqual([0, 1, 0])
  expect(seen('2026-06-18T12:01:00+08:00', { dispatchedHours: 73 }).overdue).toEqual([1, 1, 0])
})

it('tells the days from which the county calls a branch silent, and the hours of its cases', () => {
  const hours = { collectedHours: 24, verifiedHours: 24, dispatchedHours: 72 }
  const seen = (rules?: ReturnType<typeof rulesOf>) => [
    ...board([], noon, rules).thresholds.values(),
  ]
  expect(seen()).toEqual([
    { id: county, silenceFromDays: [31, 60, 90], termSoonDays: 90, ...hours },
  ])
  const silence = { yellowAfterDays: 29, orangeFromDays: 20, redFromDays: 120 }
  expect(seen(rulesOf({ rules: { silence } }))[0]?.silenceFromDays).toEqual([30, 30, 120])
  expect(seen(rulesOf({ rules: { silence: 'off' } }))[0]?.silenceFromDays).toEqual([])
})

it('counts an order as overtime after the hours that the county allows, until residents verify it', () => {
  const stage = (order: string, name: 'requested' | 'accepted' | 'verified', time: string) =>
    event('order.advanced', time, { order, stage: name })
  const told = [
    stage('a', 'requested', '2026-06-16T12:00:00+08:00'),
    stage('a', 'accepted', '2026-06-17T09:00:00+08:00'),
    stage('b', 'requested', '2026-06-10T12:00:00+08:00'),
    stage('b', 'verified', '2026-06-11T12:00:00+08:00'),
  ]
  const accepted = (orderHours: number) =>
    board(told, noon, rulesOf({ orderHours })).orders.get('accepted')
  expect(accepted(48)).toMatchObject({ waiting: 1, overtime: 0 })
  expect(accepted(47)).toMatchObject({ waiting: 1, overtime: 1 })
  expect(board(told).orders.get('verified')).toMatchObject({ today: 0, year: 1, waiting: 0 })
})

it('ranks communities by the month’s share of uploads, equal shares alike', () => {
  const uploads = (subject: string, day: string, due: number, done: number) =>
    event('uploads.counted', noon, { day, due, done }, subject)
  const { communities } = board([
    uploads('a', '2026-06-01', 10, 5),
    uploads('a', '2026-06-18', 10, 10),
    uploads('b', '2026-06-18', 4, 3),
    uploads('c', '2026-06-18', 4, 1),
    uploads('c', '2026-05-31', 4, 4),
  ])
  expect(communities.get('a')).toMatchObject({ due: 10, done: 10, dueMonth: 20, rank: 1 })
  expect(communities.get('b')?.rank).toBe(1)
  expect(communities.get('c')).toMatchObject({ doneMonth: 1, rank: 3 })
})

it('counts members away once, whether their organisation counts or registers them, with both ends', () => {
  const recorded = (id: string) =>
    event(
      'organization.recorded',
      at('00:00'),
      { name: id, kind: 'branch', group: 'territory', foundedOn: '2001-07-01' },
      id,
    )
  const away = (id: string, members: number) =>
    event('members.counted', at('01:00'), { members: 9, away: [{ city: '东莞', members }] }, id)
  const registered = (member: string, id: string) =>
    event(
      'floating.registered',
      at('02:00'),
      { member, city: '东莞', since: '2026-01-02', host: 'h' },
      id,
    )
  const told = [recorded('a'), recorded('b'), away('a', 4), away('b', 3)]
  const { destinations, county: row } = board([
    ...told,
    registered('m1', 'b'),
    registered('m2', 'b'),
  ])
  expect(destinations.get('东莞')).toMatchObject({ members: 6, origins: 2, hosts: 1 })
  expect(row.get(county)?.floatingMembers).toBe(6)
  expect(board(told).destinations.get('东莞')?.members).toBe(7)
})

describe('floating organisations', () => {
  const group = 'floating' as const
  const founded = { foundedOn: '2001-07-01', group, kind: 'branch' as const }
  const there = event(
    'organization.recorded',
    at('01:00'),
    { ...founded, name: '驻东莞第一流动党支部' },
    'f',
  )
  const home = event(
    'organization.recorded',
    at('01:00'),
    {
      ...founded,
      group: 'territory',
      name: '石羊镇党委',
      kind: 'committee',
      township: '330824105',
    },
    'h',
  )
  const away = [{ city: '东莞市', members: 30 }]
  const told = [
    there,
    home,
    event('members.counted', at('01:00'), { members: 20 }, 'f'),
    event('members.counted', at('01:00'), { members: 40, away }, 'h'),
  ]
  const held = (activity: string, heldAt: string, present: number) =>
    event(
      'activity.submitted',
      at('09:00'),
      { activity, form: 'theme-day', title: '学习', heldAt, present, expected: 20, photos: 0 },
      'f',
    )
  const may = held('may', '2026-05-30T09:00:00+08:00', 19)
  const early = held('early', '2026-06-03T09:00:00+08:00', 12)
  const late = held('late', '2026-06-10T09:00:00+08:00', 9)

  it('say who took part this month by their best attended activity', () => {
    const all = board([...told, may, early, late])
    expect(all.floating.get('f')).toEqual({
      id: 'f',
      city: '东莞市',
      activities: 2,
      joined: 12,
      lastOn: '2026-06-10',
    })
    expect(all.destinations.get('东莞市')).toMatchObject({
      members: 30,
      branches: 1,
      attached: 20,
      joined: 12,
      origins: 1,
    })
    expect(all.townships.get('330824105')?.away).toBe(30)
    expect(all.totals.get(county)?.floatingJoined).toBe(12)
  })

  it('have nobody who took part, once the activity is returned', () => {
    const verdict = { activity: 'early', level: 'township', verdict: 'returned' } as const
    const returned = event('activity.reviewed', at('10:00'), verdict, 'f')
    expect(board([...told, may, early, returned]).floating.get('f')).toMatchObject({
      activities: 0,
      joined: 0,
      lastOn: '2026-05-30',
    })
  })

  it('count no more members who took part than they have', () => {
    const crowd = held('crowd', '2026-06-11T09:00:00+08:00', 90)
    expect(board([...told, crowd]).destinations.get('东莞市')?.joined).toBe(20)
  })
})

it('shows the newest price cards, and the next newest when one is delisted', () => {
  const core = createCore({ county })
  const hour = (n: number) => new Date(instantMs('2026-06-01T00:00:00+08:00') + n * 3_600_000)
  const listed = Array.from({ length: 160 }, (_, n) =>
    event('commerce.listed', hour(n).toISOString().replace('.000Z', 'Z'), {
      listing: `l${n}`,
      kind: 'product',
      name: '山茶油',
      ...(n % 2 === 0 && { price: n, unit: '斤' }),
    }),
  )
  for (const one of listed) core.fold({ add: one })
  const shown = () => {
    core.changes(instantMs(noon))
    return [...core.board().prices.values()].map(({ price }) => price).toSorted((a, b) => b - a)
  }
  const expected = [158, 156, 154, 152, 150, 148, 146, 144, 142, 140, 138, 136]
  expect(shown()).toEqual(expected)
  for (let n = 159; n >= 20; n -= 1) {
    const [time] = [at('11:00')]
    core.fold({ add: event('commerce.delisted', time, { listing: `l${n}` }) })
  }
  expect(shown()).toEqual([18, 16, 14, 12, 10, 8, 6, 4, 2, 0])
})

it('shows radio columns of the day and the week after it', () => {
  const programme = (id: string, startsAt: string) =>
    event('programme.scheduled', noon, {
      programme: id,
      title: '夏都好声音',
      startsAt,
      minutes: 10,
    })
  const { programmes } = board([
    programme('gone', '2026-06-17T23:59:59+08:00'),
    programme('morning', '2026-06-18T00:00:00+08:00'),
    programme('later', '2026-06-25T23:59:59+08:00'),
    programme('too-late', '2026-06-26T00:00:00+08:00'),
  ])
  expect([...programmes.keys()]).toEqual(['p morning', 'p later'])
})

it('draws each day of the last thirty, and by how much the forum grew', () => {
  const counted = (time: string, replies: number) =>
    event('forum.counted', time, { thread: 't', replies })
  const { daily } = board([
    counted('2026-06-17T08:00:00+08:00', 20),
    counted(at('08:00'), 26),
    event('quiz.logged', '2026-05-20T08:00:00+08:00', { participants: 7, answered: 9, right: 8 }),
    event('quiz.logged', '2026-05-19T23:59:59+08:00', { participants: 5, answered: 9, right: 8 }),
  ])
  expect(daily.get('forumReplies')?.values.slice(-2)).toEqual([20, 6])
  expect(daily.get('quizParticipants')?.values[0]).toBe(7)
  expect(daily.get('quizParticipants')?.values).toHaveLength(30)
})

it('counts the branches that met on each of the last thirty days once, and drops what is taken back', () => {
  const held = (activity: string, time: string, branch: string) =>
    event('activity.started', time, { activity, form: 'theme-day', title: '主题党日' }, branch)
  const twice = held('b', at('10:00'), 'one')
  const early = held('a', at('08:00'), 'one')
  const core = createCore({ county })
  for (const add of [early, twice, held('c', at('09:00'), 'two')]) core.fold({ add })
  const lastDays = () => {
    core.changes(instantMs(noon))
    return core.board().daily.get('activeOrganizations')?.values.slice(-2)
  }
  expect(lastDays()).toEqual([0, 2])
  core.fold({ remove: twice })
  expect(lastDays()).toEqual([0, 2])
  core.fold({ remove: early })
  expect(lastDays()).toEqual([0, 1])
})

it('tells transfers by province, direction by direction', () => {
  const transfer = (id: string, stage: 'applied' | 'done', province?: string) =>
    event('relation.transferred', noon, {
      transfer: id,
      stage,
      direction: 'out',
      ...(province !== undefined && { province }),
    })
  const { transfers } = board([
    transfer('a', 'applied', '浙江'),
    transfer('a', 'done', '浙江'),
    transfer('b', 'applied'),
  ])
  expect(transfers.get('浙江')).toMatchObject({ applied: 1, out: 1, in: 0 })
  expect(transfers.get('本省')).toMatchObject({ applied: 1, out: 0 })
})
