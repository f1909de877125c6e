import { createCanvas } from '@napi-rs/canvas'
import { sitter } from '../render/cast.ts'
import { clear, createFrame } from '../render/frame.ts'
import { glowAt, type Lights } from '../render/lights.ts'
import { rough } from '../render/noise.ts'
import { drawFigures } from '../render/people.ts'
import { banner, registerFonts, SANS } from '../render/print.ts'
import { windowAt, wood } from '../render/room.ts'
import type { Look, Solid } from '../render/solids.ts'
import { traceStage } from '../render/stage.ts'
import { colour, scale } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, WIDTH, type Place, type Scene } from '../scene.ts'

const PLACES = [
  '东莞',
  '深圳',
  '长沙',
  '佛山',
  '义乌',
  '厦门',
  '昆明',
  '广州',
  '中山',
  '宁波',
] as const
const NAMES = [
  '刘建军',
  '李小燕',
  '郑志明',
  '罗桂英',
  '肖文',
  '胡春梅',
  '何国强',
  '欧阳玲',
  '谢志远',
  '唐美华',
] as const
const WOMEN: ReadonlySet<string> = new Set(['李小燕', '罗桂英', '胡春梅', '欧阳玲', '唐美华'])
const [WIDE, TALL, GAP] = [208, 112, 4] as const

/** Members away from home join the branch meeting from nine places. */
function place(random: () => number): Place {
  const pick = picker(random)
  const first = Math.floor(random() * NAMES.length)
  const tiles = Array.from({ length: 9 }, (_, at) => {
    const name = NAMES[(first + at) % NAMES.length] ?? ''
    const isHall = at === 0
    const label = isHall
      ? '主会场 村党支部'
      : `${PLACES[(first * 3 + at) % PLACES.length] ?? ''} ${name}`
    const wall = colour(
      pick([
        '#cfc7b8',
        '#8fa2b2',
        '#d9d2c6',
        '#77827b',
        '#c9b49a',
        '#9aa1ac',
        '#b5c2bb',
        '#a38f7c',
      ]),
    )
    const look: Look = (_u, _v, [x, y]) => scale(wall, 0.85 + 0.25 * rough(x * 1.5, y * 1.5))
    const side = random() < 0.5 ? 1 : -1
    const solids: Solid[] = [
      { kind: 'panel', origin: [-4, -1, 2.2], u: [8, 0, 0], v: [0, 5, 0], look },
      {
        kind: 'panel',
        origin: [-4, 0.72, 0],
        u: [8, 0, 0],
        v: [0, 0, 0.55],
        look: wood('#7d6046'),
      },
    ]
    const kind = Math.floor(random() * 3)
    if (isHall)
      solids.push({
        kind: 'panel',
        origin: [-1.1, 1.62, 2.18],
        u: [2.2, 0, 0],
        v: [0, 0.26, 0],
        look: banner('流动党员线上组织生活会', 2.2, 0.26),
        isFine: true,
      })
    else if (kind === 0)
      solids.push(
        {
          kind: 'box',
          middle: [side * 1.0, 1.3, 2.05],
          size: [1, 1.5, 0.3],
          look: wood('#5d4530'),
        },
        {
          kind: 'panel',
          origin: [side * 1.0 - 0.45, 0.7, 1.89],
          u: [0.9, 0, 0],
          v: [0, 1.3, 0],
          look: (_u, _v, [x, y]) => {
            const tone = rough(Math.floor(x / 0.05) * 7.1, Math.floor(y / 0.33) * 3.1)
            return ((y % 0.33) + 0.33) % 0.33 > 0.27
              ? [0.02, 0.015, 0.01]
              : [0.5 * tone, 0.35 * (1 - tone), 0.3 * tone * tone + 0.05]
          },
        },
      )
    else if (kind === 1)
      solids.push(
        ...windowAt(side * 1.5, 0.9, 1.1, side === 1 ? -1 : 1, 0.5, { low: 0.9, high: 1.9 }).solids,
      )
    else
      solids.push({
        kind: 'box',
        middle: [side * 0.8, 1.55, 2.17],
        size: [0.6, 0.42, 0.03],
        look: (_u, _v, [x, y]) => scale(colour('#7b9182'), 0.4 + rough(x * 6, y * 6)),
      })
    const bright = 0.7 + random() * 0.5
    const tint = random() < 0.4 ? ([1, 0.86, 0.66] as const) : ([0.95, 1, 1.04] as const)
    const lights: Lights = {
      lamps: [
        { kind: 'bulb', at: [side * 0.9, 1.9, 0.3], power: scale(tint, 0.5 * bright) },
        { kind: 'bulb', at: [-side * 1.4, 2.3, 1.1], power: scale(tint, 0.75 * bright) },
      ],
      above: scale(tint, 0.13),
      below: scale(tint, 0.09),
    }
    const view = createView(
      {
        eye: [(random() - 0.5) * 0.2, 1.12 + random() * 0.1, 0.1],
        yaw: (random() - 0.5) * 8,
        pitch: random() * 4,
        fov: 62 + random() * 8,
      },
      WIDE,
      TALL,
    )
    const actors = (isHall ? [-0.52, 0, 0.52] : [0]).map((x) =>
      sitter(random, {
        at: [x, 0, (isHall ? 1.35 : 0.86) + random() * 0.1],
        turn: 180 + (random() - 0.5) * 16,
        table: 0.72,
        detail: 1,
        writes: random() < 0.35,
        who: isHall ? {} : { cut: WOMEN.has(name) ? 'bob' : 'short' },
        ...(at === 0 && x === 0
          ? { speaks: [0.02, 0.4] as const }
          : at === 4
            ? { speaks: [0.42, 0.7] as const }
            : at === 2
              ? { speaks: [0.72, 0.98] as const }
              : {}),
      }),
    )
    return {
      label,
      lights,
      actors,
      frame: createFrame(view, traceStage({ view, lights, solids, nearness: 0.6 })),
    }
  })

  registerFonts()
  const canvas = createCanvas(WIDTH, HEIGHT)
  const g = canvas.getContext('2d')
  g.fillStyle = '#15181d'
  g.fillRect(0, 0, WIDTH, HEIGHT)
  g.font = `500 11px ${SANS}`
  const corner = (at: number): readonly [number, number] => [
    GAP + (at % 3) * (WIDE + GAP),
    GAP + Math.floor(at / 3) * (TALL + GAP),
  ]
  tiles.forEach(({ label }, at) => {
    const [x, y] = corner(at)
    g.fillStyle = '#22262e'
    g.fillRect(x, y + TALL - 16, g.measureText(label).width + 22, 16)
    g.fillStyle = '#e9ebee'
    g.fillText(label, x + 16, y + TALL - 4)
  })
  const sheet = new Uint8ClampedArray(canvas.data())
  const pixels = new Uint8ClampedArray(sheet)
  return (phase) => {
    const speaking = phase < 0.41 ? 0 : phase < 0.71 ? 4 : 2
    tiles.forEach(({ frame, lights, actors }, at) => {
      clear(frame)
      drawFigures(
        frame,
        actors.map((actor) => actor(phase)),
        (spot) => glowAt(lights, [spot[0], 1.2, spot[2]], () => 1),
      )
      const [left, top] = corner(at)
      for (let y = 0; y < TALL; y += 1)
        for (let x = 0; x < WIDE; x += 1) {
          const to = ((top + y) * WIDTH + left + x) * 4
          // The label's own pixels are brighter or darker than the empty sheet.
          const isLabel = y >= TALL - 16 && (sheet[to] ?? 0) !== 0x15
          const isBorder = at === speaking && (x < 2 || y < 2 || x >= WIDE - 2 || y >= TALL - 2)
          const from = (y * WIDE + x) * 4
          for (let part = 0; part < 3; part += 1)
            pixels[to + part] = isBorder
              ? part === 1
                ? 190
                : 70
              : isLabel
                ? (sheet[to + part] ?? 0)
                : (frame.pixels[from + part] ?? 0)
        }
    })
    return pixels
  }
}

export const online: Scene = { name: 'online', seconds: 14, isScreen: true, build: place }
