import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCountyFiles } from '../county-file.ts'
import { createBasemap, type Basemap } from './basemap.ts'
import { boundsOf, isWithin } from './tiles.ts'

const publicDir = join(import.meta.dirname, '../../public')
const key = '0123456789abcdef0123456789abcdef'
const png = Buffer.from('\x89PNG\r\n\x1a\n a tile', 'latin1')
/** In the middle of Xintian. */
const inside = { z: 10, x: 831, y: 435 }

let dataDir = ''
let server: Server
let asked: string[] = []
let answer: { readonly status: number; readonly bytes: Buffer }
let nowMs = 0

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'basemap-'))
  asked = []
  answer = { status: 200, bytes: png }
  nowMs = 0
  server = createServer((req, res) => {
    asked.push(req.url ?? '')
    res.writeHead(answer.status, { 'content-type': 'image/png' }).end(answer.bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  writeFileSync(
    join(dataDir, 'county.yaml'),
    `code: "431128"\nmasthead: 新田红旗\noffice: ""\nmap: xintian\napproval: null\nbasemap:\n  url: 'http://127.0.0.1:${port}/vec?z={z}&x={x}&y={y}&tk={key}'\n  credit: 天地图\n  look: drawn\n`,
  )
  writeFileSync(join(dataDir, 'basemap.key'), `${key}\n`)
})
afterEach(() => {
  server.close()
  rmSync(dataDir, { recursive: true })
})

function basemap(): Basemap {
  const countyFiles = readCountyFiles({ home: '431128', dataDir, publicDir })
  return createBasemap({ countyFiles, dataDir, publicDir, now: () => nowMs })
}

it('asks the service with the key, once, and keeps the tile for a day without the internet', async () => {
  const map = basemap()
  const both = await Promise.all([map.tile('431128', inside), map.tile('431128', inside)])
  for (const one of both) expect(one).toMatchObject({ kind: 'tile', type: 'image/png' })
  expect(asked).toEqual([`/vec?z=10&x=831&y=435&tk=${key}`])
  answer = { status: 503, bytes: Buffer.from('') }
  expect(await basemap().tile('431128', inside)).toMatchObject({ kind: 'tile', bytes: png })
  expect(asked).toHaveLength(1)
})

it('shows screens whom to credit, and neither the address nor the key', () => {
  const file = readCountyFiles({ home: '431128', dataDir, publicDir }).of('431128')
  expect(file.basemap).toEqual({ credit: '天地图', look: 'drawn' })
  expect(JSON.stringify(file)).not.toContain('tk=')
})

it.each([
  ['another place', { z: 10, x: 843, y: 388 }],
  ['all of the world', { z: 0, x: 0, y: 0 }],
  ['nearer than a village', { z: 17, x: 106_400, y: 55_700 }],
  ['half a tile', { z: 10, x: 831.5, y: 435 }],
  ['no number', { z: 10, x: Number.NaN, y: 435 }],
])('is no way to the maps of %s', async (_name, tile) => {
  expect(await basemap().tile('431128', tile)).toMatchObject({ kind: 'absent' })
  expect(asked).toEqual([])
})

it('has no map for a county whose file names none', async () => {
  expect(await basemap().tile('511403', inside)).toMatchObject({ kind: 'absent' })
})

it('leaves a service that refuses alone for half a minute, and keeps nothing of its pages', async () => {
  const map = basemap()
  answer = { status: 200, bytes: Buffer.from('<html>quota</html>') }
  expect(await map.tile('431128', inside)).toMatchObject({ kind: 'failed' })
  answer = { status: 200, bytes: png }
  nowMs = 29_999
  expect(await map.tile('431128', { ...inside, x: 830 })).toMatchObject({ kind: 'failed' })
  expect(asked).toHaveLength(1)
  nowMs = 30_000
  expect(await map.tile('431128', inside)).toMatchObject({ kind: 'tile' })
})

it('names the file that lacks the key, and not the key where the service refuses it', async () => {
  answer = { status: 403, bytes: Buffer.from('') }
  const refused = await basemap().tile('431128', inside)
  expect(refused).toEqual({ kind: 'failed', detail: 'The map service answered 403.' })
  rmSync(join(dataDir, 'basemap.key'))
  const missing = await basemap().tile('431128', inside)
  expect(missing).toMatchObject({ kind: 'failed', detail: expect.stringContaining('basemap.key') })
  expect(existsSync(join(dataDir, 'basemap.key'))).toBe(false)
})

it('takes the tiles that touch the outline', () => {
  const outline: unknown = JSON.parse(
    readFileSync(join(publicDir, 'geo/xintian/county.geojson'), 'utf8'),
  )
  const bounds = boundsOf(outline)
  if (bounds === undefined) throw new Error('no outline')
  expect(isWithin(inside, bounds)).toBe(true)
  expect(isWithin({ ...inside, x: inside.x + 3 }, bounds)).toBe(false)
  expect(boundsOf({ features: [] })).toBeUndefined()
})
