/** Keeps every text of a wall off the seams between its panels: looks once a second, and when a scene has come or draws itself unseen. */
import { useLayoutEffect, type RefObject } from 'react'
import { crosses, stepAside, type Letters, type Piece, type Seams } from '../kiosk/seams.ts'

/** Rows come and figures grow at any time. */
const lookMs = 1_000

interface Point {
  readonly left: number
  readonly top: number
}

interface Carrier {
  readonly element: HTMLElement | SVGElement
  readonly texts: Text[]
}

/** `u`: px of a unit; `scene`: the uppermost, seen or not. Null where a wall has no seams. */
export function useSeams(
  frame: RefObject<HTMLElement | null>,
  seams: Seams | null,
  u: number,
  scene: string,
): void {
  useLayoutEffect(
    function keepOffSeams() {
      const wall = frame.current
      if (wall === null || seams === null) return
      // Not in the same frame: a chart or a map that has just come has not drawn its words yet.
      const look = () => layOut(wall, seams, u)
      const handle = requestAnimationFrame(look)
      const timer = setInterval(() => {
        // Nothing jumps in a scene that is fading in, and its frames come in time.
        if (wall.querySelector('[data-layer] + [data-layer]:not([aria-hidden])') === null) look()
      }, lookMs)
      return () => {
        cancelAnimationFrame(handle)
        clearInterval(timer)
      }
    },
    [frame, seams, u, scene],
  )
}

const stepped = new Set<HTMLElement | SVGElement>()

function layOut(wall: HTMLElement, seams: Seams, u: number): void {
  // What another scene covers goes as it stands: the texts of the two make no room for each other.
  const leaving = wall.querySelector('[data-layer]:has(+ [data-layer])')
  for (const element of stepped) {
    if (leaving?.contains(element)) continue
    element.style.translate = ''
    stepped.delete(element)
  }
  const origin = placeOf(wall)
  const carriers = carriersIn(wall, leaving)
  const pieces = carriers.map((carrier) => pieceOf(carrier, origin, u, seams))
  const shifts = stepAside(pieces, seams)
  const shiftOf = new Map(carriers.map(({ element }, index) => [element as Element, shifts[index]]))
  for (const { element } of carriers) {
    const around = carrierAround(element, shiftOf)
    const [own, by] = [shiftOf.get(element), around === null ? undefined : shiftOf.get(around)]
    const [dx, dy] = [(own?.dx ?? 0) - (by?.dx ?? 0), (own?.dy ?? 0) - (by?.dy ?? 0)]
    if (dx === 0 && dy === 0) continue
    const styled = getComputedStyle(element).translate
    const [x = '0px', y = '0px'] = styled === 'none' ? [] : styled.split(' ')
    element.style.translate = `calc(${x} + ${dx * u}px) calc(${y} + ${dy * u}px)`
    stepped.add(element)
  }
}

/** Where the wall stands between its panels: the orbit moves it, and no seam with it. */
function placeOf(wall: HTMLElement): Point {
  const { left, top } = wall.getBoundingClientRect()
  const [x = 0, y = 0] = getComputedStyle(wall).translate.split(' ').map(Number.parseFloat)
  return { left: left - (x || 0), top: top - (y || 0) }
}

/** What moves takes along what stands in it. */
function carrierAround(element: Element, carriers: ReadonlyMap<Element, unknown>): Element | null {
  for (let up = element.parentElement; up !== null; up = up.parentElement)
    if (carriers.has(up)) return up
  return null
}

/** Texts by the nearest element around them that can be moved by itself: an inline one can't. */
function carriersIn(wall: HTMLElement, leaving: Element | null): readonly Carrier[] {
  const found = new Map<Element, Carrier>()
  const walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent === null || node.textContent?.trim() === '' || leaving?.contains(parent)) continue
    let element: Element = parent.closest('.digits') ?? parent
    while (getComputedStyle(element).display === 'inline' && !(element instanceof SVGElement))
      element = element.parentElement ?? wall
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) continue
    const carrier = found.get(element) ?? { element, texts: [] }
    carrier.texts.push(node as Text)
    found.set(element, carrier)
  }
  return [...found.values()]
}

function pieceOf({ element, texts }: Carrier, origin: Point, u: number, seams: Seams): Piece {
  const inU = (rect: DOMRect, size: number): Letters => {
    // Letters fill the font size in the middle of a line box that may be taller.
    const middle = (rect.top + rect.bottom) / 2
    const half = Math.min(rect.height, size) * 0.45
    return {
      left: (rect.left - origin.left) / u,
      right: (rect.right - origin.left) / u,
      top: (middle - half - origin.top) / u,
      bottom: (middle + half - origin.top) / u,
    }
  }
  if (element.classList.contains('seal'))
    return { lines: [inU(element.getBoundingClientRect(), Infinity)], gaps: [] }
  if (element.classList.contains('digits')) {
    const [, ...further] = element.querySelectorAll('.digit')
    const gaps = further.map((each) => (each.getBoundingClientRect().left - origin.left) / u)
    return { lines: [inU(element.getBoundingClientRect(), Infinity)], gaps }
  }
  const range = document.createRange()
  const lines = texts.flatMap((text) => {
    range.selectNodeContents(text)
    const size = Number.parseFloat(getComputedStyle(text.parentElement ?? element).fontSize)
    return [...range.getClientRects()].map((rect) => inU(rect, size))
  })
  if (!crosses({ lines }, { x: seams.x, y: [] })) return { lines, gaps: [] }
  const gaps = texts.flatMap((text) =>
    Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => {
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      const before = range.getBoundingClientRect()
      range.setStart(text, at + 1)
      range.setEnd(text, at + 2)
      const after = range.getBoundingClientRect()
      // What follows a letter with tracking belongs to its box.
      const tracking = Number.parseFloat(getComputedStyle(element).letterSpacing) || 0
      return after.top > before.bottom ? NaN : (after.left - tracking / 2 - origin.left) / u
    }),
  )
  return { lines, gaps: gaps.filter((gap) => !Number.isNaN(gap)) }
}
