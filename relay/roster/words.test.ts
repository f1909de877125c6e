import { expect, it } from 'vitest'
import { inWords } from './words.ts'

const divisions = {
  townships: [{ code: '431128101', name: '金陵镇' }],
  villages: [{ code: '431128101217', name: '篮田村委会' }],
}

it('says a recorded value as the sheet says it, with the code of a place behind its name', () => {
  expect(inWords('kind', 'branch', divisions)).toBe('党支部')
  expect(inWords('group', 'territory', divisions)).toBe('乡镇')
  expect(inWords('township', '431128101', divisions)).toBe('金陵镇 431128101')
  expect(inWords('village', '431128101217', divisions)).toBe('篮田村委会 431128101217')
})

it('leaves what has no other word, and says where nothing is recorded', () => {
  expect(inWords('members', '46', divisions)).toBe('46')
  expect(inWords('township', '431128199', divisions)).toBe('431128199')
  expect(inWords('termEndsOn', '', divisions)).toBe('无')
})
