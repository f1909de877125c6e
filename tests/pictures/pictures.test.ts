/**
 * Every scene as it looks: at the sizes, on the kinds of screen and in the states in which walls are seen. Each picture is held against
 * how it looked, by a grid of five units a cell that is kept in `looks/`: it notices what moves, appears, vanishes or changes its colour,
 * and not one letter. `PICTURES=write` writes it anew. All else that can be computed of a picture is: its texts and its light.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGallery, resizeWall, showWall, walls, type GalleryWall } from '../support/gallery.ts'
import { share } from '../support/share.ts'
import { crowded, cutOff, smallPrint, strangeFaces, textsOf } from '../support/texts.ts'
import { bannered, liveLooking } from '../support/wall.ts'
import { dimMarks, faint, withoutLetters } from './contrast.ts'
import {
  differences,
  framed,
  lookOf,
  lowGrey,
  meanLight,
  readPicture,
  type Look,
  type Picture,
} from './look.ts'

type Size = readonly [width: number, height: number]
interface Shot {
  readonly size: Size
  /** As in a wall's address. */
  readonly settings: string
  readonly state: string
  /** What it looks like, but for its size; null where nothing is held against it. */
  readonly as?: Shot | null
}

const hd: Size = [1920, 1080]
const wide: Size = [5760, 1620]
const shot = (state: string, size = hd, settings = '', as?: Shot | null): Shot => ({
  state,
  size,
  settings,
  ...(as === undefined ? {} : { as }),
})
const live = shot('live')
const [lost, empty, error] = [shot('lost'), shot('empty'), shot('error')]
const led = 'profile=led'
const far = 'density=far'

const small: Size = [1280, 720]
const inSizes: readonly Shot[] = [
  shot('live', [3840, 2160], '', live),
  shot('live', wide),
  shot('live', [7680, 2160], '', null),
]
const ofBoards: readonly Shot[] = [lost, empty, error]
/** A card is the same from afar. */
const ofFar: readonly Shot[] = [shot('live', hd, far), shot('live', wide, far, null)]
/** Where texts are longest there. */
const ofFarTroubled: readonly Shot[] = ['error', 'lost'].map((state) => shot(state, hd, far, null))
const troubled = ['overview', 'warnings', 'township', 'province']
/** What texts are longest where there is least and most room, and settings that are alike in every scene. */
const ofOverview: readonly Shot[] = [
  shot('stale'),
  shot('blank'),
  shot('unknown', hd, '', null),
  shot('lost', [3840, 2160], '', lost),
  shot('lost', [2560, 1080], '', null),
  shot('error', small, '', null),
  shot('error', wide, '', null),
  shot('live', hd, 'cvd=on'),
  shot('live', hd, 'mode=mourning'),
]
const shotsOf = ({ isBare, name }: GalleryWall): readonly Shot[] => [
  live,
  // So small, a line of the overview's spectrum is five branches.
  name === 'overview' ? shot('live', small) : shot('live', small, '', live),
  ...inSizes,
  shot('live', hd, led),
  ...(isBare ? [] : ofBoards),
  ...(name === 'card' ? [] : ofFar),
  ...(troubled.includes(name) ? ofFarTroubled : []),
  ...(name === 'overview' ? ofOverview : []),
]

/** DESIGN: a wall that gives more light than this ages, and dazzles its room. */
const mostLight = 0.1
const mostLowGrey = 0.03
/** WCAG 2.2, 1.4.3 and 1.4.11; of pictures a px of which is one of the page. Other sizes have the same colours, and so has a wall from afar. */
const [leastOfText, leastOfMarks] = [4.5, 3]
const hasContrast = ({ size, settings, state }: Shot) =>
  size === hd && settings !== far && state !== 'empty'
/** DESIGN: units; and for readers from 7 m on 1.2 times as much. */
const floor = 1.75
const farFloor = floor * 1.2

const isWriting = process.env['PICTURES'] === 'write'
const left = join(import.meta.dirname, '../../test-results/pictures')
const nameOf = ({ size: [width, height], settings, state }: Shot): string =>
  [`${width}×${height}`, settings, state].filter((word) => word !== '').join(' ')
const fileOf = (wall: string): string => join(import.meta.dirname, 'looks', `${wall}.json`)
const readLooks = (wall: string): Record<string, Look> =>
  existsSync(fileOf(wall))
    ? (JSON.parse(readFileSync(fileOf(wall), 'utf8')) as Record<string, Look>)
    : {}

const shared = share()
const complaints: string[] = []
let page: Page
let session: CDPSession
beforeAll(async () => {
  page = await openGallery(shared.browser, hd, complaints)
  session = await page.context().newCDPSession(page)
  mkdirSync(left, { recursive: true })
})

/** At most as high as a plain wall: no more is needed for cells of five units. */
async function take([width, height]: Size): Promise<Buffer> {
  const scale = Math.min(1, hd[1] / height)
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    ...(scale === 1 ? {} : { clip: { x: 0, y: 0, width, height, scale } }),
  })
  return Buffer.from(data, 'base64')
}

const mostTries = 8
const patienceMs = 5_000

/** Two pictures in a row are alike: what a worker draws has come. */
async function still(size: Size): Promise<Buffer> {
  let png = await take(size)
  for (let tries = 1; tries < mostTries; tries += 1) {
    const before = png
    png = await take(size)
    if (png.equals(before)) break
  }
  return png
}

/** What is found wrong with a picture; as long as something is, it is taken again: what a worker draws may not have come. */
async function lookedAt<T>(
  size: Size,
  faults: (picture: Picture, png: Buffer) => readonly T[],
): Promise<readonly T[]> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const png = await take(size)
    const found = faults(await readPicture(png), png)
    if (found.length === 0 || performance.now() > deadline) return found
  }
}

describe.each(walls)('the picture of $name', (wall) => {
  const shots = shotsOf(wall)
  const kept = shots.filter(({ as }) => as === undefined)
  const looks = isWriting ? {} : readLooks(wall.name)
  let shown = ''

  it.each(shots.map((each) => [nameOf(each), each] as const))(
    '%s',
    async (name, each) => {
      const { size, settings, state, as } = each
      const next = `${settings} ${state}`
      if (next === shown) await resizeWall(page, size)
      else {
        await page.setViewportSize({ width: size[0], height: size[1] })
        await showWall(page, shared.relay.url, wall, state, settings)
        shown = next
      }

      const texts = await textsOf(page)
      expect.soft(crowded(texts), 'texts that touch').toEqual([])
      expect.soft(cutOff(texts), 'texts that are cut off').toEqual([])
      const least = settings === far ? farFloor : floor
      expect.soft(smallPrint(texts, least), 'texts that are too small').toEqual([])
      expect.soft(strangeFaces(texts), 'faces that are none of the theme').toEqual([])
      if (state === 'lost') {
        expect.soft(await page.evaluate(liveLooking), 'figures that look live').toEqual([])
        expect.soft(await page.evaluate(bannered), 'texts under the banner').toEqual([])
      }

      if (hasContrast(each)) {
        const giveBack = await withoutLetters(page)
        const unread = await lookedAt(size, (ground) => faint(texts, ground, leastOfText))
        await giveBack()
        expect.soft(unread, 'texts that are faint').toEqual([])
        expect.soft(await dimMarks(page, leastOfMarks), 'marks that are dim').toEqual([])
      }

      expect.soft(complaints.splice(0), 'on the console').toEqual([])
      if (as === null) return
      if (isWriting && as === undefined) {
        looks[name] = lookOf(await readPicture(await still(size)))
        return
      }
      let png: Buffer = Buffer.alloc(0)
      let picture: Picture | undefined
      const cells = await lookedAt(size, (seen, taken) => {
        ;[picture, png] = [seen, taken]
        return differences(
          lookOf(seen),
          looks[nameOf(as ?? each)] ?? [],
          as === undefined ? 'same' : 'scaled',
        )
      })
      if (picture !== undefined) {
        expect.soft(meanLight(picture), 'light').toBeLessThan(mostLight)
        if (settings === led) expect.soft(lowGrey(picture), 'low grey').toBeLessThan(mostLowGrey)
      }
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
    if (isWriting && Object.keys(looks).length === kept.length)
      writeFileSync(fileOf(wall.name), `${JSON.stringify(looks, null, 2)}\n`)
  })

  it.skipIf(isWriting)('is kept of these alone', () => {
    expect(Object.keys(looks)).toEqual(kept.map(nameOf))
  })
})
