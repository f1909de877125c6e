import { expect, it } from 'vitest'
import { createPins } from './pins.ts'

it('gives a wall its own pin before that of its division, until each is over', () => {
  let at = 0
  const pins = createPins(() => at)
  pins.put({ target: '431128', camera: 'a', by: '张三', until: 100 })
  pins.put({ target: '431128/hall', camera: 'b', by: '李四', until: 50 })
  const seen = () => [
    pins.of('431128', '431128/hall')?.camera,
    pins.of('431128', undefined)?.camera,
    pins.of('511403', '511403/hall')?.camera,
  ]
  expect(seen()).toEqual(['b', 'a', undefined])
  at = 50
  expect(seen()).toEqual(['a', 'a', undefined])
  expect([pins.sweep(), pins.sweep()]).toEqual([true, false])
  pins.put({ target: '431128', camera: 'c', by: '张三', until: 200 })
  expect(seen()).toEqual(['c', 'c', undefined])
  expect([pins.drop('431128'), pins.drop('431128')]).toEqual([true, false])
  expect([seen(), pins.list()]).toEqual([[undefined, undefined, undefined], []])
})

it('keeps at most so many, and lets the oldest go first', () => {
  const pins = createPins(() => 0)
  for (let wall = 0; wall < 300; wall += 1)
    pins.put({ target: `431128/w${wall}`, camera: 'a', by: '张三', until: 1 })
  expect(pins.list()).toHaveLength(256)
  expect(pins.of(undefined, '431128/w0')).toBeUndefined()
  expect(pins.of(undefined, '431128/w299')?.camera).toBe('a')
})
