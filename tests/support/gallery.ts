/** Whole walls of the gallery, from fixtures whose clock stands: what is measured, read and compared of every scene. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { settled } from './wall.ts'

export interface GalleryWall {
  readonly name: string
  /** Of the address, after `?view=wall`. */
  readonly county?: string
  readonly hash: string
  /** What is there once it stands. */
  readonly ready: string
  /** Shows nothing of a board. */
  readonly isBare: boolean
}

const layer = (id: string) => `[data-layer="${id}"]`
/** What a scene that is about one thing is shown with. */
const subjects: Readonly<Record<string, string>> = { township: '/431128101' }
const sceneFile = (id: string) =>
  readFileSync(new URL(`../../display/scenes/${id}.ts`, import.meta.url), 'utf8')
/** Read, because what it imports is for a browser. */
const listed = sceneFile('all')
const [, countyScenes = '', provinceScenes = ''] =
  /^export const scenes\b.*? = \[(.*?)\].*?^export const provinceScenes\b.*? = \[(.*?)\]/ms.exec(
    listed,
  ) ?? []
const namesOf = (list: string): readonly string[] => list.match(/\w+/g) ?? []
const isBare = (id: string) => /^ {2}isBare: true/m.test(sceneFile(id))

/** Every scene of display/scenes/all.ts, the tiles of a prefecture, and the card of a branch. */
export const walls: readonly GalleryWall[] = [
  ...namesOf(countyScenes).map((id) => ({
    name: id,
    hash: `${id}${subjects[id] ?? ''}`,
    ready: id === 'overview' ? '.map-leader' : layer(id),
    isBare: isBare(id),
  })),
  ...namesOf(provinceScenes).map((id) => ({
    name: id === 'province' ? id : `province-${id}`,
    county: '530000',
    hash: id === 'province' ? 'overview' : id,
    ready: id === 'province' ? '[data-testid=tile]' : layer(id),
    isBare: isBare(id),
  })),
  {
    name: 'prefecture',
    county: '530100',
    hash: 'overview',
    ready: '[data-testid=tile]',
    isBare: false,
  },
  {
    name: 'card',
    hash: 'branch/431128101-1',
    ready: '[data-testid=branch-card] >> text=天地山村党支部',
    isBare: false,
  },
]

/** Nothing moves, no time passes and no camera answers; console errors are added to `complaints`. */
export async function openGallery(
  browser: Browser,
  [width, height]: readonly [number, number],
  complaints: string[] = [],
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' })
  await page.addInitScript(() => {
    const now = Date.now()
    Date.now = () => now
  })
  await page.routeWebSocket(/.*/, () => undefined)
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return page
}

/** `settings` as in a wall's address, such as `profile=led`. A page that is in the gallery already is not loaded again. */
export async function showWall(
  page: Page,
  url: string,
  { county, hash, ready }: GalleryWall,
  state: string,
  settings = '',
): Promise<void> {
  const query = new URLSearchParams(settings)
  query.set('view', 'wall')
  query.set('state', state)
  if (county !== undefined) query.set('county', county)
  const address = `${url}/gallery?${query}#/${hash}`
  if (page.url().startsWith(url)) {
    await page.evaluate((to) => {
      document.querySelector('#root > *')?.setAttribute('data-gone', '')
      history.pushState('anew', '', to)
      dispatchEvent(new PopStateEvent('popstate', { state: 'anew' }))
    }, address)
    await page.locator('[data-gone]').waitFor({ state: 'detached' })
  } else await page.goto(address)
  await page.locator(ready).first().waitFor({ state: 'attached' })
  await atRest(page)
}

/** Fonts are there, charts fill their places, and rows stand. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.study-curve, .study-day-curve')].every((place) => {
      const width = place.querySelector('canvas')?.clientWidth
      return width !== undefined && Math.abs(width - place.clientWidth) < 2
    }),
  )
  await settled(page)
}

/** Another size of the same page: it is laid out anew. */
export async function resizeWall(
  page: Page,
  [width, height]: readonly [number, number],
): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.waitForFunction(
    (u) => document.documentElement.style.getPropertyValue('--u') === `${u}px`,
    Math.min(height / 135, width / 240),
  )
  await atRest(page)
}
