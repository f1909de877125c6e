/** A village's television in the gallery, and what a viewer with a remote does to it. */
import type { Page } from 'playwright-core'
import type { Texts } from './texts.ts'
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

/** Texts whose letters are smaller than so many ninetieths of the height. */
export const smallOnTelevision = ({ all, height }: Texts, floor: number): readonly string[] =>
  all
    .filter(({ size }) => size < (height / 90) * floor - 0.01)
    .map(({ text, size }) => `${size}px: ${text}`)

/** Texts that leave the safe area: a twentieth of the picture at each edge. */
export const unsafe = ({ all, width, height }: Texts): readonly string[] =>
  all
    .filter(({ lines, face }) =>
      lines.some(({ left, right, top, bottom }) => {
        // Of a figure's height its digits take four fifths.
        const air = face.includes('Barlow') ? (bottom - top) * 0.1 : 0
        return (
          left < width * 0.05 - 1 ||
          right > width * 0.95 + 1 ||
          top + air < height * 0.05 - 1 ||
          bottom - air > height * 0.95 + 1
        )
      }),
    )
    .map(({ text }) => text)
