/**
 * Paints marks on one canvas, in a worker or on the page. Only what changed is
 * redrawn: each change dirties its own rectangle, and nothing runs while nothing moves.
 */
import {
  drawEvent,
  drawLook,
  flagHeight,
  isHolding,
  moments,
  rankOf,
  reach,
  reducedFadeMs,
  type Brush,
  type Look,
  type Mark,
} from './flag-mark.ts'

type Surface = HTMLCanvasElement | OffscreenCanvas
/** All in CSS px but `ratio`; the origin is where the marks' 0, 0 lies on the canvas. */
export type View = {
  readonly width: number
  readonly height: number
  readonly originX: number
  readonly originY: number
  readonly u: number
  /** Height of a branch flag. */
  readonly unit: number
  /** Device px per CSS px. */
  readonly ratio: number
  readonly cloth: string
}

export type Order =
  | { readonly do: 'view'; readonly view: View }
  | { readonly do: 'marks'; readonly put: readonly Mark[]; readonly gone: readonly string[] }
  | {
      readonly do: 'celebrate'
      readonly id: string
      readonly delayMs: number
      readonly reduced: boolean
    }
  | { readonly do: 'unknown'; readonly on: boolean }

export type Ports = {
  context(surface: Surface): Brush
  sheet(width: number, height: number): Surface
  now(): number
  nextFrame(run: () => void): void
  /** Returns how to cancel. */
  later(ms: number, run: () => void): () => void
}

export type Painter = {
  obey(order: Order): void
  dispose(): void
  /** For tests and the bench: how many sprites the last frame stamped. */
  readonly stamped: () => number
}

type Box = { x0: number; y0: number; x1: number; y1: number }
type Sprite = { sheet: Surface; left: number; up: number }
type Celebration = { at: number; reduced: boolean }

const boxOf = (m: Mark, height = m.height): Box => ({
  x0: m.x - height * reach.left - 2,
  y0: m.y - height * reach.up - 2,
  x1: m.x + height * reach.right + 2,
  y1: m.y + height * reach.down + 2,
})
const meet = (a: Box, b: Box) => a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1

/** Beyond this many dirty boxes one full redraw is cheaper. */
const manyBoxes = 60

export function createPainter(surface: Surface, ports: Ports): Painter {
  const g = ports.context(surface)
  const marks = new Map<string, Mark>()
  const sprites = new Map<string, Sprite>()
  const events = new Map<string, Celebration>()
  const timers = new Set<() => void>()
  let view: View = {
    width: 0,
    height: 0,
    originX: 0,
    originY: 0,
    u: 8,
    unit: 11,
    ratio: 1,
    cloth: '#F03428',
  }
  let ordered: Mark[] | null = null
  let dirty: Box[] = []
  let all = false
  let due = false
  let gone = false
  let unknown = false
  let stamped = 0

  const shown = (m: Mark): Mark => (unknown ? { ...m, look: 'unknown', height: view.unit } : m)
  const eventHeight = () => flagHeight.event * view.u

  function bake(look: Look, height: number): Sprite {
    const key = `${look} ${height.toFixed(2)}`
    const known = sprites.get(key)
    if (known) return known
    const reachOf = Math.max(height, view.unit)
    const left = Math.ceil(reachOf * reach.left + 2)
    const up = Math.ceil(reachOf * reach.up + 2)
    const width = left + Math.ceil(reachOf * reach.right + 2)
    const tall = up + Math.ceil(reachOf * reach.down + 2)
    const sheet = ports.sheet(Math.ceil(width * view.ratio), Math.ceil(tall * view.ratio))
    const brush = ports.context(sheet)
    brush.scale(view.ratio, view.ratio)
    brush.translate(left, up)
    drawLook(brush, look, height, view.unit, view.cloth)
    const sprite = { sheet, left, up }
    sprites.set(key, sprite)
    return sprite
  }

  function schedule(): void {
    if (due || gone) return
    due = true
    ports.nextFrame(frame)
  }

  function soil(m: Mark, height?: number): void {
    dirty.push(boxOf(m, height ?? Math.max(m.height, view.unit)))
    schedule()
  }

  /** A little late on purpose: a timer that fires early would find nothing moving and never ask again. */
  function wake(ms: number): void {
    const cancel = ports.later(ms + 20, () => {
      timers.delete(cancel)
      schedule()
    })
    timers.add(cancel)
  }

  function stamp(m: Mark): void {
    const sprite = bake(m.look, m.height)
    // Whole device pixels keep poles sharp.
    const x = Math.round((m.x - sprite.left) * view.ratio) / view.ratio
    const y = Math.round((m.y - sprite.up) * view.ratio) / view.ratio
    g.drawImage(
      sprite.sheet,
      x,
      y,
      sprite.sheet.width / view.ratio,
      sprite.sheet.height / view.ratio,
    )
    stamped++
  }

  /** What an event hides of the resting flag, and what it draws instead. */
  function celebrate(now: number): { hidden: Set<string>; draw: (() => void)[]; moving: boolean } {
    const hidden = new Set<string>()
    const draw: (() => void)[] = []
    let moving = false
    for (const [id, event] of events) {
      const m = marks.get(id)
      const t = now - event.at
      const end = event.reduced ? reducedFadeMs : moments.settle[1]!
      if (!m || t >= end) {
        events.delete(id)
        if (m) dirty.push(boxOf(m, eventHeight()))
        continue
      }
      if (unknown || t < 0) continue
      if (event.reduced) {
        moving = true
        hidden.add(id)
        dirty.push(boxOf(m, Math.max(m.height, view.unit)))
        draw.push(() => {
          g.globalAlpha = Math.max(0, t / reducedFadeMs)
          stamp(m)
          g.globalAlpha = 1
        })
        continue
      }
      if (t < moments.pole[0]!) continue
      hidden.add(id)
      if (!isHolding(t)) {
        moving = true
        dirty.push(boxOf(m, eventHeight()))
      }
      draw.push(() => {
        g.save()
        g.translate(m.x, m.y)
        drawEvent(g, t, eventHeight(), m.height, view.unit)
        g.restore()
      })
    }
    return { hidden, draw, moving }
  }

  function frame(): void {
    due = false
    if (gone || view.width === 0) return
    stamped = 0
    const { hidden, draw, moving } = celebrate(ports.now())
    ordered ??= [...marks.values()].sort(
      (a, b) =>
        rankOf(a.look) - rankOf(b.look) ||
        a.height - b.height ||
        a.y - b.y ||
        (a.id < b.id ? -1 : 1),
    )
    const whole = all || dirty.length > manyBoxes
    if (!whole && dirty.length === 0) return
    g.setTransform(view.ratio, 0, 0, view.ratio, 0, 0)
    g.save()
    if (whole) {
      g.clearRect(0, 0, view.width, view.height)
    } else {
      g.translate(view.originX, view.originY)
      g.beginPath()
      for (const b of dirty) {
        const x0 = Math.floor(b.x0)
        const y0 = Math.floor(b.y0)
        g.rect(x0, y0, Math.ceil(b.x1) - x0, Math.ceil(b.y1) - y0)
      }
      g.clip()
      g.clearRect(-view.originX, -view.originY, view.width, view.height)
      g.translate(-view.originX, -view.originY)
    }
    g.translate(view.originX, view.originY)
    const boxes = dirty
    for (const m of ordered) {
      if (hidden.has(m.id)) continue
      if (!whole) {
        const box = boxOf(m, Math.max(m.height, view.unit))
        if (!boxes.some((b) => meet(b, box))) continue
      }
      stamp(shown(m))
    }
    for (const run of draw) run()
    g.restore()
    dirty = []
    all = false
    if (moving) schedule()
  }

  return {
    obey(order) {
      switch (order.do) {
        case 'view':
          view = order.view
          surface.width = Math.max(1, Math.round(view.width * view.ratio))
          surface.height = Math.max(1, Math.round(view.height * view.ratio))
          sprites.clear()
          all = true
          schedule()
          return
        case 'marks':
          for (const id of order.gone) {
            const before = marks.get(id)
            if (before) soil(before)
            marks.delete(id)
          }
          for (const m of order.put) {
            const before = marks.get(m.id)
            if (before) soil(before)
            marks.set(m.id, m)
            soil(m)
          }
          ordered = null
          return
        case 'celebrate': {
          if (!marks.has(order.id)) return
          events.set(order.id, { at: ports.now() + order.delayMs, reduced: order.reduced })
          if (order.reduced) wake(order.delayMs)
          else
            for (const moment of [moments.pole[0]!, moments.settle[0]!])
              wake(order.delayMs + moment)
          return
        }
        case 'unknown':
          if (unknown === order.on) return
          unknown = order.on
          all = true
          schedule()
          return
      }
    },
    stamped: () => stamped,
    dispose() {
      gone = true
      for (const cancel of timers) cancel()
      timers.clear()
      sprites.clear()
      marks.clear()
    },
  }
}
