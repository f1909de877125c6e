import { expect, it } from 'vitest'
import type { Row } from '../../protocol/board.ts'
import { eventOf, type Level } from './handling.ts'

const nowMs = Date.parse('2026-06-18T09:41:00+08:00')
const warning: Row<'warnings'> = {
  id: 'silence/431128101001-01',
  rule: 'silence',
  organization: '431128101001-01',
  level: 3,
  amount: 61,
  raisedOn: '2026-05-18',
  stage: 'raised',
  duty: 'branch',
  reminders: 0,
  remindedBy: null,
  remindedAt: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  rectifiedBy: null,
  rectifiedAt: null,
  article: '',
}
type Act = Parameters<typeof eventOf>[1]['act']
const told = (more: Partial<typeof warning>, act: Act, by: Level) => () =>
  eventOf({ ...warning, ...more }, { act, by, county: '431128', nowMs })

it('withdraws the very reminder that the board tells of', () => {
  const sent = told({}, 'remind', 'county')()
  const back = { stage: 'reminded', remindedBy: 'county', remindedAt: sent.time } as const
  expect(told(back, 'withdraw', 'county')()).toMatchObject({ retracts: sent.id, source: 'relay' })
})

it('lets each level do its own part, at its step', () => {
  const reminded = { stage: 'reminded', remindedBy: 'township' } as const
  expect(told({}, 'remind', 'branch')).toThrow('支部不能')
  expect(told(reminded, 'acknowledge', 'county')).toThrow('由支部或乡镇党委办理')
  expect(told({}, 'acknowledge', 'branch')).toThrow('没有待签收')
  expect(told({}, 'rectify', 'branch')).toThrow('没有待整改')
  expect(told(reminded, 'withdraw', 'county')).toThrow('没有可撤回')
  expect(told({ stage: 'acknowledged', remindedBy: 'county' }, 'withdraw', 'county')).toThrow(
    '没有可撤回',
  )
  expect(told({ stage: 'rectified' }, 'remind', 'county')).toThrow('等待事实销号')
  expect(told(reminded, 'acknowledge', 'branch')()).toMatchObject({
    kind: 'warning.acknowledged',
    data: { by: 'branch' },
  })
})
