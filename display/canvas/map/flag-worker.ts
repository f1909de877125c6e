/** The flag canvas off the page's thread: a shell around the same painter. */
import { createPainter, type Order, type Painter } from './flag-painter.ts'

/** A canvas to paint on until the next; null lets go of it. */
export type Letter = { readonly canvas: OffscreenCanvas | null } | Order

/** The few members of a worker's scope used here; the DOM library types only the window. */
type Scope = {
  onmessage: ((event: MessageEvent<Letter>) => void) | null
  requestAnimationFrame?(run: () => void): number
}
const scope = self as unknown as Scope
let painter: Painter | null = null

const context = (surface: HTMLCanvasElement | OffscreenCanvas) => {
  const g = (surface as OffscreenCanvas).getContext('2d')
  if (!g) throw new Error('No 2D canvas in this worker')
  return g
}

scope.onmessage = function receive({ data }) {
  if ('canvas' in data) {
    painter?.dispose()
    painter = null
    if (data.canvas === null) return
    painter = createPainter(data.canvas, {
      context,
      sheet: (width, height) => new OffscreenCanvas(width, height),
      now: () => performance.now(),
      nextFrame: (run) => {
        if (scope.requestAnimationFrame) scope.requestAnimationFrame(run)
        else setTimeout(run, 16)
      },
      later: (ms, run) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
    })
    return
  }
  painter?.obey(data)
}
