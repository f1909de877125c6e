/** Rooms and what stands in them. */
import type { Look, Solid } from './solids.ts'
import type { Lamp } from './lights.ts'
import { rough } from './noise.ts'
import { clamp, colour, mix, scale, type V } from './vector.ts'

export interface RoomLook {
  readonly wall: string
  /** Paint of the lower metre, as village rooms have it. */
  readonly skirt?: string
  readonly floor: 'tiles' | 'concrete' | 'wood'
  readonly ceiling?: string
}

/** Plaster with stains and a darker foot. */
const plaster =
  (wall: V, skirt: V | undefined, along: 0 | 2): Look =>
  (_u, _v, at) => {
    const across = at[along]
    const own = skirt !== undefined && at[1] < 1.1 ? skirt : wall
    const stain = 0.9 + 0.2 * rough(across * 0.9, at[1] * 0.9)
    const edge = skirt !== undefined && Math.abs(at[1] - 1.1) < 0.015 ? 0.6 : 1
    const foot = at[1] < 0.1 ? 0.45 : 1
    return scale(own, stain * edge * foot)
  }

export function floorLook(kind: RoomLook['floor']): Look {
  if (kind === 'tiles') {
    const [tile, grout] = [colour('#b9b3a6'), colour('#77726a')]
    return (_u, _v, [x, , z]) => {
      const [fx, fz] = [Math.abs((((x / 0.6) % 1) + 1) % 1), Math.abs((((z / 0.6) % 1) + 1) % 1)]
      if (fx < 0.018 || fz < 0.018) return grout
      const own = 0.86 + 0.2 * rough(Math.floor(x / 0.6) * 7.3, Math.floor(z / 0.6) * 3.7)
      return scale(tile, own * (0.92 + 0.16 * rough(x * 2, z * 2)))
    }
  }
  if (kind === 'wood') {
    const wood = colour('#8a6a48')
    return (_u, _v, [x, , z]) => {
      const board = Math.floor(x / 0.14)
      const gap = (((x / 0.14) % 1) + 1) % 1 < 0.04 ? 0.5 : 1
      return scale(
        wood,
        gap * (0.75 + 0.3 * rough(board * 5.1, z * 0.3) + 0.14 * rough(x * 30, z * 1.5)),
      )
    }
  }
  const grey = colour('#99948a')
  return (_u, _v, [x, , z]) =>
    scale(grey, 0.72 + 0.4 * rough(x * 0.8, z * 0.8) + 0.1 * rough(x * 9, z * 9))
}

/** Walls from -width/2 to width/2 and from 0 to depth. */
export function room(width: number, depth: number, height: number, look: RoomLook): Solid[] {
  const w = width / 2
  const wall = colour(look.wall)
  const skirt = look.skirt === undefined ? undefined : colour(look.skirt)
  const ceiling = colour(look.ceiling ?? '#dcdad2')
  return [
    {
      kind: 'panel',
      origin: [-w, 0, 0],
      u: [width, 0, 0],
      v: [0, 0, depth],
      look: floorLook(look.floor),
    },
    {
      kind: 'panel',
      origin: [-w, height, 0],
      u: [width, 0, 0],
      v: [0, 0, depth],
      look: (_u, _v, at) => scale(ceiling, 0.93 + 0.12 * rough(at[0], at[2])),
    },
    {
      kind: 'panel',
      origin: [-w, 0, depth],
      u: [width, 0, 0],
      v: [0, height, 0],
      look: plaster(wall, skirt, 0),
    },
    {
      kind: 'panel',
      origin: [-w, 0, 0],
      u: [width, 0, 0],
      v: [0, height, 0],
      look: plaster(wall, skirt, 0),
    },
    {
      kind: 'panel',
      origin: [-w, 0, 0],
      u: [0, 0, depth],
      v: [0, height, 0],
      look: plaster(wall, skirt, 2),
    },
    {
      kind: 'panel',
      origin: [w, 0, 0],
      u: [0, 0, depth],
      v: [0, height, 0],
      look: plaster(wall, skirt, 2),
    },
  ]
}

/** A tube under the ceiling along x, and the light that it gives. */
export function tube(
  at: V,
  length: number,
  power: number,
  tint: V = [1, 1, 0.96],
): { solid: Solid; lamp: Lamp } {
  return {
    solid: {
      kind: 'box',
      middle: at,
      size: [length, 0.05, 0.09],
      look: tint,
      glow: 3,
      isClear: true,
    },
    lamp: {
      kind: 'area',
      at: [at[0], at[1] - 0.04, at[2]],
      u: [length / 2, 0, 0],
      v: [0, 0, 0.05],
      faces: [0, -1, 0],
      power: scale(tint, power),
    },
  }
}

/** A window in a wall at x (facing `faces`, 1 or -1 along x), from z to z + wide, with frame and curtains. */
export function windowAt(
  x: number,
  z: number,
  wide: number,
  faces: 1 | -1,
  power: number,
  { low = 0.95, high = 2.5, curtain = '#8fa3a8', isNight = false } = {},
): { solids: Solid[]; lamp: Lamp } {
  const tall = high - low
  const inside = x + faces * 0.02
  const frame = colour('#d7d8d6')
  const outside: Look = (u, v) => {
    const green = mix(colour('#5f7d55'), colour('#8fa488'), rough(u * 9, v * 9))
    const line = 0.38 + 0.1 * rough(u * 6, 3)
    return v < line ? scale(green, 0.75) : mix(colour('#dfe9ef'), colour('#f6fafc'), v)
  }
  const cloth = colour(curtain)
  const drape: Look = (_u, _v, at) =>
    scale(cloth, 0.72 + 0.3 * Math.abs(Math.sin(at[2] * 28)) + 0.1 * rough(at[2] * 3, at[1]))
  const bar = (zz: number, thick: number): Solid => ({
    kind: 'box',
    middle: [x + faces * 0.03, low + tall / 2, zz],
    size: [0.06, tall, thick],
    look: frame,
  })
  return {
    solids: [
      {
        kind: 'panel',
        origin: [inside, low, z],
        u: [0, 0, wide],
        v: [0, tall, 0],
        look: isNight ? [0.006, 0.008, 0.014] : outside,
        glow: 1.5,
        isClear: true,
      },
      bar(z, 0.06),
      bar(z + wide / 2, 0.05),
      bar(z + wide, 0.06),
      {
        kind: 'box',
        middle: [x + faces * 0.03, low + tall * 0.68, z + wide / 2],
        size: [0.05, 0.04, wide],
        look: frame,
      },
      {
        kind: 'box',
        middle: [x + faces * 0.06, low - 0.02, z + wide / 2],
        size: [0.18, 0.04, wide + 0.1],
        look: frame,
      },
      {
        kind: 'box',
        middle: [x + faces * 0.08, low + tall / 2 - 0.05, z - 0.12],
        size: [0.09, tall + 0.3, 0.34],
        look: drape,
      },
      {
        kind: 'box',
        middle: [x + faces * 0.08, low + tall / 2 - 0.05, z + wide + 0.12],
        size: [0.09, tall + 0.3, 0.34],
        look: drape,
      },
    ],
    lamp: {
      kind: 'area',
      at: [x + faces * 0.1, low + tall / 2, z + wide / 2],
      u: [0, 0, wide / 2],
      v: [0, tall / 2, 0],
      faces: [faces, 0, 0],
      power: scale([0.92, 0.98, 1.06], isNight ? 0 : power),
    },
  }
}

export const wood = (hex: string): Look => {
  const own = colour(hex)
  return (_u, _v, [x, y, z]) => scale(own, 0.78 + 0.3 * rough(x * 2 + y * 9, z * 14 + y * 3))
}

/** A long table: top, apron towards +z and two ends. */
export function desk(
  middle: V,
  long: number,
  deep: number,
  look: Look,
  turn = 0,
  height = 0.76,
): Solid[] {
  const angle = (turn * Math.PI) / 180
  const at = (dx: number, y: number, dz: number): V => [
    middle[0] + dx * Math.cos(angle) + dz * Math.sin(angle),
    y,
    middle[2] - dx * Math.sin(angle) + dz * Math.cos(angle),
  ]
  return [
    { kind: 'box', middle: at(0, height, 0), size: [long, 0.035, deep], turn, look },
    {
      kind: 'box',
      middle: at(0, height / 2 + 0.05, deep / 2 - 0.06),
      size: [long - 0.06, height - 0.16, 0.025],
      turn,
      look,
    },
    {
      kind: 'box',
      middle: at(-long / 2 + 0.05, height / 2, 0),
      size: [0.035, height, deep - 0.08],
      turn,
      look,
    },
    {
      kind: 'box',
      middle: at(long / 2 - 0.05, height / 2, 0),
      size: [0.035, height, deep - 0.08],
      turn,
      look,
    },
  ]
}

/** A chair whose sitter looks along `turn`. */
export function chair(at: V, turn: number, seat: Look, frame: V): Solid[] {
  const angle = (turn * Math.PI) / 180
  const to = (r: number, u: number, f: number): V => [
    at[0] + r * Math.cos(angle) + f * Math.sin(angle),
    at[1] + u,
    at[2] - r * Math.sin(angle) + f * Math.cos(angle),
  ]
  return [
    { kind: 'box', middle: to(0, 0.43, 0.02), size: [0.42, 0.05, 0.42], turn, look: seat },
    { kind: 'box', middle: to(0, 0.74, -0.21), size: [0.42, 0.34, 0.035], turn, look: seat },
    ...([-0.19, 0.19] as const).map((r): Solid => ({
      kind: 'rod',
      a: to(r, 0, -0.2),
      b: to(r, 0.62, -0.21),
      r: 0.014,
      look: frame,
    })),
    ...([-0.19, 0.19] as const).map((r): Solid => ({
      kind: 'rod',
      a: to(r, 0, 0.2),
      b: to(r, 0.42, 0.2),
      r: 0.014,
      look: frame,
    })),
  ]
}

export const cup = (at: V): Solid[] => [
  {
    kind: 'rod',
    a: [at[0], at[1] + 0.03, at[2]],
    b: [at[0], at[1] + 0.09, at[2]],
    r: 0.035,
    look: [0.72, 0.73, 0.74],
    isClear: true,
  },
]
export const sheetOfPaper = (at: V, turn: number): Solid => {
  const angle = (turn * Math.PI) / 180
  return {
    kind: 'panel',
    origin: [at[0], at[1] + 0.004, at[2]],
    u: [0.2 * Math.cos(angle), 0, -0.2 * Math.sin(angle)],
    v: [0.28 * Math.sin(angle), 0, 0.28 * Math.cos(angle)],
    look: (u, v) =>
      scale(
        [0.72, 0.72, 0.7],
        Math.abs((((v * 14) % 1) + 1) % 1) < 0.3 && u > 0.12 && u < 0.88 ? 0.66 : 1,
      ),
    isClear: true,
  }
}

/** A flag that hangs from an inclined pole, still: cloth indoors does not wave. */
export function hangingFlag(foot: V, tall: number, way: 1 | -1): Solid[] {
  const red = colour('#b80f18')
  const cloth: Look = (u, v) =>
    scale(red, 0.6 + 0.5 * Math.abs(Math.sin(u * 9 + v * 2.2)) * clamp(0.5 + v))
  const top: V = [foot[0] + way * 0.12, tall, foot[2]]
  return [
    { kind: 'rod', a: foot, b: top, r: 0.018, look: colour('#c9b27a') },
    {
      kind: 'box',
      middle: [foot[0], 0.05, foot[2]],
      size: [0.3, 0.1, 0.3],
      look: colour('#6e5638'),
    },
    {
      kind: 'panel',
      origin: [top[0], tall - 1.05, foot[2] + 0.02],
      u: [way * 0.42, -0.2, 0.04],
      v: [0, 1.02, 0],
      look: cloth,
    },
  ]
}
