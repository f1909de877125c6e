/** How well the texts and marks of a picture stand out from what is drawn behind them, by WCAG's measure. */
import type { Page } from 'playwright-core'
import type { Texts } from '../support/texts.ts'
import { lightOf, type Picture } from './look.ts'

const contrast = (one: number, two: number): number =>
  (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)

/** Shows the page without its letters, until the function that it answers is called. */
export async function withoutLetters(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { -webkit-text-fill-color: transparent !important } svg :is(text, tspan) { fill: transparent !important }',
    )
    document.adoptedStyleSheets = [sheet]
  })
  return () =>
    page.evaluate(() => {
      document.adoptedStyleSheets = []
    })
}

/** Share of the ground under a text that may be nearer to it: the edge of a mark, a hairline. */
const tolerated = 0.1
/** Of the px of a ground every second, and of its rows. */
const every = 2

/** Texts that have less than `least` : 1 to what is behind them; `ground` is the picture without letters, a px of it one of the page. */
export function faint({ all }: Texts, ground: Picture, least: number): readonly string[] {
  const { width, height, data } = ground
  return all.flatMap(({ text, lines, color: [r = 0, g = 0, b = 0, alpha = 255] }) => {
    let [pixels, near, nearest] = [0, 0, Infinity]
    for (const { left, right, top, bottom } of lines)
      for (let y = Math.max(0, Math.ceil(top)); y < Math.min(height, bottom); y += every)
        for (let x = Math.max(0, Math.ceil(left)); x < Math.min(width, right); x += every) {
          const at = (y * width + x) * 4
          const [br, bg, bb] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0]
          const over = (level: number, behind: number) =>
            Math.round(behind + ((level - behind) * alpha) / 255)
          const between = contrast(
            lightOf(over(r, br), over(g, bg), over(b, bb)),
            lightOf(br, bg, bb),
          )
          pixels += 1
          if (between >= least) continue
          near += 1
          nearest = Math.min(nearest, between)
        }
    return near > pixels * tolerated
      ? [`${text}: ${nearest.toFixed(1)} : 1 behind ${((near / pixels) * 100).toFixed(0)} % of it`]
      : []
  })
}

/** Tokens that are grounds, or lines that only divide: what they paint means nothing by itself. */
const grounds = [
  'canvas',
  'night',
  'panel',
  'tile',
  'land',
  'land-hot',
  'row-line',
  'row-hot',
  'divider',
  'header',
  'header-track',
  'gold-line',
  'banner-stale',
]

/** Shapes and small fills that have less than `least` : 1 to the canvas. Flags and charts are on canvases, which the theme's test holds. */
export async function dimMarks(page: Page, least: number): Promise<readonly string[]> {
  const { marks, plain, canvas } = await page.evaluate((names) => {
    const theme = getComputedStyle(document.documentElement)
    const u = Number.parseFloat(theme.getPropertyValue('--u'))
    const probe = document.body.appendChild(document.createElement('i'))
    const levelsOf = (color: string): number[] => {
      const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
      // What was mixed is told in shares.
      const of = color.startsWith('color(') ? 255 : 1
      return color === 'none' ? [0, 0, 0, 0] : [r * of, g * of, b * of, a]
    }
    const ofToken = (name: string) => {
      probe.style.color = `var(--c-${name})`
      return levelsOf(getComputedStyle(probe).color).slice(0, 3).join()
    }
    const plain = names.map(ofToken)
    const canvas = ofToken('canvas').split(',').map(Number)
    probe.remove()
    const marks: { readonly name: string; readonly paints: readonly number[][] }[] = []
    // Lines of axes and the layers of the map only lie under what is meant.
    const shapes = document.querySelectorAll(
      '.wall *:not(.leaflet-container *, .scale, .columns-foot)',
    )
    for (const each of shapes) {
      const { width, height } = each.getBoundingClientRect()
      const style = getComputedStyle(each)
      if (width === 0 || height === 0 || style.visibility === 'hidden') continue
      const paints: string[] = []
      if (each instanceof SVGGeometryElement) paints.push(style.fill, style.stroke)
      else if (each instanceof HTMLElement && (width < u * 15 || height < u * 3.75)) {
        paints.push(style.backgroundColor)
        if (style.borderTopWidth !== '0px') paints.push(style.borderTopColor)
        if (style.boxShadow !== 'none') paints.push(style.boxShadow.split(')')[0] ?? '')
      }
      let opacity = 1
      for (let up: Element | null = each; up !== null; up = up.parentElement)
        opacity *= Number(getComputedStyle(up).opacity)
      marks.push({
        name: `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''}`,
        paints: paints
          .map(levelsOf)
          .filter(([, , , alpha = 0]) => alpha * opacity > 0)
          .map(([r = 0, g = 0, b = 0, alpha = 0]) => [r, g, b, alpha * opacity]),
      })
    }
    return { marks, plain, canvas }
  }, grounds)
  const behind = lightOf(canvas[0] ?? 0, canvas[1] ?? 0, canvas[2] ?? 0)
  const found = marks.flatMap(({ name, paints }) => {
    const meant = paints.filter((paint) => !plain.includes(paint.slice(0, 3).join()))
    if (meant.length === 0) return []
    const best = Math.max(
      ...meant.map((levels) => {
        const [r = 0, g = 0, b = 0] = levels
          .slice(0, 3)
          .map((level, at) =>
            Math.round((canvas[at] ?? 0) + (level - (canvas[at] ?? 0)) * (levels[3] ?? 0)),
          )
        return contrast(lightOf(r, g, b), behind)
      }),
    )
    return best < least ? [`${name}: ${best.toFixed(1)} : 1`] : []
  })
  return [...new Set(found)]
}
