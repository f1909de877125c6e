/** What is on a wall at a moment, as its page can say it: runs within the page. */
import type { Page } from 'playwright-core'
import { crowded, cutOff, textsOf } from '../support/texts.ts'
import { bannered, liveLooking } from '../support/wall.ts'
import { modules, type Module } from './modules.ts'

export interface Seen extends Module {
  /** That can be read in its panel. */
  readonly letters: number
  /** Of each drawing the share of it that is painted, of an SVG 1 where it has a shape that is seen. */
  readonly painted: readonly number[]
  /** A sentence stands where figures would: what is so, and what happens next. */
  readonly isSaid: boolean
  /** In px of the screen; null where it is not to be seen. */
  readonly box: readonly [x: number, y: number, width: number, height: number] | null
}

interface Video {
  readonly source: string
  /** What the tile says of its picture. */
  readonly state: string
  /** Seconds that it has played. */
  readonly at: number
  readonly isBlack: boolean
}

export interface Sight {
  readonly scene: string
  /** Scenes that lie over each other. */
  readonly layers: number
  readonly trust: string
  readonly hasBanner: boolean
  /** HH:MM:SS of the header, or HH:MM of the night. */
  readonly clock: string
  readonly why: string
  readonly modules: readonly Seen[]
  readonly videos: readonly Video[]
  readonly fences: readonly string[]
  /** Texts that are no words of the wall: NaN, undefined. */
  readonly strange: readonly string[]
  /** The longest time between two frames since the last look, ms. */
  readonly longestMs: number
  readonly crowded: readonly string[]
  readonly cut: readonly string[]
  /** Figures that look live, whether they are or not. */
  readonly liveLooking: readonly string[]
  /** What lies beneath the banner. */
  readonly bannered: readonly string[]
}

/** Counts frames from when the page is loaded. */
export function watchFrames(): void {
  const room = window as unknown as { longestMs: number }
  room.longestMs = 0
  let before = performance.now()
  requestAnimationFrame(function count() {
    const at = performance.now()
    room.longestMs = Math.max(room.longestMs, at - before)
    before = at
    requestAnimationFrame(count)
  })
}

type Plain = Omit<Sight, 'crowded' | 'cut' | 'liveLooking' | 'bannered'>

function look(all: Readonly<Record<string, readonly Module[]>>): Plain {
  const wall = document.querySelector<HTMLElement>('[data-testid=wall]')
  const on = [...document.querySelectorAll<HTMLElement>('[data-layer]')].at(-1)
  const scene = wall?.dataset['scene'] ?? ''
  const isSeen = (element: Element): boolean => {
    const { width, height, left, top } = element.getBoundingClientRect()
    return (
      width > 1 &&
      height > 1 &&
      left < innerWidth &&
      top < innerHeight &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    )
  }
  const textsIn = (root: Element): readonly string[] => {
    const texts: string[] = []
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent?.trim() ?? ''
      if (text !== '' && element !== null && isSeen(element)) texts.push(text)
    }
    return texts
  }
  const probe = document.createElement('canvas')
  probe.width = 64
  probe.height = 64
  const pen = probe.getContext('2d', { willReadFrequently: true })
  const pixelsOf = (picture: HTMLCanvasElement | HTMLVideoElement): Uint8ClampedArray => {
    if (pen === null) return new Uint8ClampedArray()
    pen.clearRect(0, 0, 64, 64)
    pen.drawImage(picture, 0, 0, 64, 64)
    return pen.getImageData(0, 0, 64, 64).data
  }
  const share = (data: Uint8ClampedArray, isLit: (at: number) => boolean): number => {
    let lit = 0
    for (let at = 0; at < data.length; at += 4) if (isLit(at)) lit += 1
    return lit / Math.max(1, data.length / 4)
  }
  const paintedOf = (drawing: Element): number => {
    if (!isSeen(drawing)) return 0
    if (drawing instanceof HTMLCanvasElement) {
      if (drawing.width === 0 || drawing.height === 0) return 0
      const data = pixelsOf(drawing)
      return share(data, (at) => (data[at + 3] ?? 0) > 8)
    }
    const shapes = [...drawing.querySelectorAll('path, rect, circle, line, polyline, polygon')]
    const isShown = (shape: Element): boolean => {
      const { width, height } = shape.getBoundingClientRect()
      return width + height > 4 && shape.checkVisibility({ visibilityProperty: true })
    }
    return shapes.some(isShown) ? 1 : 0
  }
  const seen = (module: Module): Seen => {
    const found = on === undefined ? [] : [...on.querySelectorAll(module.at)]
    const [first] = found
    const panel = on?.querySelector(module.at.split(' ')[0] ?? '')
    const { x, y, width, height } = first?.getBoundingClientRect() ?? new DOMRect()
    return {
      ...module,
      letters: panel ? textsIn(panel).join('').length : 0,
      painted: module.is === 'drawn' ? found.map(paintedOf) : [],
      isSaid: panel?.querySelector('.sentence') instanceof Element,
      box: first !== undefined && isSeen(first) ? [x, y, width, height] : null,
    }
  }
  const videos = on === undefined ? [] : [...on.querySelectorAll<HTMLElement>('[data-testid=tile]')]
  const room = window as unknown as { longestMs: number }
  const longestMs = room.longestMs
  room.longestMs = 0
  const clock =
    document.querySelector<HTMLElement>('[data-testid=clock]')?.dataset['time'] ??
    document.querySelector('.night-time')?.textContent ??
    ''
  return {
    scene,
    layers: document.querySelectorAll('[data-layer]').length,
    trust: wall?.dataset['trust'] ?? '',
    hasBanner: document.querySelector('[data-testid=banner]') !== null,
    clock,
    why: document.querySelector('[data-testid=why]')?.textContent ?? '',
    modules: (all[scene] ?? []).map(seen),
    videos: videos.flatMap((tile) => {
      const video = tile.querySelector('video')
      if (video === null) return []
      const { source = '', state = '' } = tile.dataset
      const data = state === 'live' ? pixelsOf(video) : new Uint8ClampedArray()
      const lit = share(data, (at) => (data[at] ?? 0) + (data[at + 1] ?? 0) > 24)
      return [{ source, state, at: video.currentTime, isBlack: state === 'live' && lit < 0.05 }]
    }),
    fences: [...document.querySelectorAll('.fence')].map((each) => each.textContent ?? ''),
    strange: textsIn(document.body).filter((text) =>
      /NaN|undefined|\bnull\b|Infinity|\[object|Invalid/.test(text),
    ),
    longestMs,
  }
}

export async function sightOf(page: Page): Promise<Sight> {
  const seen = await page.evaluate(look, modules)
  const texts = await textsOf(page)
  return {
    ...seen,
    crowded: crowded(texts),
    cut: cutOff(texts),
    liveLooking: await page.evaluate(liveLooking),
    bannered: await page.evaluate(bannered),
  }
}
