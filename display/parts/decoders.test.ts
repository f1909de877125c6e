import { expect, it } from 'vitest'
import { createDecoders } from './decoders.ts'

function crowd(count: number) {
  const decoders = createDecoders(() => count)
  const may = new Map<string, boolean>()
  let atOnce = 0
  const claim = (name: string, isLarge = false) => {
    const leave = decoders.claim({
      isLarge,
      grant(isGranted) {
        may.set(name, isGranted)
        atOnce = Math.max(atOnce, [...may.values()].filter(Boolean).length)
      },
    })
    return () => {
      may.delete(name)
      leave()
    }
  }
  const playing = () => [...may].filter(([, is]) => is).map(([name]) => name)
  return { claim, playing, atOnce: () => atOnce }
}

it('gives the large picture a decoder before all, from the small one that came last, and back', () => {
  const { claim, playing, atOnce } = crowd(3)
  for (const name of ['a', 'b', 'c', 'd']) claim(name)
  expect(playing()).toEqual(['a', 'b', 'c'])
  const close = claim('card', true)
  expect(playing()).toEqual(['a', 'b', 'card'])
  close()
  expect(playing()).toEqual(['a', 'b', 'c'])
  expect(atOnce()).toBe(3)
})

it('lets whoever waits play as soon as one goes', () => {
  const { claim, playing } = crowd(1)
  const leave = claim('a')
  claim('b')
  leave()
  expect(playing()).toEqual(['b'])
})
