/**
 * Every scene as it looks, held against how it looked. What is kept of a picture is a grid of five units a cell, in `looks/`: it notices
 * what moves, appears, vanishes or changes its colour, and not one letter. `PICTURES=write` writes it anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGallery, showWall, walls } from '../support/gallery.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'
import { openBrowser } from '../support/wall.ts'
import { differences, framed, lookOf, lowGrey, meanLight, readPicture, type Look } from './look.ts'

type Size = readonly [width: number, height: number]
interface Shot {
  readonly size: Size
  readonly settings: string
  readonly state: string
}

const plain: Size = [1920, 1080]
const led = 'profile=led'
const live: readonly Shot[] = ['', led].map((settings) => ({
  size: plain,
  settings,
  state: 'live',
}))
const inState = (...states: string[]): Shot[] =>
  states.map((state) => ({ size: plain, settings: '', state }))
const atSize = (...sizes: Size[]): Shot[] =>
  sizes.map((size) => ({ size, settings: '', state: 'live' }))
/** What is looked at besides the live scene on either kind of screen. */
const more: Readonly<Record<string, readonly Shot[]>> = {
  overview: [
    ...inState('stale', 'empty', 'lost', 'blank'),
    ...atSize([1280, 720], [3840, 2160]),
    { size: plain, settings: 'cvd=on', state: 'live' },
    { size: plain, settings: 'mode=mourning', state: 'live' },
  ],
  ranking: [...inState('empty'), ...atSize([5760, 1620])],
  warnings: inState('empty', 'error'),
  governance: [...inState('error'), ...atSize([1280, 720])],
  video: inState('lost'),
  province: [...inState('empty', 'lost'), ...atSize([3840, 2160])],
  card: inState('error'),
}
/** DESIGN: a wall that gives more light than this ages, and dazzles its room. */
const mostLight = 0.1
const mostLowGrey = 0.03

const isWriting = process.env['PICTURES'] === 'write'
const left = join(import.meta.dirname, '../../test-results/pictures')
const nameOf = ({ size: [width, height], settings, state }: Shot): string =>
  [`${width}×${height}`, settings, state].filter((word) => word !== '').join(' ')
const fileOf = (wall: string): string => join(import.meta.dirname, 'looks', `${wall}.json`)
const readLooks = (wall: string): Record<string, Look> =>
  existsSync(fileOf(wall))
    ? (JSON.parse(readFileSync(fileOf(wall), 'utf8')) as Record<string, Look>)
    : {}

const mostTries = 8

/** Two pictures in a row are alike: what a worker draws has come. */
async function still(page: Page): Promise<Buffer> {
  let png = await page.screenshot({ animations: 'disabled' })
  for (let tries = 1; tries < mostTries; tries += 1) {
    const before = png
    png = await page.screenshot({ animations: 'disabled' })
    if (png.equals(before)) break
  }
  return png
}

let relay: Relay
let browser: Browser
beforeAll(async () => {
  relay = await startRelay()
  browser = await openBrowser()
  mkdirSync(left, { recursive: true })
})
afterAll(async () => {
  await browser?.close()
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

describe.each(walls)('the picture of $name', (wall) => {
  const shots = [...live, ...(more[wall.name] ?? [])]
  const looks = isWriting ? {} : readLooks(wall.name)

  it.each(shots.map((shot) => [nameOf(shot), shot] as const))(
    '%s',
    async (name, shot) => {
      const page = await openGallery(browser, shot.size)
      await showWall(page, relay.url, wall, shot.state, shot.settings)
      const png = await still(page)
      await page.close()
      const picture = await readPicture(png)
      expect(meanLight(picture), 'light').toBeLessThan(mostLight)
      if (shot.settings === led) expect(lowGrey(picture), 'low grey').toBeLessThan(mostLowGrey)
      const look = lookOf(picture)
      if (isWriting) {
        looks[name] = look
        return
      }
      const cells = differences(look, looks[name] ?? [])
      if (cells.length === 0) return
      const file = join(left, `${wall.name} ${name}.png`)
      writeFileSync(file, await framed(png, cells))
      expect.fail(
        `${cells.length} cells look otherwise, framed in ${file}. Where that is meant: PICTURES=write npx vitest run tests/pictures -t "${wall.name}"`,
      )
    },
    120_000,
  )

  afterAll(() => {
    if (isWriting && Object.keys(looks).length === shots.length)
      writeFileSync(fileOf(wall.name), `${JSON.stringify(looks, null, 2)}\n`)
  })

  it.skipIf(isWriting)('is kept of these alone', () => {
    expect(Object.keys(looks)).toEqual(shots.map(nameOf))
  })
})
