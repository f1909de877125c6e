/** One canvas of flags with its painter: in a worker where the browser can, else on the page. */
import { createPainter, type Order } from './flag-painter.ts'
import type { Brush } from './flag-mark.ts'

export type FlagCanvas = {
  readonly element: HTMLCanvasElement
  obey(order: Order): void
  dispose(): void
}

function brushOf(surface: HTMLCanvasElement | OffscreenCanvas): Brush {
  const g = (surface as HTMLCanvasElement).getContext('2d')
  if (!g) throw new Error('No 2D canvas in this browser')
  return g
}

/** Kept for the next scene with a map: it may come while there is no relay to load a worker from. */
const resting: Worker[] = []

/** `inWorker` is a wish: without OffscreenCanvas or workers the page paints. */
export function createFlagCanvas(element: HTMLCanvasElement, inWorker: boolean): FlagCanvas {
  if (inWorker && typeof Worker === 'function' && 'transferControlToOffscreen' in element) {
    const worker =
      resting.pop() ?? new Worker(new URL('./flag-worker.ts', import.meta.url), { type: 'module' })
    const canvas = element.transferControlToOffscreen()
    worker.postMessage({ canvas }, [canvas])
    return {
      element,
      obey: (order) => worker.postMessage(order),
      dispose() {
        worker.postMessage({ canvas: null })
        resting.push(worker)
      },
    }
  }
  const painter = createPainter(element, {
    context: brushOf,
    sheet(width, height) {
      const sheet = document.createElement('canvas')
      sheet.width = width
      sheet.height = height
      return sheet
    },
    now: () => performance.now(),
    nextFrame: (run) => void requestAnimationFrame(run),
    later(ms, run) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  return { element, obey: painter.obey, dispose: painter.dispose }
}
