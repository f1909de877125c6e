import { expect, it } from 'vitest'
import { addressOf, placeAt } from './place.ts'

it.each(['', '#/nothing', '#/branch/', '#/branch/%E0%A4'])('begins with today at %s', (hash) => {
  expect(placeAt(hash)).toEqual({ kind: 'page', page: 'today' })
})

it('finds the branch again whose address it wrote', () => {
  expect(placeAt(addressOf('branch', '天地/1'))).toEqual({ kind: 'branch', id: '天地/1' })
})
