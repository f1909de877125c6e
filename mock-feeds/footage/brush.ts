import type { SKRSContext2D } from '@napi-rs/canvas'

export const WIDTH = 640
export const HEIGHT = 360

/** Mulberry32: the same seed gives the same picture on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const SANS = '"Noto Sans SC"'
export const SERIF = '"Noto Serif SC"'

/** Smooth wave that returns to its start after the loop: `cycles` must be whole. */
export const wave = (phase: number, cycles: number, offset = 0): number =>
  Math.sin((phase * cycles + offset) * Math.PI * 2)

/** 0 most of the loop, up to 1 for a moment around `at`; `width` as a share of the loop. */
export function bump(phase: number, at: number, width: number): number {
  const apart = Math.abs(((phase - at + 1.5) % 1) - 0.5)
  return apart > width ? 0 : 0.5 + 0.5 * Math.cos((apart / width) * Math.PI)
}

export function gradient(
  g: SKRSContext2D,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  ...stops: readonly string[]
) {
  const fill = g.createLinearGradient(x0, y0, x1, y1)
  stops.forEach((colour, at) => fill.addColorStop(at / Math.max(1, stops.length - 1), colour))
  return fill
}

export function polygon(g: SKRSContext2D, points: readonly (readonly [number, number])[]): void {
  g.beginPath()
  points.forEach(([x, y], at) => (at === 0 ? g.moveTo(x, y) : g.lineTo(x, y)))
  g.closePath()
  g.fill()
}

export function ellipse(g: SKRSContext2D, x: number, y: number, rx: number, ry: number): void {
  g.beginPath()
  g.ellipse(x, y, Math.max(0.1, rx), Math.max(0.1, ry), 0, 0, Math.PI * 2)
  g.fill()
}

export function shade(hex: string, by: number): string {
  const value = Number.parseInt(hex.slice(1), 16)
  const part = (shift: number): number =>
    Math.max(0, Math.min(255, Math.round(((value >> shift) & 255) * by)))
  return `rgb(${part(16)},${part(8)},${part(0)})`
}

/** A plain red flag on a pole; `reach` is its length, it waves with the loop. */
export function flag(
  g: SKRSContext2D,
  x: number,
  top: number,
  bottom: number,
  reach: number,
  phase: number,
  cycles = 8,
): void {
  g.strokeStyle = '#b9b1a0'
  g.lineWidth = Math.max(1.5, reach / 22)
  g.beginPath()
  g.moveTo(x, top - 3)
  g.lineTo(x, bottom)
  g.stroke()
  const height = reach * 0.64
  const steps = 12
  const edge = (share: number, y: number): readonly [number, number] => [
    x + reach * share,
    y + wave(phase, cycles, -share * 0.9) * reach * 0.07 * share + share * reach * 0.03,
  ]
  const points: (readonly [number, number])[] = []
  for (let at = 0; at <= steps; at += 1) points.push(edge(at / steps, top))
  for (let at = steps; at >= 0; at -= 1) points.push(edge(at / steps, top + height))
  const fill = g.createLinearGradient(x, 0, x + reach, 0)
  for (let at = 0; at <= 6; at += 1)
    fill.addColorStop(
      at / 6,
      shade('#d0202a', 0.88 + 0.2 * wave(phase, cycles, -(at / 6) * 0.9 + 0.25)),
    )
  g.fillStyle = fill
  polygon(g, points)
}

export interface Person {
  readonly x: number
  /** Chin height; the head stands above, shoulders below. */
  readonly y: number
  /** Width of the head in pixels. */
  readonly size: number
  readonly clothes: string
  readonly hair: string
  readonly skin: string
  readonly hasLongHair: boolean
}

const CLOTHES = [
  '#2f4a3c',
  '#3a4660',
  '#4b4340',
  '#63262c',
  '#2d3f66',
  '#55585c',
  '#31363c',
  '#5a4c38',
  '#46586a',
  '#7a3038',
] as const
const HAIR = ['#17130f', '#1d1814', '#241c17', '#15120f', '#6f6d6a', '#a7a5a1', '#2a2420'] as const
const SKIN = ['#d9ac86', '#cf9d76', '#c48f68', '#e0b593'] as const

export function person(random: () => number, x: number, y: number, size: number): Person {
  const pick = (from: readonly string[]): string =>
    from[Math.floor(random() * from.length)] ?? '#333333'
  return {
    x,
    y,
    size,
    clothes: pick(CLOTHES),
    hair: pick(HAIR),
    skin: pick(SKIN),
    hasLongHair: random() < 0.35,
  }
}

function shoulders(g: SKRSContext2D, clothes: string, x: number, y: number, size: number): void {
  const w = size * 1.12
  g.fillStyle = gradient(
    g,
    x - w,
    y,
    x + w,
    y + size * 1.6,
    shade(clothes, 1.22),
    shade(clothes, 0.72),
  )
  g.beginPath()
  g.moveTo(x - w, y + size * 1.7)
  g.bezierCurveTo(
    x - w * 1.04,
    y + size * 0.35,
    x - w * 0.62,
    y + size * 0.22,
    x - size * 0.26,
    y + size * 0.02,
  )
  g.lineTo(x + size * 0.26, y + size * 0.02)
  g.bezierCurveTo(
    x + w * 0.62,
    y + size * 0.22,
    x + w * 1.04,
    y + size * 0.35,
    x + w,
    y + size * 1.7,
  )
  g.closePath()
  g.fill()
}

/** Seen from behind. `nod` 0..1 lowers the head, `turn` -1..1 shows some cheek, `raise` 0..1 lifts the right hand. */
export function fromBehind(
  g: SKRSContext2D,
  who: Person,
  nod: number,
  turn: number,
  raise: number,
): void {
  const { x, y, size } = who
  const headX = x + turn * size * 0.1
  const headY = y - size * 0.5 + nod * size * 0.14
  if (raise > 0.02) {
    const handX = x + size * (1.05 + 0.05 * raise)
    const handY = y + size * (1.1 - 1.25 * raise)
    g.strokeStyle = shade(who.clothes, 0.95)
    g.lineWidth = size * 0.42
    g.lineCap = 'round'
    g.beginPath()
    g.moveTo(x + size * 0.85, y + size * 1.1)
    g.lineTo(handX, handY + size * 0.3)
    g.stroke()
    g.fillStyle = who.skin
    ellipse(g, handX, handY, size * 0.17, size * 0.23)
  }
  shoulders(g, who.clothes, x, y, size)
  g.fillStyle = shade(who.skin, 0.82)
  g.fillRect(x - size * 0.19, y - size * 0.22, size * 0.38, size * 0.36)
  g.fillStyle = who.skin
  ellipse(g, headX - size * 0.44, headY + size * 0.08, size * 0.08, size * 0.13)
  ellipse(g, headX + size * 0.44, headY + size * 0.08, size * 0.08, size * 0.13)
  if (Math.abs(turn) > 0.15)
    ellipse(g, headX + turn * size * 0.22, headY + size * 0.1, size * 0.36, size * 0.42)
  const fill = g.createRadialGradient(
    headX - size * 0.15,
    headY - size * 0.25,
    size * 0.05,
    headX,
    headY,
    size * 0.62,
  )
  fill.addColorStop(0, shade(who.hair, 2.1))
  fill.addColorStop(0.5, shade(who.hair, 1.25))
  fill.addColorStop(1, shade(who.hair, 0.8))
  g.fillStyle = fill
  ellipse(g, headX - turn * size * 0.06, headY, size * 0.45, size * 0.54)
  if (who.hasLongHair) {
    g.beginPath()
    g.roundRect(headX - size * 0.42, headY, size * 0.84, size * 0.78, size * 0.24)
    g.fill()
  }
}

/** Facing the camera, to the chest. `talk` 0..1 opens the mouth. */
export function fromFront(
  g: SKRSContext2D,
  who: Person,
  nod: number,
  turn: number,
  talk: number,
  isBlinking: boolean,
): void {
  const { x, y, size } = who
  const headX = x + turn * size * 0.08
  const headY = y - size * 0.42 + nod * size * 0.08
  g.fillStyle = shade(who.hair, 1)
  if (who.hasLongHair) {
    g.beginPath()
    g.roundRect(headX - size * 0.5, headY - size * 0.4, size, size * 1.1, size * 0.4)
    g.fill()
  }
  shoulders(g, who.clothes, x, y, size)
  g.fillStyle = '#e8e6e0'
  polygon(g, [
    [x - size * 0.2, y + size * 0.02],
    [x + size * 0.2, y + size * 0.02],
    [x, y + size * 0.42],
  ])
  g.fillStyle = shade(who.skin, 0.85)
  g.fillRect(x - size * 0.16, y - size * 0.2, size * 0.32, size * 0.3)
  const face = g.createRadialGradient(
    headX - size * 0.12,
    headY - size * 0.1,
    size * 0.05,
    headX,
    headY,
    size * 0.6,
  )
  face.addColorStop(0, shade(who.skin, 1.08))
  face.addColorStop(1, shade(who.skin, 0.82))
  g.fillStyle = face
  ellipse(g, headX, headY, size * 0.39, size * 0.5)
  ellipse(g, headX - size * 0.39, headY + size * 0.04, size * 0.06, size * 0.1)
  ellipse(g, headX + size * 0.39, headY + size * 0.04, size * 0.06, size * 0.1)
  g.fillStyle = who.hair
  g.beginPath()
  g.ellipse(headX, headY - size * 0.16, size * 0.42, size * 0.4, 0, Math.PI, Math.PI * 2)
  g.bezierCurveTo(
    headX + size * 0.4,
    headY - size * 0.3,
    headX + size * 0.1,
    headY - size * 0.3,
    headX - size * 0.1,
    headY - size * 0.28,
  )
  g.bezierCurveTo(
    headX - size * 0.3,
    headY - size * 0.26,
    headX - size * 0.38,
    headY - size * 0.2,
    headX - size * 0.42,
    headY - size * 0.14,
  )
  g.fill()
  const lookX = headX + turn * size * 0.05
  g.fillStyle = '#241a16'
  for (const side of [-1, 1]) {
    ellipse(
      g,
      lookX + side * size * 0.15,
      headY,
      size * 0.045,
      isBlinking ? size * 0.008 : size * 0.035,
    )
    g.fillRect(
      lookX + side * size * 0.15 - size * 0.08,
      headY - size * 0.1,
      size * 0.16,
      size * 0.025,
    )
  }
  g.fillStyle = shade(who.skin, 0.75)
  ellipse(g, lookX, headY + size * 0.13, size * 0.05, size * 0.035)
  g.fillStyle = '#8d4a43'
  ellipse(g, lookX, headY + size * 0.27, size * 0.1, size * (0.018 + 0.05 * talk))
}

export interface Vest {
  readonly x: number
  /** Ground under the feet. */
  readonly ground: number
  readonly height: number
  readonly trousers: string
  readonly hat: string
}

/** A volunteer in a red vest. `bend` 0..1 stoops, `step` -1..1 swings the legs. */
export function volunteer(
  g: SKRSContext2D,
  who: Vest,
  bend: number,
  step: number,
  tool: 'hoe' | 'broom' | 'bag' | 'none',
  facing: 1 | -1,
): void {
  const { x, ground, height: h } = who
  g.fillStyle = 'rgba(20,25,15,.28)'
  ellipse(g, x + h * 0.08, ground, h * 0.24, h * 0.045)
  const hipY = ground - h * 0.46 + bend * h * 0.03
  const lean = bend * 1.05 * facing
  const chestX = x + Math.sin(lean) * h * 0.34
  const chestY = hipY - Math.cos(lean) * h * 0.34
  g.lineCap = 'round'
  g.strokeStyle = who.trousers
  g.lineWidth = h * 0.1
  for (const side of [-1, 1]) {
    g.beginPath()
    g.moveTo(x + side * h * 0.04, hipY)
    g.lineTo(x + side * h * 0.055 + side * step * h * 0.08, ground - h * 0.03)
    g.stroke()
  }
  const handX = chestX + facing * h * (0.2 + 0.05 * bend)
  const handY = chestY + h * (0.2 + 0.06 * bend)
  if (tool === 'hoe' || tool === 'broom') {
    g.strokeStyle = '#8a6a42'
    g.lineWidth = h * 0.025
    g.beginPath()
    g.moveTo(handX - facing * h * 0.12, handY - h * 0.24)
    g.lineTo(handX + facing * h * 0.2, ground - h * 0.02)
    g.stroke()
    g.fillStyle = tool === 'hoe' ? '#5c5f63' : '#b59350'
    polygon(g, [
      [handX + facing * h * 0.15, ground - h * 0.07],
      [handX + facing * h * 0.28, ground - h * 0.03],
      [handX + facing * h * 0.24, ground + h * 0.02],
      [handX + facing * h * 0.12, ground],
    ])
  } else if (tool === 'bag') {
    g.fillStyle = '#d8d6cd'
    ellipse(g, handX + facing * h * 0.05, handY + h * 0.14, h * 0.09, h * 0.13)
  }
  g.strokeStyle = '#c3352f'
  g.lineWidth = h * 0.21
  g.beginPath()
  g.moveTo(x, hipY - h * 0.02)
  g.lineTo(chestX, chestY)
  g.stroke()
  g.strokeStyle = '#f0d9a0'
  g.lineWidth = h * 0.016
  g.beginPath()
  g.moveTo(x - h * 0.08, hipY - h * 0.1)
  g.lineTo(x + h * 0.1, hipY - h * 0.1)
  g.stroke()
  g.strokeStyle = '#4a5a70'
  g.lineWidth = h * 0.07
  g.beginPath()
  g.moveTo(chestX + facing * h * 0.04, chestY + h * 0.02)
  g.lineTo(handX, handY)
  g.stroke()
  const headX = chestX + Math.sin(lean) * h * 0.16
  const headY = chestY - Math.cos(lean * 0.8) * h * 0.17
  g.fillStyle = '#cd9c75'
  ellipse(g, headX, headY, h * 0.068, h * 0.08)
  g.fillStyle = who.hat
  ellipse(g, headX, headY - h * 0.04, h * 0.078, h * 0.055)
  g.fillRect(headX - h * 0.03, headY - h * 0.045, facing * h * 0.13, h * 0.018)
}
