/** Every text that a page shows: where its letters stand, how large and in which colour; and what is wrong with them. */
import type { Page } from 'playwright-core'

/** CSS px of the window. */
export interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export interface Text {
  readonly text: string
  /** What is seen of the letters of each line. */
  readonly lines: readonly Box[]
  /** px that parents cut off the letters, at the side at which they cut most. */
  readonly cut: number
  /** What is cut ends in an ellipsis. */
  readonly isShortened: boolean
  /** px of its font. */
  readonly size: number
  /** Families, as in a style sheet. */
  readonly face: string
  /** Red, green, blue and alpha of 0 … 255. */
  readonly color: readonly number[]
}

export interface Texts {
  readonly all: readonly Text[]
  /** Of the window, px. */
  readonly width: number
  readonly height: number
  /** px of a unit of the wall. */
  readonly u: number
  /** Families that the theme has. */
  readonly faces: readonly string[]
}

/** A counter's rolling digits are one text. */
export function textsOf(page: Page): Promise<Texts> {
  return page.evaluate(() => {
    const theme = getComputedStyle(document.documentElement)
    const all: Text[] = []
    const read = (text: string, element: Element, rects: Iterable<DOMRect>) => {
      if (element.closest('script, style, [inert]') !== null) return
      const style = getComputedStyle(element)
      let opacity = style.visibility === 'hidden' ? 0 : 1
      const clips: DOMRect[] = []
      let isShortened: boolean | undefined
      for (let up: Element | null = element; up !== null; up = up.parentElement) {
        const { overflowX, textOverflow, opacity: own } = getComputedStyle(up)
        opacity *= Number(own)
        if (overflowX === 'visible') continue
        // A name stands in a link, and what cuts the link says so.
        isShortened ??= textOverflow === 'ellipsis'
        clips.push(up.getBoundingClientRect())
      }
      if (opacity === 0) return
      const size = Number.parseFloat(style.fontSize)
      let cut = 0
      const lines: Box[] = []
      for (const rect of rects) {
        // Letters fill the font size in the middle of a line box that may be taller.
        const middle = (rect.top + rect.bottom) / 2
        const half = Math.min(rect.height, size) * 0.45
        const whole = {
          left: rect.left,
          right: rect.right,
          top: middle - half,
          bottom: middle + half,
        }
        const box = { ...whole }
        for (const clip of clips) {
          box.left = Math.max(box.left, clip.left)
          box.right = Math.min(box.right, clip.right)
          box.top = Math.max(box.top, clip.top)
          box.bottom = Math.min(box.bottom, clip.bottom)
        }
        cut = Math.max(
          cut,
          box.left - whole.left,
          whole.right - box.right,
          box.top - whole.top,
          whole.bottom - box.bottom,
        )
        if (box.right > box.left && box.bottom > box.top) lines.push(box)
      }
      const paint = element instanceof SVGElement ? style.fill : style.color
      const [r = 0, g = 0, b = 0, a = 1] = (paint.match(/[\d.]+/g) ?? []).map(Number)
      all.push({
        text,
        lines,
        cut,
        isShortened: isShortened === true,
        size,
        face: style.fontFamily,
        color: [r, g, b, a * opacity * 255],
      })
    }
    for (const digits of document.querySelectorAll('.digits-run'))
      read(digits.textContent ?? '', digits, [digits.getBoundingClientRect()])
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (text === '' || element === null || element.closest('.digits-run') !== null) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      read(text, element, range.getClientRects())
    }
    return {
      all,
      width: innerWidth,
      height: innerHeight,
      u: Number.parseFloat(theme.getPropertyValue('--u')),
      faces: ['--f-sans', '--f-serif', '--f-display', '--f-table'].map((name) =>
        theme.getPropertyValue(name),
      ),
    }
  })
}

const seen = ({ all }: Texts): readonly Text[] => all.filter(({ lines }) => lines.length > 0)

/** Pairs of texts whose letters touch, and texts that leave the screen; what a parent clips does not count. */
export function crowded(texts: Texts): readonly string[] {
  const { width, height } = texts
  const boxes = seen(texts).flatMap((text) => text.lines.map((line) => ({ text, ...line })))
  const outside = boxes.filter(
    ({ left, right, top, bottom }) =>
      right > width + 1 || bottom > height + 1 || left < -1 || top < -1,
  )
  const touching: string[] = []
  const falling = boxes.toSorted((one, two) => one.top - two.top)
  for (const [at, one] of falling.entries())
    for (let next = at + 1; next < falling.length; next += 1) {
      const two = falling[next]
      if (two === undefined || two.top >= one.bottom - 1) break
      // A text that ends in an ellipsis has two boxes of its own.
      if (one.text === two.text) continue
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left)
      const high = Math.min(one.bottom, two.bottom) - two.top
      if (wide > 1 && high > 1) touching.push(`${one.text.text} × ${two.text.text}`)
    }
  return [...outside.map(({ text }) => `outside: ${text.text}`), ...touching]
}

/** Texts smaller than `floor` units. */
export function smallPrint(texts: Texts, floor: number): readonly string[] {
  return seen(texts).flatMap(({ text, size }) => {
    const units = size / texts.u
    return units < floor - 0.01 ? [`${units.toFixed(2)}u: ${text}`] : []
  })
}

/** Texts of which a part is missing with no ellipsis in its place. */
export function cutOff(texts: Texts): readonly string[] {
  return seen(texts).flatMap(({ text, cut, isShortened }) =>
    cut > 1 && !isShortened ? [`${text}: ${cut.toFixed(0)} px`] : [],
  )
}

/** Texts in a face that is none of the theme's, of which nobody knows whether it has every name's characters. */
export function strangeFaces({ all, faces }: Texts): readonly string[] {
  return all.flatMap(({ text, face }) => (faces.includes(face) ? [] : [`${text}: ${face}`]))
}
