import { expect, it } from 'vitest'
import { boardOf } from '../../protocol/apply.ts'
import type { Camera } from '../../protocol/video.ts'
import { fixtureNow, fixtureSnapshot, fixtureTables, sourcesAt } from '../gallery/fixtures.ts'
import { clearedStreams, isKeptBack } from './Cleared.tsx'

const board = boardOf(fixtureSnapshot(fixtureTables(sourcesAt(fixtureNow, null))))
const none = { ...board, streams: new Map() }
const camera = (id: string, isPublic: boolean): Camera => ({
  id,
  county: '431128',
  organization: '431128101-1',
  title: `${id} 党员活动室`,
  kind: 'rtsp',
  isPublic,
  health: { state: 'ok', since: '2026-06-18T09:00:00+08:00' },
  play: 'relay',
  large: id,
})

it('goes by cleared cameras where streams are kept back, and by nothing else', () => {
  expect(isKeptBack(none, '431128')).toBe(true)
  expect(isKeptBack(board, '431128')).toBe(false)
  // Of a province no stream is told to anybody.
  expect(isKeptBack(none, '430000')).toBe(false)
  const cameras = new Map(
    [camera('yard', true), camera('office', false)].map((each) => [each.id, each]),
  )
  const streams = clearedStreams(cameras)
  expect([...streams.keys()]).toEqual(['yard'])
  // What it put there itself does not make it believe that streams are told.
  expect(isKeptBack({ ...board, streams }, '431128')).toBe(true)
})

it('is still where no stream is on', () => {
  const county = new Map([...board.county].map(([id, row]) => [id, { ...row, streams: 0 }]))
  expect(isKeptBack({ ...none, county }, '431128')).toBe(false)
})
