import { sitter, speaker, type Actor } from '../render/cast.ts'
import { drawSheet } from '../render/frame.ts'
import { glowAt, type Lamp, type Lights } from '../render/lights.ts'
import { drawFigures, shadowsOf } from '../render/people.ts'
import { banner, notice } from '../render/print.ts'
import {
  chair,
  cup,
  desk,
  hangingFlag,
  room,
  sheetOfPaper,
  tube,
  windowAt,
  wood,
} from '../render/room.ts'
import type { Solid } from '../render/solids.ts'
import { colour, type V } from '../render/vector.ts'
import { createView, type Aim } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

const WORDS = ['支部党员大会', '主题党日活动', '组织生活会', '专题党课学习'] as const
const SLIDES = [
  ['一、学习上级文件精神', '二、通报本月党务财务', '三、讨论人居环境整治'],
  ['1 油茶管护分片包干', '2 水渠清淤本周完成', '3 困难户走访安排'],
  ['一、重温入党誓词', '二、交纳党费', '三、学习党章党规'],
  ['1 村务公开栏更新', '2 高标准农田进度', '3 积分兑换登记'],
] as const
const DEPTH = 11
const TALL = 3.4

/** What the halls have in common; each camera looks into its own. `closed` is the empty hall at night, by the camera's own infrared. */
export function hallPlace(
  random: () => number,
  kind: 'behind' | 'before' | 'empty' | 'evening' | 'closed',
): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const width = 8 + random()
  const timber = wood(pick(['#7c4f2e', '#8d6a44', '#6a4a35', '#93897c']))
  const cushion = colour(pick(['#2c3550', '#5a2326', '#33373b', '#3d5145']))
  const words = pick(WORDS)
  const isDark = kind === 'empty' || kind === 'closed'
  const isNight = kind === 'evening' || kind === 'closed'
  const tubes = [2.2, 5.2, 8.2].flatMap((z) => [
    tube([-1.9, TALL - 0.06, z], 1.3, isDark ? 0 : 3),
    tube([1.9, TALL - 0.06, z], 1.3, isDark ? 0 : 3),
  ])
  const curtain = pick(['#8c9aa0', '#a08f72', '#7d8f80', '#6e5a58'])
  const windows = [2.4, 5.4, 8.2].map((z) =>
    windowAt((hand * width) / 2, z, 1.7, hand === 1 ? -1 : 1, 6, { curtain, isNight }),
  )
  const back = DEPTH - 0.03
  const solids: Solid[] = [
    ...room(width, DEPTH, TALL, {
      wall: pick(['#d9d4c6', '#d5d7d4', '#dccfb8', '#cfd4cc']),
      skirt: pick(['#8fa596', '#9aa4ad', '#b3a78e']),
      floor: pick(['tiles', 'concrete', 'tiles']),
    }),
    ...tubes.map(({ solid }) => (isDark ? { ...solid, glow: 0 } : solid)),
    ...windows.flatMap((one) => one.solids),
    {
      kind: 'panel',
      origin: [-2.3, 2.52, back],
      u: [4.6, 0, 0],
      v: [0, 0.42, 0],
      look: banner(words, 4.6, 0.42),
      isFine: true,
    },
    { kind: 'box', middle: [0, 0.08, DEPTH - 0.9], size: [width - 0.4, 0.16, 1.8], look: timber },
    {
      kind: 'box',
      middle: [hand * -2.35, 0.7, DEPTH - 1.5],
      size: [0.62, 1.1, 0.44],
      look: timber,
    },
    {
      kind: 'box',
      middle: [hand * -2.35, 1.27, DEPTH - 1.52],
      size: [0.7, 0.05, 0.52],
      look: timber,
    },
    {
      kind: 'box',
      middle: [hand * -3.7, 1.03, DEPTH - 0.35],
      size: [0.5, 1.75, 0.36],
      look: colour('#d2d5d5'),
    },
    {
      kind: 'box',
      middle: [hand * 0.45, 1.55, DEPTH - 0.05],
      size: [2.5, 1.4, 0.06],
      look: colour('#1b1c1e'),
    },
    ...hangingFlag([hand * 2.4, 0.16, DEPTH - 0.4], 2.2, 1),
    ...hangingFlag([hand * -1.25, 0.16, DEPTH - 0.4], 2.2, -1),
    ...boards(hand, width),
  ]
  const actors: Actor[] = []
  for (const [row, z] of [3.1, 4.45, 5.8, 7.15].entries()) {
    for (const side of [-1, 1] as const) {
      solids.push(...desk([side * 2.05, 0, z], 3, 0.5, timber))
      for (let at = 0; at < 4; at += 1) {
        const x = side * 2.05 - 1.1 + at * 0.74 + (random() - 0.5) * 0.12
        solids.push(...chair([x, 0, z - 0.62], (random() - 0.5) * 10, cushion, colour('#5c5f63')))
        if (isDark || random() > (row === 3 ? 0.6 : 0.86)) continue
        actors.push(
          sitter(random, {
            at: [x, 0, z - 0.6],
            turn: (random() - 0.5) * 14,
            table: 0.76,
            writes: random() < 0.3,
            ...(random() < (kind === 'before' ? 0.85 : 0.3) && { voteAt: 0.62 }),
          }),
        )
        if (random() < 0.7) solids.push(...cup([x + 0.26, 0.78, z + 0.02]))
        solids.push(sheetOfPaper([x - 0.1, 0.78, z - 0.2], (random() - 0.5) * 24))
      }
    }
  }
  if (!isDark)
    actors.push(
      speaker(random, {
        at: [hand * -2.35, 0.16, DEPTH - 1.05],
        turn: 180,
        hands: 1.1,
        who: { top: colour('#1d2536'), cut: 'short', hair: colour('#0f0d0c') },
      }),
    )
  const aim: Aim =
    kind === 'before'
      ? { eye: [hand * -3.5, 2.95, DEPTH - 0.5], yaw: 180 - hand * 27, pitch: 20, fov: 80 }
      : {
          eye: [hand * -3.3, 2.95, 0.35],
          yaw: hand * (14 + random() * 6),
          pitch: 16 + random() * 2,
          fov: 74 + random() * 6,
        }
  const lights = lightsOf(
    kind,
    aim,
    [...tubes, ...windows].map(({ lamp }) => lamp),
  )
  const view = createView(aim, WIDTH, HEIGHT)
  const slides = [notice(words, pick(SLIDES)), notice(words, pick(SLIDES))] as const
  return staged(
    { view, lights, solids, casters: actors.flatMap((actor) => shadowsOf(actor(0))) },
    (frame, phase) => {
      if (!isDark)
        drawSheet(
          frame,
          [hand * 0.45 - 1.18, 0.9, DEPTH - 0.09],
          [2.36, 0, 0],
          [0, 1.3, 0],
          slides[phase < 0.5 ? 0 : 1],
          0.8,
        )
      drawFigures(
        frame,
        actors.map((actor) => actor(phase)),
        (at) => glowAt(lights, [at[0], at[1] + 1, at[2]], () => 0.85),
      )
    },
  )
}

function lightsOf(
  kind: Parameters<typeof hallPlace>[1],
  { eye }: Aim,
  lamps: readonly Lamp[],
): Lights {
  if (kind === 'closed') {
    const infrared: Lamp = { kind: 'bulb', at: [eye[0], eye[1] + 0.05, eye[2]], power: [9, 9, 9] }
    return { lamps: [infrared], above: [0.012, 0.012, 0.012], below: [0.012, 0.012, 0.012] }
  }
  if (kind === 'empty') return { lamps, above: [0.05, 0.055, 0.06], below: [0.04, 0.04, 0.04] }
  return { lamps, above: [0.16, 0.16, 0.155], below: [0.13, 0.12, 0.105] }
}

/** Notices along the wall opposite the windows. */
function boards(hand: 1 | -1, width: number): Solid[] {
  const prints = [
    notice('入党誓词', ['我志愿加入中国共产党', '拥护党的纲领', '遵守党的章程', '履行党员义务']),
    notice('三会一课', ['支部党员大会', '支部委员会', '党小组会', '党课']),
  ]
  return prints.map((look, at): Solid => {
    const origin: V = [hand * (-width / 2 + 0.02), 1.3, 4.6 + at * 2.4 + (hand === 1 ? 0 : 1.4)]
    return { kind: 'panel', origin, u: [0, 0, hand * 1.4], v: [0, 0.9, 0], look, isFine: true }
  })
}

/** A village meeting hall from above the last row: speaker, slides, people seen from behind. */
export const hall: Scene = {
  name: 'hall',
  seconds: 12,
  build: (random) => hallPlace(random, 'behind'),
}
