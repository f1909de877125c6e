import { sitter, type Actor } from '../render/cast.ts'
import { glowAt, type Lights } from '../render/lights.ts'
import { drawFigures, shadowsOf } from '../render/people.ts'
import { banner, notice } from '../render/print.ts'
import {
  chair,
  cup,
  hangingFlag,
  room,
  sheetOfPaper,
  tube,
  windowAt,
  wood,
} from '../render/room.ts'
import { rough } from '../render/noise.ts'
import type { Look, Solid } from '../render/solids.ts'
import { colour, scale } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

const WORDS = ['支部委员会会议', '党员议事会', '民主评议党员', '党小组会'] as const
const BOOKS = ['#7d2a2c', '#2f4667', '#3c5a45', '#8a7347', '#555a60', '#a34a3d'] as const

/** A branch committee around one table. */
function place(random: () => number): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const [width, depth, tall] = [6.4, 7.4, 3.1]
  const timber = wood(pick(['#6f3f27', '#8a6236', '#5d3a2a']))
  const tubes = [2.2, 4.8].map((z) =>
    tube(
      [0, tall - 0.05, z],
      1.3,
      4.6,
      pick([
        [1, 1, 0.96],
        [1, 0.93, 0.82],
      ]),
    ),
  )
  const panes = windowAt((hand * width) / 2, 3.2, 1.9, hand === 1 ? -1 : 1, 5.5, {
    curtain: pick(['#8c6b5a', '#9aa3a0', '#a59a7c']),
  })
  const books: Look = (_u, _v, [x, y]) => {
    const book = Math.floor(x / 0.045)
    const own = colour(
      BOOKS[
        Math.abs(Math.floor(rough(book * 9.1, Math.floor(y / 0.4) * 3.3) * 40)) % BOOKS.length
      ] ?? '#555a60',
    )
    const high = 0.22 + 0.1 * rough(book * 5.7, 2)
    return ((y % 0.4) + 0.4) % 0.4 > high ? [0.01, 0.008, 0.006] : scale(own, 0.8)
  }
  const cupboard = hand * -2.1
  const long = 3.4
  const solids: Solid[] = [
    ...room(width, depth, tall, {
      wall: pick(['#d8d0bd', '#d6d8d3', '#dcd6c8']),
      skirt: pick(['#8e9d92', '#a3937a']),
      floor: pick(['tiles', 'wood']),
    }),
    ...tubes.map(({ solid }) => solid),
    ...panes.solids,
    {
      kind: 'panel',
      origin: [-1.75, 2.32, depth - 0.03],
      u: [3.5, 0, 0],
      v: [0, 0.38, 0],
      look: banner(pick(WORDS), 3.5, 0.38),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [hand * 1.35 - 0.6, 1.2, depth - 0.03],
      u: [1.2, 0, 0],
      v: [0, 0.85, 0],
      look: notice('支部委员会', ['书记', '组织委员', '宣传委员', '纪检委员']),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [-0.6, 1.2, depth - 0.03],
      u: [1.2, 0, 0],
      v: [0, 0.85, 0],
      look: notice('议事规则', ['集体领导', '民主集中', '个别酝酿', '会议决定']),
      isFine: true,
    },
    { kind: 'box', middle: [cupboard, 1, depth - 0.22], size: [1.5, 2, 0.4], look: timber },
    {
      kind: 'panel',
      origin: [cupboard - 0.68, 0.72, depth - 0.43],
      u: [1.36, 0, 0],
      v: [0, 1.2, 0],
      look: books,
      isFine: true,
    },
    ...hangingFlag([hand * 2.75, 0, depth - 0.3], 2.1, hand === 1 ? -1 : 1),
    // The table, with a hollow for flowers in its middle.
    { kind: 'box', middle: [0, 0.75, 3.9], size: [1.7, 0.05, long], look: timber },
    { kind: 'box', middle: [0, 0.38, 3.9], size: [1.3, 0.7, long - 0.4], look: timber },
    { kind: 'box', middle: [0, 0.8, 3.9], size: [0.4, 0.06, 1.5], look: colour('#3f5a2e') },
    ...Array.from({ length: 9 }, (_, at): Solid => ({
      kind: 'ball',
      middle: [(random() - 0.5) * 0.24, 0.88, 3.25 + at * 0.16],
      radii: [0.08, 0.09, 0.08],
      look: (_u, _v, p) =>
        scale(
          colour(at % 3 === 1 ? '#b03a44' : '#4c7a3a'),
          0.5 + rough(p[0] * 30, p[1] * 30, p[2] * 30),
        ),
    })),
  ]
  const actors: Actor[] = []
  const seat = (x: number, z: number, turn: number, speaks?: readonly [number, number]): void => {
    solids.push(...chair([x, 0, z], turn, colour('#2a2523'), colour('#4a3a2c')))
    const back = (turn * Math.PI) / 180
    const [ax, az] = [x + Math.sin(back) * 0.52, z + Math.cos(back) * 0.52]
    solids.push(
      ...cup([ax + Math.cos(back) * 0.25, 0.78, az - Math.sin(back) * 0.25]),
      sheetOfPaper([ax - 0.08, 0.78, az - 0.1], turn + (random() - 0.5) * 30),
    )
    actors.push(
      sitter(random, {
        at: [x, 0, z],
        turn,
        table: 0.76,
        writes: random() < 0.4,
        detail: 0.9,
        looks: (random() - 0.5) * 30,
        ...(speaks !== undefined && { speaks }),
      }),
    )
  }
  for (const [at, z] of [2.75, 3.5, 4.25, 5.0].entries()) {
    if (random() < 0.92) seat(-1.25, z, 90, at === 2 ? [0.5, 0.78] : undefined)
    if (random() < 0.92) seat(1.25, z, -90, at === 1 ? [0.8, 1] : undefined)
  }
  seat(0, 6.05, 180, [0.02, 0.46])
  const lights: Lights = {
    lamps: [...tubes.map(({ lamp }) => lamp), panes.lamp],
    above: [0.16, 0.155, 0.145],
    below: [0.13, 0.12, 0.1],
  }
  const view = createView(
    { eye: [hand * -2.7, 2.72, 0.35], yaw: hand * 27, pitch: 20, fov: 76 },
    WIDTH,
    HEIGHT,
  )
  return staged(
    { view, lights, solids, casters: actors.flatMap((actor) => shadowsOf(actor(0))) },
    (frame, phase) =>
      drawFigures(
        frame,
        actors.map((actor) => actor(phase)),
        (at) => glowAt(lights, [at[0], at[1] + 1, at[2]], () => 0.85),
      ),
  )
}

export const table: Scene = { name: 'table', seconds: 13, build: place }
