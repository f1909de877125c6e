import { describe, expect, it } from 'vitest'
import { chaseEdge, readTileState, type TileFacts } from './tile-state.ts'

const facts: TileFacts = {
  now: 10_000,
  startedAt: 0,
  source: { state: 'live', since: 1_000 },
  lastFrameAt: 9_900,
  liveSince: 2_000,
  recoveredAt: undefined,
  refusedCodec: undefined,
}

describe('a tile says what its picture is worth', () => {
  it('is live while the decoder shows new pictures', () => {
    expect(readTileState(facts)).toEqual({ kind: 'live', since: 2_000 })
  })
  it('counts the seconds a picture stands still, whatever the wire says', () => {
    expect(readTileState({ ...facts, lastFrameAt: 5_500 })).toEqual({
      kind: 'frozen',
      since: 5_500,
      heldSeconds: 4,
    })
  })
  it('is not live again before a picture from after the loss', () => {
    expect(readTileState({ ...facts, recoveredAt: 9_950 }).kind).toBe('frozen')
  })
  it('is connecting until the first picture', () => {
    expect(readTileState({ ...facts, lastFrameAt: undefined })).toEqual({
      kind: 'connecting',
      since: 0,
    })
  })
  it('is lost as soon as the relay says so', () => {
    const source = {
      state: 'lost',
      since: 9_000,
      retryAt: 12_000,
      error: '没有这个信号源',
    } as const
    expect(readTileState({ ...facts, source })).toEqual({
      kind: 'lost',
      since: 9_000,
      retryAt: 12_000,
      why: '没有这个信号源',
    })
  })
  it('names a codec that this screen cannot play', () => {
    expect(readTileState({ ...facts, refusedCodec: 'hev1' })).toEqual({
      kind: 'unsupported',
      codec: 'hev1',
    })
  })
})

describe('the live edge', () => {
  it('is left alone when it is near', () =>
    expect(chaseEdge(9.8, 5, 10, 1)).toEqual({ kind: 'rate', rate: 1 }))
  it('is chased at 1.1 until it is near again', () => {
    expect(chaseEdge(9.4, 5, 10, 1)).toEqual({ kind: 'rate', rate: 1.1 })
    expect(chaseEdge(9.7, 5, 10, 1.1)).toEqual({ kind: 'rate', rate: 1.1 })
    expect(chaseEdge(9.85, 5, 10, 1.1)).toEqual({ kind: 'rate', rate: 1 })
  })
  it('is jumped to when it is more than a second away, and over gaps', () => {
    expect(chaseEdge(8.5, 5, 10, 1.1)).toEqual({ kind: 'jump', to: 9.8 })
    expect(chaseEdge(3, 9.9, 10, 1)).toEqual({ kind: 'jump', to: 9.9 })
  })
})
