import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWall } from '../board.ts'
import { emptyBoard } from '../../protocol/apply.ts'
import { createDirector, type Director } from './direct.ts'
import { everyDay } from './plan.ts'
import { steerBy } from './remote.ts'

const noon = Date.parse('2026-06-18T12:30:00+08:00')
const rotation = ['overview', 'ranking', 'warnings'].map((id) => ({ id, seconds: 30 }))
const empty = emptyBoard()
const board = {
  ...empty,
  townships: new Map([['431128101', {}]]) as unknown as typeof empty.townships,
  organizations: new Map([['a', {}]]) as unknown as typeof empty.organizations,
}

let director: Director
beforeEach(() => {
  vi.useFakeTimers({ now: noon })
  director = createDirector(createWall({ now: noon }), {
    rotation,
    apart: ['township'],
    plan: everyDay,
    asked: null,
    isHeld: false,
    agreement: null,
    isPart: false,
  })
})
afterEach(() => void vi.useRealTimers())
const scene = () => director.latest().scene

it('does what a phone says', () => {
  steerBy(director, board, { do: 'choose', scene: 'ranking' }, false)
  expect(scene()).toBe('ranking')
  steerBy(director, board, { do: 'step', by: -1 }, false)
  expect(scene()).toBe('overview')
  steerBy(director, board, { do: 'choose', scene: 'township/431128101' }, false)
  expect(scene()).toBe('township/431128101')
  steerBy(director, board, { do: 'open-card', id: 'a' }, false)
  expect(director.latest().card?.id).toBe('a')
  steerBy(director, board, { do: 'close-card' }, false)
  steerBy(director, board, { do: 'back' }, false)
  expect([scene(), director.latest().card]).toEqual(['overview', null])
})

it('holds what is on and lets it go, however often it is told', () => {
  for (const told of ['hold', 'hold'] as const) steerBy(director, board, { do: told }, false)
  expect(director.latest().until).toBeNull()
  for (const told of ['let-go', 'let-go'] as const) steerBy(director, board, { do: told }, false)
  expect(director.latest().until).not.toBeNull()
})

it('leaves what this wall does not have', () => {
  steerBy(director, board, { do: 'choose', scene: 'nothing' }, false)
  steerBy(director, board, { do: 'choose', scene: 'township/999999999' }, false)
  steerBy(director, board, { do: 'open-card', id: 'nobody' }, false)
  steerBy(director, board, { do: 'back' }, false)
  expect([scene(), director.latest().card]).toEqual(['overview', null])
})

it('in the past changes the scene alone', () => {
  steerBy(director, board, { do: 'hold' }, true)
  steerBy(director, board, { do: 'open-card', id: 'a' }, true)
  expect([director.latest().until, director.latest().card]).toEqual([noon + 30_000, null])
  steerBy(director, board, { do: 'choose', scene: 'ranking' }, true)
  expect(scene()).toBe('ranking')
})
