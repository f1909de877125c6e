import { expect, it } from 'vitest'
import { apply, emptyBoard } from '../../protocol/apply.ts'
import { fixtureTables } from '../gallery/fixtures.ts'
import { nameWithin, townshipOf } from './township.ts'

const board = apply(emptyBoard(), fixtureTables())

it('lists every organisation of a township by points, those offline last', () => {
  const township = townshipOf(board, '431128101')
  expect(township?.all).toHaveLength(62)
  const points = township?.all.map(({ branch }) => branch?.points ?? 0) ?? []
  expect(points[0]).toBe(1286)
  expect(township?.all.slice(52).every(({ branch }) => branch?.state === 'offline')).toBe(true)
})

it('ranks townships by the mean of their points, equal ones alike', () => {
  const ranks = [...board.townships.keys()].map((code) => townshipOf(board, code)?.rank ?? 0)
  expect(Math.min(...ranks)).toBe(1)
  const even = new Map([...board.townships].map(([id, row]) => [id, { ...row, points: 0 }]))
  expect(townshipOf({ ...board, townships: even }, '431128101')?.rank).toBe(1)
})

it('knows no township by a code that the board has not', () => {
  expect(townshipOf(board, '999999999')).toBeUndefined()
})

it('leaves the name of the township away where its branches stand together', () => {
  expect(nameWithin('金陵镇农业综合服务中心党支部', '金陵镇')).toBe('农业综合服务中心党支部')
  expect(nameWithin('金陵镇党委', '金陵镇')).toBe('金陵镇党委')
  expect(nameWithin('天地山村党支部', '金陵镇')).toBe('天地山村党支部')
})
