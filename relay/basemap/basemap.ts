/**
 * The map under a county's outline, from 天地图 or another service. The key is in DATA_DIR/basemap.key and goes to the
 * service alone. What was fetched once is kept in DATA_DIR/basemap, so that a wall without the internet keeps its map;
 * delete the folder to fetch anew.
 */
import { hash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bounds } from '../../protocol/web-tiles.ts'
import type { CountyFiles } from '../county-file.ts'
import { boundsOf, isWithin, type Tile } from './tiles.ts'

const patienceMs = 10_000
const largest = 1_000_000
/** After a failure the service is left alone: a key that is over its quota must not be asked a hundred times. */
const restMs = 30_000

export type Answer =
  | { readonly kind: 'tile'; readonly bytes: Buffer; readonly type: string }
  | { readonly kind: 'absent'; readonly detail: string }
  | { readonly kind: 'failed'; readonly detail: string }

export interface Basemap {
  tile(county: string, tile: Tile): Promise<Answer>
}

interface Options {
  readonly countyFiles: Pick<CountyFiles, 'of' | 'tilesOf'>
  readonly dataDir: string
  readonly publicDir: string
  readonly now: () => number
}

export function createBasemap({ countyFiles, dataDir, publicDir, now }: Options): Basemap {
  const bounds = new Map<string, Promise<Bounds | undefined>>()
  const onTheWay = new Map<string, Promise<Answer>>()
  const failures = new Map<string, { readonly atMs: number; readonly answer: Answer }>()

  function boundsAt(county: string): Promise<Bounds | undefined> {
    const known = bounds.get(county) ?? readBounds(county)
    bounds.set(county, known)
    return known
  }

  async function readBounds(county: string): Promise<Bounds | undefined> {
    const { map } = countyFiles.of(county)
    if (map === null) return undefined
    const folder = map === 'own' ? join(dataDir, 'map') : join(publicDir, 'geo', map)
    try {
      return boundsOf(JSON.parse(await readFile(join(folder, 'county.geojson'), 'utf8')))
    } catch {
      // The stage says what is wrong with an outline; without one there is nothing to lay a map under.
      return undefined
    }
  }

  async function fetchTile(url: string, tile: Tile, file: string): Promise<Answer> {
    const failure = failures.get(url)
    if (failure !== undefined && now() - failure.atMs < restMs) return failure.answer
    const answer = await ask(url, tile, file)
    if (answer.kind === 'failed') failures.set(url, { atMs: now(), answer })
    return answer
  }

  async function ask(url: string, { z, x, y }: Tile, file: string): Promise<Answer> {
    const key = await readFile(join(dataDir, 'basemap.key'), 'utf8').catch(() => '')
    if (url.includes('{key}') && key.trim() === '')
      return failed('DATA_DIR/basemap.key is missing or empty: write the key of the service there.')
    const address = url
      .replaceAll('{z}', String(z))
      .replaceAll('{x}', String(x))
      .replaceAll('{y}', String(y))
      .replaceAll('{key}', encodeURIComponent(key.trim()))
    let bytes: Buffer
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(patienceMs) })
      if (!response.ok) return failed(`The map service answered ${response.status}.`)
      bytes = Buffer.from(await response.arrayBuffer())
    } catch {
      return failed('The map service does not answer.')
    }
    const type = typeOf(bytes)
    if (type === undefined || bytes.length > largest)
      return failed('The map service sent something else than a picture of a tile.')
    // Written beside it first: a tile that is half on disk would stay so.
    await writeFile(`${file}.part`, bytes)
    await rename(`${file}.part`, file)
    return { kind: 'tile', bytes, type }
  }

  return {
    async tile(county, tile) {
      const url = countyFiles.tilesOf(county)
      if (url === undefined)
        return { kind: 'absent', detail: 'The county file names no map under the outline.' }
      const within = await boundsAt(county)
      if (within === undefined || !isWithin(tile, within))
        return { kind: 'absent', detail: 'This tile shows nothing of the county.' }
      const folder = join(dataDir, 'basemap', hash('sha256', url, 'hex').slice(0, 8))
      await mkdir(folder, { recursive: true })
      const file = join(folder, `${tile.z}-${tile.x}-${tile.y}`)
      const kept = await readFile(file).catch(() => undefined)
      const type = kept && typeOf(kept)
      if (kept !== undefined && type !== undefined) return { kind: 'tile', bytes: kept, type }
      const asked =
        onTheWay.get(file) ?? fetchTile(url, tile, file).finally(() => onTheWay.delete(file))
      onTheWay.set(file, asked)
      return asked
    },
  }
}

const failed = (detail: string): Answer => ({ kind: 'failed', detail })

/** By the first bytes: services call an error page a picture. */
function typeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, 4).toString('latin1') === '\x89PNG') return 'image/png'
  if (bytes.subarray(0, 3).toString('latin1') === '\xff\xd8\xff') return 'image/jpeg'
  if (bytes.subarray(8, 12).toString('latin1') === 'WEBP') return 'image/webp'
  return undefined
}
