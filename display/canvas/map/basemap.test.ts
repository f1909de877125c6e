import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { tilesUnder } from './basemap.ts'
import { layLand, type Outline } from './geometry.ts'

const outline = (name: string) =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../public/geo/xintian', name), 'utf8'),
  ) as Outline
const land = layLand({
  county: outline('county.geojson'),
  townships: outline('townships.approx.geojson'),
})

it.each([
  ['a wall of 1080p', 900],
  ['a wall of 4K', 1_800],
  ['a phone', 120],
])('covers the county on %s with few enough tiles', (_name, pxPerDegree) => {
  const tiles = tilesUnder(land.bounds, pxPerDegree, land.project)
  expect(tiles.length).toBeGreaterThan(0)
  expect(tiles.length).toBeLessThanOrEqual(120)
  const { minX, minY, maxX, maxY } = land.extent
  expect(Math.min(...tiles.map(({ from }) => from.x))).toBeLessThanOrEqual(minX)
  expect(Math.min(...tiles.map(({ from }) => from.y))).toBeLessThanOrEqual(minY)
  expect(Math.max(...tiles.map(({ to }) => to.x))).toBeGreaterThanOrEqual(maxX)
  expect(Math.max(...tiles.map(({ to }) => to.y))).toBeGreaterThanOrEqual(maxY)
})

it('lays neighbours edge to edge, each where its corners are on the ground', () => {
  const tiles = tilesUnder(land.bounds, 900, land.project)
  const at = new Map(tiles.map((tile) => [tile.path, tile]))
  for (const { path, to } of tiles) {
    const [z = 0, x = 0, y = 0] = path.split('/').map(Number)
    const next = at.get(`${z}/${x + 1}/${y + 1}`)
    if (next !== undefined) expect(next.from).toEqual(to)
  }
  // 10/831/435: west edge 831/1024 of the way round, north edge by the projection of the web's maps.
  const tile = tilesUnder(land.bounds, 560, land.project).find(({ path }) => path === '10/831/435')
  expect(tile?.from.x).toBeCloseTo(land.project((831 / 1024) * 360 - 180, 0).x, 6)
})
