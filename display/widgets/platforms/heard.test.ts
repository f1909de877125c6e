import { expect, it } from 'vitest'
import type { HeardPlatform } from '../../../protocol/heard.ts'
import { factsOf, heardIn } from './heard.ts'

const now = Date.parse('2026-06-18T09:41:26+08:00')
const quiet: HeardPlatform = {
  platform: 'xintian',
  divisions: ['431128'],
  perMinute: 0,
  lastHour: [],
  lastEventAt: null,
  feeds: [],
  lag: null,
  refused: null,
  trouble: null,
}

it('shows a county its own platform and its province, and a province those of its counties', () => {
  const all = [quiet, { ...quiet, platform: 'yunnan', divisions: ['530000'] }]
  const names = (division: string) => heardIn(all, division).map(({ platform }) => platform)
  expect(names('431128')).toEqual(['xintian'])
  expect(names('530102')).toEqual(['yunnan'])
  expect(names('430000')).toEqual(['xintian'])
  expect(names('350000')).toEqual([])
})

it('says of a platform only what this screen is told of it', () => {
  expect(factsOf(quiet, now)).toEqual([{ label: '最近一条', text: '启动以来尚无' }])
})

it('marks what is wrong now, and only tells what was wrong long ago', () => {
  const troubled: HeardPlatform = {
    ...quiet,
    lastEventAt: '2026-06-17T23:10:00+08:00',
    lag: { rows: 1_204 },
    refused: 3,
    trouble: { at: '2026-06-18T09:20:00+08:00', kind: 'refused' },
  }
  expect(factsOf(troubled, now)).toEqual([
    { label: '最近一条', text: '6 月 17 日 23:10' },
    { label: '待取', text: '1,204 行', isLate: true },
    { label: '近一小时退回', text: '3 条', isLate: true },
    { label: '上次异常', text: '09:20 有数据退回', isLate: true },
  ])
  const over: HeardPlatform = {
    ...troubled,
    lag: { seconds: 0 },
    refused: 0,
    trouble: { at: '2026-06-18T07:00:00+08:00', kind: 'unreached' },
  }
  expect(factsOf(over, now).slice(1)).toEqual([
    { label: '待取', text: '无' },
    { label: '近一小时退回', text: '无' },
    { label: '上次异常', text: '07:00 取数未接通', isLate: false },
  ])
})
