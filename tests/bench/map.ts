/** Frames and main-thread work of the map with 852 organisations' flags, against the same map without, in Chromium. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { build, preview } from 'vite'
import type { Row } from '../../protocol/board.ts'
import { makeCounty } from '../../mock-feeds/platforms/xintian-county.ts'
import { mainThread, openBrowser } from './browser.ts'
import { median, type Part } from './measure.ts'

const root = join(import.meta.dirname, '../..')
const sizes = [
  { name: '1080p', width: 1920, height: 1080, isTarget: true },
  { name: '4K', width: 3840, height: 2160, isTarget: false },
] as const
const motions = [
  { name: 'idle', changesPerSecond: 0, isMoving: false },
  { name: '100 changes/s', changesPerSecond: 100, isMoving: false },
  { name: 'pan and zoom', changesPerSecond: 0, isMoving: true },
] as const
export interface Motion {
  readonly changesPerSecond: number
  readonly isMoving: boolean
}
/** What the bench calls from outside. */
export interface MapPage {
  /** Empty unless told which organisations stand on the map. */
  showMap?(rows: readonly Row<'organizations'>[]): void
  /** Frames a second over `forMs`. */
  watchMap?(how: Motion & { readonly forMs: number }): Promise<number>
}

const rounds = 3
const forMs = 1_200
/** 50 frames a second where the empty map does 57. */
const share = 50 / 57

interface Frames {
  readonly fps: number
  /** Seconds of main-thread work in a second. */
  readonly work: number
}

function territory(): readonly Row<'organizations'>[] {
  return makeCounty({ asOf: '2026-06-18' })
    .organizations.filter(({ group }) => group === 'territory')
    .map(({ id, name, kind, group, township, lng, lat }) => ({
      id,
      name,
      kind,
      group,
      township: township ?? '',
      lng: lng ?? null,
      lat: lat ?? null,
    }))
}

async function watch(page: Page, motion: Motion, work: () => Promise<number>): Promise<Frames> {
  const { changesPerSecond, isMoving } = motion
  const before = await work()
  const startedAt = performance.now()
  const fps = await page.evaluate((how) => (window as MapPage).watchMap?.(how), {
    changesPerSecond,
    isMoving,
    forMs,
  })
  const used = (await work()) - before
  if (fps === undefined) throw new Error('the page has no map to watch')
  return { fps, work: (used * 1000) / (performance.now() - startedAt) }
}

export const benchMap: Part = async (bench) => {
  const outDir = mkdtempSync(join(tmpdir(), 'flagwall-bench-'))
  bench.atEnd(() => rmSync(outDir, { recursive: true, force: true }))
  const config = {
    root: join(import.meta.dirname, 'map-page'),
    publicDir: join(root, 'public'),
    configFile: false,
    logLevel: 'silent',
  } as const
  bench.say('building the page')
  await build({ ...config, build: { outDir, emptyOutDir: true, target: 'chrome109' } })
  const server = await preview({ ...config, build: { outDir }, preview: { port: 0 } })
  bench.atEnd(() => server.close())
  const browser = await openBrowser(bench)
  const rows = territory()
  let left = sizes.length * motions.length
  for (const { name, width, height, isTarget } of sizes) {
    const page = await browser.newPage({ viewport: { width, height } })
    await page.goto(server.resolvedUrls?.local[0] ?? '')
    await page.waitForFunction(() => (window as MapPage).watchMap !== undefined)
    const work = await mainThread(page)
    const show = async (flags: readonly Row<'organizations'>[]): Promise<void> => {
      await page.evaluate((each) => (window as MapPage).showMap?.(each), flags)
      // Laid out, painted, sprites baked.
      await page.evaluate((how) => (window as MapPage).watchMap?.(how), {
        changesPerSecond: 0,
        isMoving: false,
        forMs: 400,
      })
    }
    for (const motion of motions) {
      bench.say(`${name}, ${motion.name}`)
      // A round of each is the least; on a busy machine there may be time for no more.
      const enoughMs = bench.leftMs() * (1 - 1 / left)
      left -= 1
      const empty: Frames[] = []
      const flags: Frames[] = []
      for (
        let round = 0;
        round === 0 || (round < rounds && bench.leftMs() > enoughMs);
        round += 1
      ) {
        await show([])
        empty.push(await watch(page, { ...motion, changesPerSecond: 0 }, work))
        await show(rows)
        flags.push(await watch(page, motion, work))
      }
      const fps = [empty, flags].map((each) => median(each.map((frames) => frames.fps)))
      const busy = [empty, flags].map((each) => median(each.map((frames) => frames.work)))
      const [emptyFps = NaN, flagsFps = NaN] = fps
      const [emptyWork = NaN, flagsWork = NaN] = busy
      bench.add({
        name: `map with ${rows.length} flags, ${name}, ${motion.name}: frames a second`,
        value: `${flagsFps.toFixed(0)} fps`,
        limit: `empty map: ${emptyFps.toFixed(0)} fps`,
        ratio: flagsFps / emptyFps,
        ...(isTarget ? { target: { atLeast: Number(share.toFixed(2)) } } : {}),
      })
      bench.add({
        name: `… main-thread work`,
        value: `${(flagsWork * 1000).toFixed(0)} ms a second`,
        limit: `empty map: ${(emptyWork * 1000).toFixed(0)} ms`,
        ratio: flagsWork / emptyWork,
        ...(isTarget ? { target: { atMost: 3 } } : {}),
      })
    }
    await page.close()
  }
  await browser.close()
  return []
}
