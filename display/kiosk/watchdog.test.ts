import { expect, it } from 'vitest'
import { watch } from './watchdog.ts'

const show = { since: 1_000, until: 31_000 }

it('calls a scene stuck a minute after it was due, and not before', () => {
  const first = watch(null, show, 500)
  expect(watch(first, show, 500 + 90_000).isStuck).toBe(false)
  expect(watch(first, show, 500 + 90_001).isStuck).toBe(true)
})

it('lets a touched scene have its longer time, and starts anew with each scene', () => {
  const first = watch(null, show, 0)
  expect(watch(first, { ...show, until: 131_000 }, 100_000).isStuck).toBe(false)
  const next = watch(first, { since: 31_000, until: 61_000 }, 100_000)
  expect(next).toEqual({ since: 31_000, seenAt: 100_000, isStuck: false })
})

it('never calls a scene stuck that somebody holds', () => {
  const held = { since: 1_000, until: null }
  expect(watch(watch(null, held, 0), held, 86_400_000).isStuck).toBe(false)
})
