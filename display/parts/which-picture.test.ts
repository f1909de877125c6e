import { expect, it } from 'vitest'
import { whichPicture } from './which-picture.ts'

const camera = { id: 'hall', large: 'hall@main', play: 'relay' } as const
const wanted = { isLasting: true, widthPx: 1_200, hasFailed: false }

it('asks for the large picture where somebody wants it and it would be seen', () => {
  expect(whichPicture(camera, wanted)).toBe('hall@main')
})

it.each([
  ['has its turn only', camera, { ...wanted, isLasting: false }],
  ['is no larger than the small picture', camera, { ...wanted, widthPx: 959 }],
  ['had no large picture when it was tried', camera, { ...wanted, hasFailed: true }],
  ['has but one picture', { ...camera, large: 'hall' }, wanted],
  ['is fetched by the browser itself', { ...camera, play: 'whep' }, wanted],
] as const)('asks for the small one where a tile %s', (_, of, place) => {
  expect(whichPicture(of, place)).toBe('hall')
})
