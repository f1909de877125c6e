import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWall } from '../board.ts'
import { createDirector } from './direct.ts'
import { everyDay } from './plan.ts'

const noon = Date.parse('2026-06-18T12:30:00+08:00')
const rotation = [
  { id: 'overview', seconds: 60 },
  { id: 'ranking', seconds: 30 },
]
const options = {
  rotation,
  apart: [],
  plan: everyDay,
  asked: null,
  isHeld: false,
  agreement: null,
  isPart: false,
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('addEventListener', () => undefined)
  vi.stubGlobal('removeEventListener', () => undefined)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('gives a scene its time and no more, however often the clock is set meanwhile', () => {
  const wall = createWall({ now: noon })
  const director = createDirector(wall, options)
  const unfollow = director.follow()
  const sceneAfter = (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 1) {
      vi.advanceTimersByTime(1_000)
      wall.tick(wall.store.getState().now + 60_000)
    }
    return director.show.getState().scene
  }
  expect(sceneAfter(59)).toBe('overview')
  expect(sceneAfter(2)).toBe('ranking')
  unfollow()
})
