import { expect, it } from 'vitest'
import { wayOf } from './player.ts'

const all = { hasMse: true, hasHls: true, hasWebRtc: true }

it.each([
  ['relay', all, 'socket'],
  ['relay', { ...all, hasMse: false }, 'hls'],
  ['relay', { ...all, hasMse: false, hasHls: false }, 'none'],
  ['whep', all, 'whep'],
  ['whep', { ...all, hasWebRtc: false }, 'none'],
] as const)('a camera that is played by %s, in an engine with %o, goes by %s', (play, has, way) =>
  expect(wayOf(play, has)).toBe(way),
)
