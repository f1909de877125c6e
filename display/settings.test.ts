import { expect, it, vi } from 'vitest'
import { wholeWall } from './kiosk/cut.ts'
import type { WallSettings } from '../protocol/county-file.ts'
import { everyDay } from './director/plan.ts'
import { planOf, readSettings, readDecoders, readTurn } from './settings.ts'

it('reads what the address sets, and takes what it does not know for an ordinary day', () => {
  expect(
    readSettings('?profile=led&cvd=on&mode=ceremony&scenes=overview,learning&county=511403'),
  ).toEqual({
    county: '511403',
    isLed: true,
    isFar: false,
    isCvd: true,
    mode: 'ceremony',
    scenes: ['overview', 'learning'],
    tour: null,
    motion: null,
    isHeld: false,
    sleep: everyDay.sleep,
    dayParts: everyDay.dayParts,
    seconds: {},
    at: null,
    asksForPairing: false,
    cut: wholeWall,
    panels: null,
    wall: 'wall',
    mistake: null,
  })
  expect(readSettings('?density=far').isFar).toBe(true)
  expect(readSettings('?night=off').sleep).toBeNull()
  expect(readSettings('?mode=party&tour=../keys').mode).toBe('daily')
  expect(readSettings('?mode=party&tour=../keys').tour).toBeNull()
  expect(readSettings('?at=2026-11-27T09:00').at).toBe(Date.parse('2026-11-27T09:00+08:00'))
  expect(readSettings('?at=2026-02-30T09:00').at).toBeNull()
})

it('reads how many pictures a screen decodes at once', () => {
  expect(
    ['?decoders=4', '?decoders=64', '?decoders=0', '?decoders=65', ''].map(readDecoders),
  ).toEqual([4, 64, null, null, null])
})

it('reads how long each site of the patrol is on, and keeps to the usual where no patrol could', () => {
  expect(['?turn=20', '?turn=60', '?turn=4', '?turn=61', '?turn=x', ''].map(readTurn)).toEqual([
    20_000,
    60_000,
    null,
    null,
    null,
    null,
  ])
})

it("takes what the address does not say from the county's file", () => {
  const file = {
    profile: 'led',
    density: 'far',
    cvd: 'on',
    motion: 'off',
    seams: '4x4',
    bezel: 12,
    rotation: { ranking: 0, overview: 90 },
    dayParts: [],
    sleep: { from: 22, to: 7 },
  } satisfies WallSettings
  expect(readSettings('?density=near&seams=3x3', file)).toMatchObject({
    isLed: true,
    isFar: false,
    isCvd: true,
    motion: 'off',
    panels: { columns: 3, rows: 3 },
    isHeld: false,
    seconds: { ranking: 0, overview: 90 },
    dayParts: [],
    sleep: { from: 22, to: 7 },
  })
  expect(readSettings('?grid=2x1&part=1,1', file).cut.bezel).toBe(12)
  expect(readSettings('?grid=2x1&part=1,1&bezel=3', file).cut.bezel).toBe(3)
  expect(readSettings('', { rotation: 'off' }).isHeld).toBe(true)
  expect(readSettings('?night=off', file).sleep).toBeNull()
  expect(readSettings('', { sleep: null }).sleep).toBeNull()
})

it('leads the tour that a file tells, and goes on as ever where the file is wrong', async () => {
  const settings = readSettings('?tour=visit')
  const stop = { scene: 'overview', seconds: 30, caption: '全县党旗' }
  expect((await planOf(settings, () => Promise.resolve([stop]))).tour).toEqual([
    { id: 'overview', seconds: 30, caption: '全县党旗' },
  ])
  const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect((await planOf(settings, () => Promise.resolve([{}]))).tour).toEqual([])
  expect(complain).toHaveBeenCalledOnce()
  complain.mockRestore()
})

it('reads which part of a wall of several browsers this one is, and says in a sentence what is wrong', () => {
  expect(readSettings('?grid=3x2&part=2,1&bezel=12&wall=hall')).toMatchObject({
    cut: { columns: 3, rows: 2, column: 2, row: 1, bezel: 12 },
    wall: 'hall',
    mistake: null,
  })
  expect(readSettings('?seams=4x4').panels).toEqual({ columns: 4, rows: 4 })
  expect(readSettings('?grid=2x1&part=1,1').panels).toMatchObject({ columns: 2, rows: 1 })
  const mistakes = [
    'seams=4',
    'grid=3',
    'grid=9x9&part=1,1',
    'grid=2x2',
    'grid=2x2&part=3,1',
    'part=1,1',
  ]
  for (const search of [...mistakes, 'grid=2x2&part=1,1&bezel=-1', 'wall=../x'])
    expect(readSettings(`?${search}`).mistake, search).toMatch(/^地址中/)
})
