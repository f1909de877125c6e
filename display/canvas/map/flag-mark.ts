/** What one flag shows and how it is drawn. The cloth is plain: no emblem, no text, never grey. */
import type { Row } from '../../../protocol/board.ts'
import tokens from '../../theme/tokens.json'

export type Look =
  'live' | 'active' | 'attention' | 'yellow' | 'orange' | 'red' | 'online' | 'offline' | 'unknown'

/** A mark on a canvas: `x`, `y` is the pole's foot and `height` the pole, all in CSS px. */
export type Mark = {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly look: Look
  readonly height: number
}

export type Brush = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/** Pole heights in u (4K px / 16). */
export const flagHeight = {
  branch: tokens.flagMark.height.branch / 16,
  active: tokens.flagMark.height.active / 16,
  committee: tokens.flagMark.height.committee / 16,
  event: tokens.flagMark.height.event / 16,
} as const

const c = tokens.color.lcd
const ink = {
  flag: c.flag.$value,
  hot: c.flagHot.$value,
  fold: c.flagFold.$value,
  pole: c.pole.$value,
  poleHot: c.goldHi.$value,
  ring: c.goldHi.$value,
  ripple: c.gold.$value,
  ground: c.canvas.$value,
  offline: c.offline.$value,
  attention: c.warn1.$value,
  yellow: c.warn2.$value,
  orange: c.warn3.$value,
  plate: c.warn4Plate.$value,
  mark: c.warn4Mark.$value,
} as const

const silentLook = { 0: 'attention', 2: 'yellow', 3: 'orange', 4: 'red' } as const satisfies Record<
  Row<'branches'>['level'],
  Look
>

/** live > active today > silent > online > offline > unknown; an organisation nobody has reported on is unknown. */
export function lookOf(branch: Row<'branches'> | undefined): Look {
  if (!branch) return 'unknown'
  if (branch.state === 'live') return 'live'
  if (branch.state === 'active' || branch.activeToday) return 'active'
  if (branch.state === 'silent') return silentLook[branch.level]
  return branch.state
}

const order: Record<Look, number> = {
  unknown: 0,
  offline: 0,
  online: 1,
  active: 2,
  live: 3,
  attention: 4,
  yellow: 4,
  orange: 5,
  red: 6,
}
/** Draw order: rings and online, then active, then silent; events lie above in a layer of their own. */
export const rankOf = (look: Look): number => order[look]

/** The pole's height in u for a look; `branch` is the county's base height. */
export function heightOf(
  look: Look,
  committee: boolean,
  branch: number = flagHeight.branch,
): number {
  const ratio = branch / flagHeight.branch
  if (committee && (look === 'online' || look === 'live' || look === 'active'))
    return flagHeight.committee * ratio
  return (look === 'live' || look === 'active' ? flagHeight.active : flagHeight.branch) * ratio
}

/** How far a mark's ink reaches from its foot, as multiples of its height. */
export const reach = { left: 0.65, right: 0.85, up: 1.2, down: 0.45 } as const

/** Cloth at the pole's top; `open` 0 … 1 unfurls it from the pole outward. */
export function drawCloth(g: Brush, h: number, colour: string, folds: boolean, open = 1): void {
  const w = h * 0.6 * open
  const d = h * 0.4
  const wave = h * 0.055 * (1 + (1 - open))
  const trace = () => {
    g.beginPath()
    g.moveTo(0, -h)
    g.bezierCurveTo(w * 0.33, -h - wave, w * 0.66, -h + wave, w, -h - wave * 0.2)
    g.lineTo(w, -h + d)
    g.bezierCurveTo(w * 0.66, -h + d + wave * 1.2, w * 0.33, -h + d - wave, 0, -h + d)
    g.closePath()
  }
  trace()
  g.fillStyle = colour
  g.fill()
  if (!folds) return
  g.save()
  trace()
  g.clip()
  g.fillStyle = ink.fold
  g.fillRect(w * 0.36, -h * 1.2, w * 0.4, h)
  g.restore()
}

function drawPole(g: Brush, h: number, colour: string, width: number): void {
  g.fillStyle = colour
  g.fillRect(-width / 2, -h, width, h)
}

function drawBase(g: Brush, rx: number, line: number, colour: string, fill: boolean): void {
  g.beginPath()
  g.ellipse(0, 0, rx, rx * 0.46, 0, 0, Math.PI * 2)
  if (fill) {
    g.fillStyle = ink.ground
    g.fill()
  }
  g.lineWidth = line
  g.strokeStyle = colour
  g.stroke()
}

/**
 * Draw one look with its foot at the origin. `unit` is the branch height in the same px, for line weights;
 * `cloth` is the red of the setting (the colour-blind setting has its own).
 */
export function drawLook(
  g: Brush,
  look: Look,
  h: number,
  unit: number,
  cloth: string = ink.flag,
): void {
  const hair = Math.max(1, unit * 0.075)
  const big = h > unit * 1.7
  switch (look) {
    case 'live':
    case 'active': {
      const rx = unit * 0.39 * (big ? 1.3 : 1)
      if (look === 'live') drawBase(g, rx * 1.6, hair, ink.ripple, false)
      drawBase(g, rx, hair * 1.25, ink.ring, true)
      drawPole(g, h, ink.poleHot, Math.max(1.25, h * 0.055))
      drawCloth(g, h, ink.hot, false)
      return
    }
    case 'online':
      drawPole(g, h, big ? ink.poleHot : ink.pole, Math.max(1, big ? h * 0.05 : h * 0.075))
      if (big) {
        g.fillStyle = ink.poleHot
        g.fillRect(-h * 0.09, -h * 0.03, h * 0.18, h * 0.045)
      }
      drawCloth(g, h, cloth, big)
      return
    case 'attention':
    case 'yellow':
    case 'orange':
    case 'red':
      drawPole(g, h, ink.pole, Math.max(1, h * 0.075))
      drawWarning(g, look, unit * 0.4)
      return
    case 'offline':
      g.beginPath()
      g.arc(0, -unit * 0.15, unit * 0.17, 0, Math.PI * 2)
      g.lineWidth = hair * 1.1
      g.strokeStyle = ink.offline
      g.stroke()
      return
    case 'unknown': {
      const r = unit * 0.36
      g.save()
      g.translate(0, -r)
      g.setLineDash([r * 0.45, r * 0.34])
      g.beginPath()
      g.arc(0, 0, r, 0, Math.PI * 2)
      g.lineWidth = hair
      g.strokeStyle = ink.offline
      g.stroke()
      g.restore()
      // Drawn, not set in type: a worker has no web fonts.
      const s = r * 0.34
      g.beginPath()
      g.arc(0, -r - s * 0.5, s * 0.8, Math.PI, Math.PI * 2.35)
      g.lineTo(0, -r + s * 0.75)
      g.lineWidth = hair
      g.strokeStyle = ink.orange
      g.stroke()
      g.fillStyle = ink.orange
      g.fillRect(-hair / 2, -r + s * 1.15, hair, hair)
      return
    }
  }
}

/** Ring, hollow triangle, solid diamond, light octagon with a red bar: fuller and brighter as it worsens. */
export function drawWarning(
  g: Brush,
  look: 'attention' | 'yellow' | 'orange' | 'red',
  r: number,
): void {
  g.lineJoin = 'round'
  g.beginPath()
  if (look === 'attention') {
    g.arc(0, 0, r * 0.75, 0, Math.PI * 2)
    g.fillStyle = ink.ground
    g.fill()
    g.lineWidth = r * 0.28
    g.strokeStyle = ink.attention
    g.stroke()
  } else if (look === 'yellow') {
    g.moveTo(0, -r * 0.95)
    g.lineTo(r * 0.98, r * 0.75)
    g.lineTo(-r * 0.98, r * 0.75)
    g.closePath()
    g.fillStyle = ink.ground
    g.fill()
    g.lineWidth = r * 0.32
    g.strokeStyle = ink.yellow
    g.stroke()
  } else if (look === 'orange') {
    g.moveTo(0, -r * 1.15)
    g.lineTo(r * 1.15, 0)
    g.lineTo(0, r * 1.15)
    g.lineTo(-r * 1.15, 0)
    g.closePath()
    g.fillStyle = ink.orange
    g.fill()
  } else {
    const o = r * 1.2
    for (let k = 0; k < 8; k++) {
      const a = Math.PI / 8 + (k * Math.PI) / 4
      g.lineTo(Math.cos(a) * o, Math.sin(a) * o)
    }
    g.closePath()
    g.fillStyle = ink.plate
    g.fill()
    g.fillStyle = ink.mark
    g.fillRect(-r * 0.2, -r * 0.68, r * 0.4, r * 1.36)
  }
}

const clamp = (v: number) => Math.min(1, Math.max(0, v))
const span = (t: number, from: number, to: number) => clamp((t - from) / (to - from))
/** Close to cubic-bezier(.2,0,0,1): quick start, long rest. */
const standard = (t: number) => 1 - (1 - t) ** 4
/** Close to cubic-bezier(.4,0,.2,1). */
const calm = (t: number) => t * t * (3 - 2 * t)

export const moments = tokens.motion.event
export const reducedFadeMs = 200

/** Is the picture at rest at `t` ms: nothing moves until the settle begins. */
export const isHolding = (t: number): boolean => t >= moments.ripple[1]! && t < moments.settle[0]!

/**
 * One event at `t` ms after it began: pole, cloth, two ripples, hold, settle to `rest` height.
 * The cloth always hangs at the top of its pole, at every moment.
 */
export function drawEvent(g: Brush, t: number, full: number, rest: number, unit: number): void {
  const [poleFrom = 0, poleTo = 0] = moments.pole
  const [clothFrom = 0, clothTo = 0] = moments.unfurl
  const [rippleFrom = 0, rippleTo = 0] = moments.ripple
  const [settleFrom = 0, settleTo = 0] = moments.settle
  const settle = calm(span(t, settleFrom, settleTo))
  const size = full + (rest - full) * settle
  const h = size * standard(span(t, poleFrom, poleTo))
  if (h <= 0) return
  const line = Math.max(1, unit * 0.11)
  for (const delay of [0, 500]) {
    const p = span(t, rippleFrom + delay, rippleTo - 500 + delay)
    if (p <= 0) continue
    // The two rings stay as the event's quiet base until it settles.
    const widest = delay === 0 ? full * 0.62 : full * 0.36
    g.globalAlpha = (delay === 0 ? 0.55 : 1) * (1 - settle)
    drawBase(
      g,
      widest * standard(p),
      line * (delay === 0 ? 0.8 : 1.2),
      delay === 0 ? ink.ripple : ink.ring,
      false,
    )
  }
  g.globalAlpha = 1
  drawBase(g, full * 0.11 + (unit * 0.39 - full * 0.11) * settle, line, ink.ring, true)
  drawPole(g, h, ink.poleHot, Math.max(1.5, size * 0.055))
  const open = standard(span(t, clothFrom, clothTo))
  if (open > 0) drawCloth(g, h, settle > 0.5 ? ink.hot : ink.flag, settle <= 0.5, open)
}
