/** The sheet itself, on some seconds of a wall: it says nothing of one that is well, and names what is wrong with one that is not. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { walls } from '../support/gallery.ts'
import { until } from '../support/relay.ts'
import { faults, fairWeather, suffer } from './faults.ts'
import { modules } from './modules.ts'
import { openRoom, type Room } from './room.ts'
import { sightOf, type Seen } from './sight.ts'
import { watchWall, type Watched } from './watch.ts'

const stops = ['overview', 'ranking', 'warnings'].map((scene) => ({
  scene,
  seconds: 5,
  caption: '看看',
}))
const out = mkdtempSync(join(tmpdir(), 'flagwall-sheet-'))
let room: Room

beforeAll(async () => {
  room = await openRoom({
    beginMs: Date.parse('2026-06-18T09:00:00+08:00'),
    speed: 60,
    hasCameras: false,
    query: 'tour=sheet',
    // A route of Playwright's would take the browser's cache away.
    prepare: (page) =>
      page.addInitScript((tour) => {
        const ask = window.fetch.bind(window)
        window.fetch = (...[path, init]: Parameters<typeof fetch>) =>
          path === '/tours/sheet.json' ? Promise.resolve(Response.json(tour)) : ask(path, init)
      }, stops),
  })
  await until('every drawing', async () => {
    const { modules: all } = await sightOf(room.page())
    const isDrawn = ({ is, painted }: Seen) =>
      is === 'written' || painted.some((share) => share > 0)
    return all.length > 0 && all.every(isDrawn)
  })
  await room.setOff()
}, 240_000)
afterAll(async () => {
  await room?.end()
  rmSync(out, { recursive: true, force: true })
}, 30_000)

const watch = (seconds: number, isEnough?: (watched: Watched['moments']) => boolean) =>
  watchWall(room, weather, {
    seconds,
    every: 4,
    secondsOn: () => 5,
    out,
    say: () => undefined,
    ...(isEnough && { isEnough }),
  })
const weather = { ...fairWeather(), openSince: -Infinity }

it('knows what is to be seen of every scene that a rotation has', () => {
  const names = walls.filter(({ county }) => county === undefined).map(({ name }) => name)
  const rotating = names.filter((name) => name !== 'township' && name !== 'card')
  expect(Object.keys(modules).sort()).toEqual(rotating.sort())
})

it('finds nothing wrong with a wall that is well, also while its relay is started anew', async () => {
  const started = faults.find(({ name }) => name === 'relay started anew')
  if (started === undefined) throw new Error('no such fault')
  const { signal } = new AbortController()
  const isEnough = (moments: Watched['moments']) =>
    moments.length >= 4 && new Set(moments.map(({ scene }) => scene)).size > 1
  const suffered = suffer(room, weather, started, signal)
  const watched = await watch(180, isEnough)
  await suffered
  expect(watched.moments.flatMap(({ wrong }) => wrong)).toEqual([])
  expect(isEnough(watched.moments)).toBe(true)
  expect(watched.pages.filter(existsSync)).toHaveLength(1)
}, 240_000)

it('names a map that is covered, a drawing that is hidden, texts over each other and a rotation that stands', async () => {
  const page = room.page()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.evaluate(() => {
    const spoilt = new CSSStyleSheet()
    spoilt.replaceSync(`
      .map-stage::after { position: absolute; inset: 0; background: #05080d; content: '' }
      [data-testid=spectrum] canvas { visibility: hidden }
      .masthead p { transform: translateY(-4vh) }`)
    document.adoptedStyleSheets.push(spoilt)
  })
  const expected = [
    /empty: \.map-stage .*one colour/,
    /empty: .*spectrum.*not to be seen/,
    /overlapping: .*县委组织部/,
    /stuck: overview has been on for/,
  ]
  const isFound = (moments: Watched['moments']) =>
    expected.every((each) => moments.some(({ wrong }) => wrong.some((one) => each.test(one))))
  const { moments } = await watch(180, isFound)
  const found = moments.flatMap(({ wrong }) => wrong)
  for (const each of expected) expect(found).toContainEqual(expect.stringMatching(each))
}, 240_000)
