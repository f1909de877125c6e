/** Sky, hills, trees and houses of a southern village. */
import { noise, rough } from './noise.ts'
import { print, SERIF } from './print.ts'
import type { Look, Solid } from './solids.ts'
import { clamp, colour, mix, ramp, scale, type V } from './vector.ts'

const HAZE = colour('#c9d6da')
const HILLS = ['#8fa6a8', '#6d8b80', '#4d7257', '#3f6344'].map(colour)

/** What stands behind everything, by direction; `dark` 0 … 1 is the night. */
export function hills(seed: number, dark = 0): (way: V) => V {
  const layers = HILLS.map((own, at) => ({
    own: mix(own, HAZE, 0.55 - at * 0.17),
    base: 0.015 + (3 - at) * 0.022,
    high: 0.15 - at * 0.028,
    wide: 1.6 + at * 1.3,
    off: (seed % 97) + at * 17,
  }))
  const night: V = [0.004, 0.006, 0.013]
  return (way) => {
    const az = Math.atan2(way[0], way[2])
    const el = Math.asin(clamp(way[1], -1, 1))
    let own = mix(colour('#dfe8ea'), colour('#7fa9cc'), ramp(el, 0, 0.6))
    const cloud = rough(az * 2.4 + (seed % 31), el * 7)
    own = mix(own, [0.95, 0.96, 0.97], 0.7 * ramp(cloud, 0.48, 0.72) * ramp(el, 0.02, 0.2))
    for (const { own: tint, base, high, wide, off } of layers) {
      const top =
        base + high * noise(az * wide + off, off) * (0.6 + 0.4 * noise(az * wide * 3.3, off))
      const woods = 0.006 * rough(az * 90 + off, 1)
      if (el < top + woods)
        own = scale(
          tint,
          (0.8 + 0.3 * rough(az * 60 + off, el * 90)) * (0.9 + 0.6 * clamp((top - el) / 0.1)),
        )
    }
    const lit = scale(own, 1.05)
    return dark === 0 ? lit : mix(lit, mix(night, scale(lit, 0.012), 0.5), dark)
  }
}

/** Leaves of many greens. */
const leaves =
  (tint: V): Look =>
  (_u, _v, [x, y, z]) => {
    const leaf = rough(x * 16, y * 16, z * 16)
    return scale(mix(tint, [0.3, 0.36, 0.1], ramp(leaf, 0.5, 0.85) * 0.5), 0.15 + 2.4 * leaf * leaf)
  }

export function tree(
  random: () => number,
  at: V,
  tall: number,
  wide: number,
  tint = '#4d7036',
): Solid[] {
  const look = leaves(colour(tint))
  const bark: Look = (_u, _v, [x, y, z]) =>
    scale(colour('#5d4a38'), 0.6 + 0.6 * rough(x * 14, y * 3, z * 14))
  const trunk: V = [at[0] + (random() - 0.5) * 0.3, tall * 0.55, at[2]]
  const crown = Array.from({ length: 120 }, (): Solid => {
    const h = random()
    const [a, r] = [
      random() * Math.PI * 2,
      Math.sqrt(random()) * wide * (0.45 + Math.sin(h * 2.6) * 0.6),
    ]
    const size = (0.13 + random() * 0.2) * (wide / 1.6)
    return {
      kind: 'ball',
      middle: [at[0] + Math.cos(a) * r, tall * 0.5 + h * tall * 0.5, at[2] + Math.sin(a) * r * 0.8],
      radii: [size * 1.25, size * 0.8, size * 1.15],
      look,
    }
  })
  return [{ kind: 'rod', a: at, b: trunk, r: 0.1 + tall * 0.018, look: bark }, ...crown]
}

export function bushes(random: () => number, from: V, to: V, count: number): Solid[] {
  const look = leaves(colour('#3f6230'))
  return Array.from({ length: count * 5 }, (_, at) => {
    const share = (at + random()) / (count * 5)
    const size = 0.16 + random() * 0.2
    const [aside, high] = [(random() - 0.5) * 0.7, random() * 0.5]
    return {
      kind: 'ball',
      middle: [
        from[0] + (to[0] - from[0]) * share + aside,
        high + size * 0.5,
        from[2] + (to[2] - from[2]) * share + aside * 0.6,
      ],
      radii: [size * 1.4, size, size * 1.2],
      look,
    }
  })
}

const COUPLETS = [
  ['党恩浩荡千家乐', '春意融和万户欢', '幸福门第'],
  ['乡村振兴前程广', '勤劳致富日子红', '国泰民安'],
  ['和风细雨滋新叶', '富路长桥达远村', '喜气盈门'],
] as const

const column = (words: string): Look => {
  const letters = [...words]
  const ink = print(48, 48 * letters.length + 16, (g) => {
    g.fillStyle = '#b5121b'
    g.fillRect(0, 0, 48, 48 * letters.length + 16)
    g.fillStyle = '#1d0d08'
    g.font = `700 38px ${SERIF}`
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    letters.forEach((letter, at) => g.fillText(letter, 24, 32 + at * 48))
  })
  return ink
}

/** A whitewashed farmhouse whose front faces -z, from x to x + wide; tiled roof, red couplets at its door. */
export function farmhouse(
  random: () => number,
  x: number,
  z: number,
  wide: number,
  tall = 3.4,
  lit = 0,
): Solid[] {
  const lime = colour('#d9d5c9')
  const wall: Look = (_u, _v, [px, py]) =>
    scale(
      py < 0.5 ? colour('#8d8577') : lime,
      0.72 + 0.4 * rough(px * 0.7, py * 0.7) - 0.18 * ramp(rough(px * 2, py * 0.4), 0.6, 0.9),
    )
  const tiles: Look = (_u, _v, [px, py, pz]) =>
    scale(
      colour('#4a4c4d'),
      (0.55 + 0.45 * Math.abs(Math.sin(px * 16))) * (0.7 + 0.5 * rough(px * 2, pz * 5 + py)),
    )
  const timber: Look = (_u, _v, [px, py]) =>
    scale(colour('#5b3b25'), 0.7 + 0.5 * rough(px * 22, py * 2))
  const set = COUPLETS[Math.floor(random() * COUPLETS.length)] ?? COUPLETS[0]
  const door = x + wide * (0.35 + random() * 0.3)
  const glass: Look =
    lit > 0
      ? [1, 0.72, 0.36]
      : (_u, _v, [px, py]) => scale([0.05, 0.06, 0.07], 0.5 + rough(px * 3, py * 3) * 2)
  const solids: Solid[] = [
    { kind: 'box', middle: [x + wide / 2, tall / 2, z + 2.5], size: [wide, tall, 5], look: wall },
    {
      kind: 'panel',
      origin: [x - 0.5, tall - 0.25, z - 0.7],
      u: [wide + 1, 0, 0],
      v: [0, 1.5, 3],
      look: tiles,
    },
    {
      kind: 'box',
      middle: [x + wide / 2, 0.08, z - 0.5],
      size: [wide + 0.4, 0.16, 1],
      look: (_u, _v, [px, , pz]) => scale(colour('#a39c8e'), 0.7 + 0.4 * rough(px, pz * 2)),
    },
    { kind: 'box', middle: [door, 1.16, z - 0.02], size: [1.5, 2.2, 0.06], look: timber },
    {
      kind: 'box',
      middle: [door, 1.16, z - 0.03],
      size: [0.02, 2.2, 0.07],
      look: [0.02, 0.015, 0.01],
    },
    {
      kind: 'panel',
      origin: [door - 0.75, 2.32, z - 0.04],
      u: [1.5, 0, 0],
      v: [0, 0.26, 0],
      look: line(set[2]),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [door - 1.02, 0.5, z - 0.04],
      u: [0.22, 0, 0],
      v: [0, 1.7, 0],
      look: column(set[0]),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [door + 0.8, 0.5, z - 0.04],
      u: [0.22, 0, 0],
      v: [0, 1.7, 0],
      look: column(set[1]),
      isFine: true,
    },
  ]
  for (const at of [x + wide * 0.12, x + wide * 0.82]) {
    if (Math.abs(at + 0.5 - door) < 1.9) continue
    solids.push(
      { kind: 'box', middle: [at + 0.5, 1.7, z - 0.02], size: [1.16, 1.26, 0.08], look: timber },
      {
        kind: 'box',
        middle: [at + 0.5, 1.7, z - 0.04],
        size: [1, 1.1, 0.07],
        look: glass,
        ...(lit > 0 && { glow: lit }),
      },
      { kind: 'box', middle: [at + 0.5, 1.7, z - 0.06], size: [0.04, 1.1, 0.07], look: timber },
      { kind: 'box', middle: [at + 0.5, 1.7, z - 0.06], size: [1, 0.04, 0.07], look: timber },
    )
  }
  return solids
}

const line = (words: string): Look =>
  print(300, 52, (g) => {
    g.fillStyle = '#b5121b'
    g.fillRect(0, 0, 300, 52)
    g.fillStyle = '#1d0d08'
    g.font = `700 38px ${SERIF}`
    g.textAlign = 'center'
    g.textBaseline = 'middle'
    g.fillText([...words].join(' '), 150, 27)
  })

/** Swept cement with joints and damp. */
export const cement: Look = (_u, _v, [x, , z]) => {
  const joint =
    Math.abs((((x / 3) % 1) + 1) % 1) < 0.008 || Math.abs((((z / 3) % 1) + 1) % 1) < 0.008 ? 0.6 : 1
  return scale(
    colour('#a8a193'),
    joint * (0.66 + 0.36 * rough(x * 0.5, z * 0.5) + 0.14 * rough(x * 6, z * 6)),
  )
}

export const soil: Look = (_u, _v, [x, , z]) =>
  scale(
    mix(colour('#8d7a58'), colour('#6f7a41'), ramp(rough(x * 0.6, z * 0.6), 0.42, 0.62)),
    0.6 + 0.6 * rough(x * 5, z * 5),
  )
