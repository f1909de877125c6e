/** People as limbs: how they are built and dressed, how they sit and stand, and how they are drawn. */
import { drawLimb, drawSheet, type Frame, type Paint } from './frame.ts'
import { headSkin, type HeadLook } from './head.ts'
import type { Glow } from './lights.ts'
import type { Solid } from './solids.ts'
import { add, colour, cross, dot, mix, norm, scale, sub, unit, type V } from './vector.ts'
import { project } from './view.ts'

export interface Person extends HeadLook {
  /** Metres, about 1.65. */
  readonly height: number
  /** 1 is slim, 1.2 is stout. */
  readonly girth: number
  readonly top: V
  readonly shirt: V
  readonly legs: V
  readonly shoes: V
  readonly check: 'plain' | 'plaid' | 'stripes'
  readonly hat: 'none' | 'straw' | 'cap'
  readonly vest: V | undefined
  /** A small red badge on the left breast. */
  readonly hasBadge: boolean
  /** Differs from person to person, so that no two move alike. */
  readonly beat: number
}

const TOPS = [
  '#2b3038',
  '#1f2226',
  '#3b3d40',
  '#4a4b45',
  '#2f3833',
  '#46302f',
  '#574b3f',
  '#363d4d',
  '#63656a',
  '#272e3d',
  '#50392f',
  '#41474b',
  '#6c6257',
  '#2a2a2d',
  '#542a31',
  '#475042',
] as const
const SHIRTS = [
  '#c9cbcc',
  '#b4bfca',
  '#a9adb0',
  '#7f8b9a',
  '#cfcbbf',
  '#6d5150',
  '#51606f',
] as const
const LEGS = ['#22252b', '#2b2f3a', '#34332f', '#3a3f4a', '#1d1f22', '#4a4238'] as const
const HAIRS = [
  '#0d0b0a',
  '#120f0d',
  '#17120f',
  '#0f0d0c',
  '#1d1713',
  '#4b4845',
  '#77736f',
  '#a19e9a',
] as const
const SKINS = ['#c39069', '#b8845e', '#ad7950', '#c99c78', '#a26f4b'] as const

export function dress(random: () => number, over: Partial<Person> = {}): Person {
  const pick = (from: readonly string[]): V =>
    colour(from[Math.floor(random() * from.length)] ?? '#444444')
  const isWoman = random() < 0.4
  const isOld = random() < 0.3
  const hair = isOld ? pick(HAIRS.slice(5)) : pick(HAIRS.slice(0, 6))
  const shade = 0.8 + random() * 0.5
  const cut = isWoman
    ? random() < 0.6
      ? 'bob'
      : 'bun'
    : isOld && random() < 0.35
      ? 'bald'
      : 'short'
  const check = random()
  return {
    skin: pick(SKINS),
    hair,
    cut,
    hasGlasses: random() < 0.15,
    height: (isWoman ? 1.56 : 1.67) + (random() - 0.5) * 0.12,
    girth: 0.95 + random() * 0.25,
    top: scale(random() < 0.16 ? pick(SHIRTS) : pick(TOPS), shade),
    shirt: pick(SHIRTS),
    legs: pick(LEGS),
    shoes: colour('#15151a'),
    check: check < 0.12 ? 'plaid' : check < 0.2 ? 'stripes' : 'plain',
    hat: 'none',
    vest: undefined,
    hasBadge: random() < 0.6,
    beat: random(),
    ...over,
  }
}

/** Where somebody is and what the body does; angles in degrees, points in metres from the feet: right, up, ahead. */
export interface Pose {
  readonly at: V
  /** 0 looks away from the camera, 180 towards it. */
  readonly turn: number
  readonly sits?: boolean
  /** Height of the seat. */
  readonly seat?: number
  readonly lean?: number
  /** Bends sideways. */
  readonly tilt?: number
  readonly headTurn?: number
  readonly nod?: number
  readonly leftHand?: V
  readonly rightHand?: V
  /** -1 … 1: the legs' swing. */
  readonly step?: number
}

interface Limb {
  readonly a: V
  readonly ra: number
  readonly b: V
  readonly rb: number
  readonly paint: Paint
  readonly dim: number
}
export interface Figure {
  readonly at: V
  readonly limbs: readonly Limb[]
  readonly hat:
    | { readonly kind: 'straw' | 'cap'; readonly middle: V; readonly ahead: V; readonly side: V }
    | undefined
}

/** The joint between two bones that reach from `from` to `to`, bent towards `way`. */
function joint(from: V, to: V, first: number, second: number, way: V): V {
  const line = sub(to, from)
  const far = Math.min(norm(line), (first + second) * 0.999) || 0.01
  const along = unit(line)
  const a = (first * first - second * second + far * far) / (2 * far)
  const out = Math.sqrt(Math.max(0, first * first - a * a))
  const aside = unit(sub(way, scale(along, dot(way, along))))
  return add(from, add(scale(along, a), scale(aside, out)))
}

export function figure(who: Person, pose: Pose, detail = 1): Figure {
  const { sits = false, seat = 0.45, lean = 0, tilt = 0, headTurn = 0, nod = 0, step = 0 } = pose
  const turn = (pose.turn * Math.PI) / 180
  const ahead: V = [Math.sin(turn), 0, Math.cos(turn)]
  const right: V = [Math.cos(turn), 0, -Math.sin(turn)]
  const up: V = [0, 1, 0]
  const k = who.height / 1.65
  const g = who.girth
  const place = (r: number, u: number, f: number): V =>
    add(pose.at, add(scale(right, r), add(scale(up, u), scale(ahead, f))))

  // The trunk bends at the hips.
  const hipHeight = sits ? seat + 0.06 : 0.86 * k
  const bend = (lean * Math.PI) / 180
  const roll = (tilt * Math.PI) / 180
  const spine = unit(
    add(add(scale(up, Math.cos(bend)), scale(ahead, Math.sin(bend))), scale(right, Math.sin(roll))),
  )
  const chestAhead = unit(sub(ahead, scale(spine, dot(ahead, spine))))
  const side = cross(spine, chestAhead)
  const hips = place(0, hipHeight, 0)
  const trunk = (r: number, u: number, f: number): V =>
    add(hips, add(scale(side, r), add(scale(spine, u * k), scale(chestAhead, f))))

  const top: Paint = clothFor(who, hips, side, spine)
  const sleeve = who.vest === undefined ? top : mutedTop(who)
  const limbs: Limb[] = []
  const put = (a: V, ra: number, b: V, rb: number, paint: Paint, dim = 1): void => {
    limbs.push({ a, ra, b, rb, paint, dim })
  }

  // Legs.
  const hipWidth = 0.085 * g
  for (const way of [-1, 1] as const) {
    const hip = place(way * hipWidth, hipHeight, 0)
    const swing = step * way
    const foot = sits
      ? place(way * (hipWidth + 0.02), 0.06, 0.4 + (who.beat - 0.5) * 0.14 * way)
      : place(way * (hipWidth + 0.01), 0.06 + Math.max(0, -swing) * 0.05, swing * 0.24)
    const knee = joint(hip, foot, 0.43 * k, 0.42 * k, sits ? add(up, scale(ahead, 0.6)) : ahead)
    put(hip, 0.088 * g, knee, 0.066 * g, who.legs, 0.85)
    put(knee, 0.064 * g, foot, 0.045, who.legs, 0.75)
    put(foot, 0.043, add(foot, add(scale(ahead, 0.13), [0, -0.02, 0])), 0.036, who.shoes, 0.8)
  }

  // Trunk: two halves and the shoulders over them.
  for (const way of [-1, 1] as const) {
    put(
      trunk(way * 0.075 * g, 0.02, 0),
      0.125 * g,
      trunk(way * 0.088 * g, 0.42, 0.01),
      0.112 * g,
      top,
      0.95,
    )
  }
  put(trunk(0, 0.05, 0), 0.135 * g, trunk(0, 0.43, 0.015), 0.122 * g, top)
  put(trunk(-0.155 * g, 0.5, -0.005), 0.07, trunk(0.155 * g, 0.5, -0.005), 0.07, top)
  put(trunk(0, 0.47, 0), 0.1 * g, trunk(0, 0.56, 0.01), 0.062, top)
  put(trunk(0, 0.42, 0.085 * g), 0.04, trunk(0, 0.56, 0.035), 0.035, who.shirt)
  put(trunk(0, 0.55, 0.01), 0.06, trunk(0, 0.575, 0.012), 0.056, who.shirt)
  if (who.hasBadge)
    put(trunk(-0.1, 0.4, 0.125 * g), 0.014, trunk(-0.1, 0.41, 0.125 * g), 0.014, colour('#e01818'))

  // Head.
  const look = ((pose.turn + headTurn) * Math.PI) / 180
  const gaze: V = [Math.sin(look), 0, Math.cos(look)]
  const dip = ((nod + lean * 0.35) * Math.PI) / 180
  const faceWay = unit(add(scale(gaze, Math.cos(dip)), [0, -Math.sin(dip), 0]))
  const faceSide: V = [Math.cos(look), 0, -Math.sin(look)]
  const crown = cross(faceWay, faceSide)
  const neck = trunk(0, 0.57, 0.01)
  const skull = add(neck, add(scale(spine, 0.145 * k), scale(faceWay, 0.028)))
  put(neck, 0.054, add(neck, scale(spine, 0.09)), 0.05, scale(who.skin, 0.8), 0.8)
  const skin = headSkin(who, { middle: skull, right: faceSide, up: crown, ahead: faceWay }, detail)
  put(skull, 0.093, add(skull, add(scale(crown, -0.078), scale(faceWay, 0.026))), 0.061, skin)
  for (const way of [-1, 1] as const) {
    const ear = add(
      skull,
      add(scale(faceSide, way * 0.09), add(scale(crown, -0.025), scale(faceWay, -0.004))),
    )
    put(ear, 0.017, add(ear, scale(crown, -0.025)), 0.013, scale(who.skin, 0.9))
  }
  if (who.cut === 'bob')
    put(
      add(skull, scale(faceWay, -0.022)),
      0.094,
      add(skull, add(scale(crown, -0.13), scale(faceWay, -0.045))),
      0.075,
      hairOf(who),
    )
  if (who.cut === 'bun')
    put(
      add(skull, add(scale(faceWay, -0.1), scale(crown, -0.01))),
      0.044,
      add(skull, add(scale(faceWay, -0.11), scale(crown, -0.03))),
      0.042,
      hairOf(who),
    )

  // Arms.
  for (const way of [-1, 1] as const) {
    const shoulder = trunk(way * 0.178 * g, 0.485, 0)
    const rest: V = sits ? [way * 0.13, seat + 0.2, 0.3] : [way * 0.24, 0.8 * k, 0.06]
    const [r, u, f] = (way < 0 ? pose.leftHand : pose.rightHand) ?? rest
    const wanted = place(r, u, f)
    const reach = sub(wanted, shoulder)
    const most = 0.53 * k
    const hand = norm(reach) > most ? add(shoulder, scale(unit(reach), most)) : wanted
    const elbow = joint(
      shoulder,
      hand,
      0.28 * k,
      0.26 * k,
      add(scale(up, -1), add(scale(right, way * 0.7), scale(ahead, -0.3))),
    )
    put(shoulder, 0.058 * g, elbow, 0.046 * g, sleeve, 0.95)
    put(elbow, 0.045 * g, mix(elbow, hand, 0.86), 0.034, sleeve)
    put(mix(elbow, hand, 0.88), 0.029, hand, 0.036, who.skin)
  }
  const hat =
    who.hat === 'none'
      ? undefined
      : { kind: who.hat, middle: add(skull, scale(crown, 0.055)), ahead: faceWay, side: faceSide }
  return { at: pose.at, limbs, hat }
}

const hairOf = (who: Person): Paint => {
  const hair = who.hair
  return (out, x, _y, z, _nx, ny) => {
    const sheen = 1 + 1.2 * Math.max(0, ny) ** 5 + 0.16 * Math.sin(x * 420 + z * 380)
    out[0] = hair[0] * sheen
    out[1] = hair[1] * sheen
    out[2] = hair[2] * sheen
  }
}

const mutedTop = (who: Person): Paint => who.top

const SWING = Float64Array.from({ length: 1024 }, (_, at) => Math.sin((at / 1024) * Math.PI * 2))
/** A sine from a table: folds are asked for at every pixel. */
const swing = (angle: number): number => SWING[((angle * 1024) / (Math.PI * 2)) & 1023] ?? 0

/** Cloth with folds that go with the body, and a pattern woven in. */
function clothFor(who: Person, hips: V, side: V, spine: V): Paint {
  const ground = who.vest ?? who.top
  const stripe = mix(ground, who.shirt, 0.35)
  const off = who.beat * 20
  return (out, x, y, z) => {
    const dx = x - hips[0]
    const dy = y - hips[1]
    const dz = z - hips[2]
    const r = dx * side[0] + dy * side[1] + dz * side[2]
    const u = dx * spine[0] + dy * spine[1] + dz * spine[2]
    const fold = 1 + 0.15 * swing(26 * u + 3.2 * swing(15 * r + off)) + 0.08 * swing(41 * r + off)
    let from = ground
    if (who.vest !== undefined) {
      if (Math.abs(u - 0.2) < 0.018) from = colour('#d9c98a')
    } else if (who.check === 'plaid') {
      const a = Math.sin(r * 70) > 0.35
      const b = Math.sin(u * 70) > 0.35
      if (a !== b) from = stripe
    } else if (who.check === 'stripes' && Math.sin(u * 90) > 0.3) from = stripe
    out[0] = from[0] * fold
    out[1] = from[1] * fold
    out[2] = from[2] * fold
  }
}

const STRAW = colour('#c9a868')
const CAP = colour('#b5161c')

/** Far ones first, so that near ones cover them. */
export function drawFigures(
  frame: Frame,
  figures: readonly Figure[],
  glowOf: (at: V) => Glow,
): void {
  const { view } = frame
  const depth = (point: V): number => project(view, point)[2]
  for (const one of [...figures].sort((a, b) => depth(b.at) - depth(a.at))) {
    const glow = glowOf(one.at)
    const limbs = one.limbs
      .map((limb) => ({ limb, far: depth(scale(add(limb.a, limb.b), 0.5)) }))
      .sort((a, b) => b.far - a.far)
    for (const { limb } of limbs)
      drawLimb(frame, limb.a, limb.ra, limb.b, limb.rb, limb.paint, glow, limb.dim)
    if (one.hat !== undefined) drawHat(frame, one.hat, glow)
  }
}

function drawHat(
  frame: Frame,
  { kind, middle, ahead, side }: NonNullable<Figure['hat']>,
  glow: Glow,
): void {
  const paint = kind === 'straw' ? STRAW : CAP
  const crown = cross(ahead, side)
  drawLimb(
    frame,
    add(middle, scale(crown, 0.015)),
    0.09,
    add(middle, scale(crown, 0.045)),
    0.07,
    paint,
    glow,
  )
  if (kind === 'straw') {
    const reach = 0.21
    drawSheet(
      frame,
      sub(sub(middle, scale(side, reach)), scale(ahead, reach)),
      scale(side, reach * 2),
      scale(ahead, reach * 2),
      (u, v) => {
        const q = Math.hypot(u - 0.5, v - 0.5) * 2
        return q > 1 ? undefined : scale(paint, 0.8 + 0.25 * Math.abs(Math.sin(q * 40)))
      },
      glow,
    )
  } else {
    const tip = add(middle, add(scale(ahead, 0.13), scale(crown, -0.02)))
    drawLimb(frame, add(middle, scale(ahead, 0.06)), 0.055, tip, 0.03, paint, glow, 0.8)
  }
}

/** What a person takes of the light for others, for the still part of the picture. */
export const shadowsOf = ({ limbs }: Figure): Solid[] =>
  limbs
    .filter(({ ra, rb }) => ra > 0.04 && rb > 0.03)
    .map(({ a, b, ra, rb }) => ({
      kind: 'rod',
      a,
      b: add(b, [0, 1e-4, 0]),
      r: (ra + rb) / 2,
      look: [0, 0, 0],
    }))
