/** A village's television in the gallery, and what a viewer with a remote does to it. */
import type { Page } from 'playwright-core'
import { settled } from './wall.ts'

export interface TelevisionPage {
  readonly page: string
  /** More of a route than its page. */
  readonly more?: Readonly<Record<string, string | number>>
}

/** Every page of display/tv/stack.ts. */
export const televisionPages: readonly TelevisionPage[] = [
  { page: 'home' },
  { page: 'sites' },
  { page: 'channel', more: { number: 5 } },
  { page: 'lessons' },
  { page: 'lesson', more: { id: 'meetings' } },
  { page: 'ranking' },
  { page: 'branch', more: { id: '431128101-1' } },
  { page: 'services' },
  { page: 'service', more: { id: 'item-1' } },
  { page: 'notices' },
  { page: 'notice', more: { id: 'flood' } },
  { page: 'radio', more: { id: 'evening' } },
  { page: 'townships' },
  { page: 'villages', more: { township: '431128101' } },
  { page: 'keys' },
]

/** One load for all pages of a state. */
export async function showTelevision(
  page: Page,
  url: string,
  { page: name, more }: TelevisionPage,
  state: string,
): Promise<void> {
  const gallery = `${url}/gallery?view=tv&state=${state}`
  // A page that is shown again is begun anew.
  await page.goto(`${gallery}#${name === 'home' ? 'lessons' : 'home'}`)
  await page.goto(`${gallery}#${encodeURIComponent(JSON.stringify({ page: name, ...more }))}`)
  await page.locator(`.tv[data-page=${name}]`).waitFor()
  await settled(page)
}

/** Where the focus is, of a question that lies over a page the question's; null where nothing has it. */
export const focusOf = (page: Page): Promise<string | null> =>
  page.evaluate(
    () => [...document.querySelectorAll('[data-focus]')].at(-1)?.getAttribute('data-spot') ?? null,
  )

export const pageOf = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.querySelector('.tv')?.getAttribute('data-page') ?? null)

/** Texts whose letters are smaller than so many px. */
export function smallLetters(least: number): readonly string[] {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (element === null || node.textContent?.trim() === '') continue
    if (element.closest('script, style') !== null) continue
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    if (size < least - 0.01) found.push(`${size}px: ${node.textContent}`)
  }
  return found
}

/** Texts that leave the safe area: a twentieth of the picture at each edge. */
export function unsafeTexts(): readonly string[] {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (element === null || node.textContent?.trim() === '') continue
    if (element.closest('script, style') !== null) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const clip = element.closest('.line')?.getBoundingClientRect()
      const end = clip === undefined ? right : Math.min(right, clip.right)
      // Hanzi fill the font size in the middle of a box that may be taller, figures three quarters of it.
      const { fontSize, fontFamily } = getComputedStyle(element)
      const middle = (top + bottom) / 2
      const half =
        Math.min(bottom - top, Number.parseFloat(fontSize)) *
        (fontFamily.includes('Barlow') ? 0.37 : 0.45)
      if (
        left < innerWidth * 0.05 - 1 ||
        end > innerWidth * 0.95 + 1 ||
        middle - half < innerHeight * 0.05 - 1 ||
        middle + half > innerHeight * 0.95 + 1
      )
        found.push(`${node.textContent}: ${[left, top, end, bottom].map(Math.round).join()}`)
    }
  }
  return found
}
