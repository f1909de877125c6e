import { expect, it } from 'vitest'
import { createStack, upmost } from './stack.ts'

it('leads back page by page, and asks before it leaves the first', () => {
  const stack = createStack()
  stack.open({ page: 'lessons' })
  stack.open({ page: 'lesson', id: 'a' })
  stack.back()
  expect(upmost(stack.store.getState())).toEqual({ page: 'lessons' })
  stack.back()
  expect(stack.store.getState()).toMatchObject({ routes: [{ page: 'home' }], isLeaving: false })
  stack.back()
  expect(stack.store.getState()).toMatchObject({ routes: [{ page: 'home' }], isLeaving: true })
  stack.stay()
  expect(stack.store.getState().isLeaving).toBe(false)
})

it('has one page between a shortcut and home, however many lay there', () => {
  const stack = createStack()
  stack.open({ page: 'sites' })
  stack.open({ page: 'channel', number: 1 })
  stack.jump({ page: 'ranking' })
  stack.back()
  expect(upmost(stack.store.getState())).toEqual({ page: 'home' })
})

it('changes the channel in place', () => {
  const stack = createStack()
  stack.open({ page: 'channel', number: 1 })
  stack.turn({ page: 'channel', number: 2 })
  stack.back()
  expect(upmost(stack.store.getState())).toEqual({ page: 'home' })
})
