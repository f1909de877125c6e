/** A Chromium in front of a relay's wall, and what a person there would see of it. */
import { existsSync } from 'node:fs'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'

export async function openBrowser(): Promise<Browser> {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) =>
    existsSync(path),
  )
  if (executablePath === undefined) throw new Error('No Chromium: run "bash .ci/install --tests".')
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
}

/** Opens a page whose console errors are added to `complaints`. */
export async function openPage(
  browser: Browser,
  [width, height]: readonly [number, number],
  complaints: string[] = [],
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height } })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return page
}

/** Fonts are there, and rows stand where they were going; what goes on for ever is not waited for. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const ending = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map((each) => each.finished))
  })
}

/** The value that a counter shows. */
export async function shown(page: Page, testid: string): Promise<number> {
  return Number(await page.getByTestId(testid).first().getAttribute('data-value'))
}

/** Red of a flag's cloth: at rest, and of one that was active today. */
export const cloth = { any: [200, 256, 0, 110, 0, 100], hot: [249, 256, 84, 97, 69, 82] } as const

/** How many pixels of an element lie within [red, green, blue] from … to. */
export async function pixels(
  page: Page,
  element: Locator,
  range: readonly [number, number, number, number, number, number] = cloth.any,
): Promise<number> {
  const clip = await element.boundingBox()
  if (clip === null) throw new Error('the element has no box')
  const shot = await page.screenshot({ clip })
  return page.evaluate(
    async ({ base64, range: [r0, r1, g0, g1, b0, b1] }) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
      if (context === null) return 0
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      const within = (value = 0, from: number, to: number) => value >= from && value < to
      let count = 0
      for (let at = 0; at < data.length; at += 4)
        if (
          within(data[at], r0, r1) &&
          within(data[at + 1], g0, g1) &&
          within(data[at + 2], b0, b1)
        )
          count += 1
      return count
    },
    { base64: shot.toString('base64'), range },
  )
}

/** Figures in the body of the wall that are brighter than text-lo and are no warning's; ages say how old they are. */
export function liveLooking(): readonly string[] {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const value = Number(part) / 255
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const textLo = luminance('rgb(134, 147, 164)')
  const warnings = ['rgb(255, 225, 77)', 'rgb(255, 129, 38)']
  const found: string[] = []
  const bodies = [...document.querySelectorAll('.body, .flanks')]
  for (const body of bodies) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement
      const text = node.textContent ?? ''
      if (element === null || !/\d/.test(text) || element.closest('.age, bdi, style') !== null)
        continue
      const style = getComputedStyle(element)
      // Figures are set in a face of their own; what is set like words is a name, a date or a scale.
      if (!style.fontFamily.includes('Barlow') || warnings.includes(style.color)) continue
      if (luminance(style.color) > textLo + 0.001) found.push(`${element.className}: ${text}`)
    }
  }
  return found
}

/** What the banner of a lost relay lies over. */
export function bannered(): readonly string[] {
  const banner = document.querySelector('.banner')?.getBoundingClientRect()
  if (banner === undefined) return ['no banner']
  return [...document.querySelectorAll('.body *, .flanks *')]
    .filter((each) =>
      [...each.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== '',
      ),
    )
    .filter((each) => {
      const { top, bottom, width } = each.getBoundingClientRect()
      return width > 0 && top < banner.bottom - 1 && bottom > banner.top + 1
    })
    .map((each) => each.textContent ?? '')
}

/** Letters that a seam between panels cuts, of a wall of so many columns and rows of panels that has the whole screen. */
export function cutLetters([columns, rows]: readonly [number, number]): readonly string[] {
  const seams = (count: number, length: number) =>
    Array.from({ length: count - 1 }, (_, at) => ((at + 1) * length) / count)
  const [xs, ys] = [seams(columns, innerWidth), seams(rows, innerHeight)]
  const found: string[] = []
  for (const digit of document.querySelectorAll('.digits .digit')) {
    if (digit.closest('[inert], [aria-hidden=true]') !== null) continue
    const { left, right, top, bottom } = digit.getBoundingClientRect()
    const middle = (top + bottom) / 2
    const half = Number.parseFloat(getComputedStyle(digit).fontSize) * 0.36
    const isCut =
      xs.some((x) => x > left + 1 && x < right - 1) ||
      ys.some((y) => y > middle - half && y < middle + half)
    const value = digit.closest('.digits')?.getAttribute('data-value')
    if (isCut) found.push(`${value} at ${Math.round(left)}, ${Math.round(middle)}`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent ?? ''
    const element = node.parentElement
    if (text.trim() === '' || element === null) continue
    if (element.closest('script, style, .digits, [inert], [aria-hidden=true]') !== null) continue
    const style = getComputedStyle(element)
    if (style.visibility === 'hidden' || Number(style.opacity) === 0) continue
    const range = document.createRange()
    for (const [at, letter] of [...text].entries()) {
      if (letter.trim() === '' || at >= text.length) continue
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const { left, right: end, top, bottom } = range.getBoundingClientRect()
      // What follows a letter with tracking belongs to its box.
      const right = end - (Number.parseFloat(style.letterSpacing) || 0)
      const middle = (top + bottom) / 2
      const half = Math.min(bottom - top, Number.parseFloat(style.fontSize)) * 0.4
      const doesCut =
        xs.some((x) => x > left + 1 && x < right - 1) ||
        ys.some((y) => y > middle - half && y < middle + half)
      if (doesCut) {
        found.push(`${text} at ${Math.round(left)}, ${Math.round(middle)}: ${letter}`)
        break
      }
    }
  }
  return found
}
