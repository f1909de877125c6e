import { walker, worker, type Actor } from '../render/cast.ts'
import { drawShade } from '../render/frame.ts'
import { glowAt, type Lights } from '../render/lights.ts'
import { rough } from '../render/noise.ts'
import { bushes, cement, farmhouse, hills, soil, tree } from '../render/outdoors.ts'
import { drawFigures } from '../render/people.ts'
import { banner } from '../render/print.ts'
import type { Solid } from '../render/solids.ts'
import { colour, scale, unit } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

/** Volunteers sweep a village lane. */
function place(random: () => number): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const solids: Solid[] = [
    { kind: 'panel', origin: [-80, -0.01, -5], u: [160, 0, 0], v: [0, 0, 160], look: soil },
    { kind: 'panel', origin: [-2.6, 0, -5], u: [5.2, 0, 0], v: [0, 0, 70], look: cement },
    ...farmhouse(random, hand === 1 ? 3.6 : -12.6, 9, 9, 3.4),
    ...farmhouse(random, hand === 1 ? -13.4 : 4.4, 14.5, 9, 3.6),
    ...farmhouse(random, hand === 1 ? 4.2 : -13.2, 20, 9, 4),
    ...farmhouse(random, -4, 40, 8, 3.6),
    ...tree(random, [hand * -4.3, 0, 9.5], 4.6, 1.5),
    ...tree(random, [hand * 4.1, 0, 17], 4.6, 1.5, '#5a7a3c'),
    ...bushes(random, [hand * -3.4, 0, 3], [hand * -3.4, 0, 13], 16),
    ...bushes(random, [hand * 3.2, 0, 14], [hand * 3.2, 0, 28], 14),
    // A lamp post, three bins, a heap of leaves.
    { kind: 'rod', a: [hand * -3, 0, 7], b: [hand * -3, 3.1, 7], r: 0.05, look: colour('#8c9092') },
    ...[0, 0.62, 1.24].map((x): Solid => ({
      kind: 'box',
      middle: [hand * (3 + x), 0.45, 7.4],
      size: [0.5, 0.9, 0.5],
      look: colour(x === 0 ? '#2f6b46' : x > 1 ? '#3a5f8a' : '#7a7d7f'),
    })),
    {
      kind: 'ball',
      middle: [hand * 1.3, 0.1, 6.4],
      radii: [0.6, 0.18, 0.5],
      look: (_u, _v, p) => scale(colour('#8a7440'), 0.5 + rough(p[0] * 14, p[1] * 14, p[2] * 14)),
    },
    {
      kind: 'panel',
      origin: [hand * 5.6 - 1.9, 2.3, 8.92],
      u: [3.8, 0, 0],
      v: [0, 0.5, 0],
      look: banner(pick(['洁净村庄 党员先行', '志愿服务 党员带头', '主题党日 清洁家园']), 3.8, 0.5),
      isFine: true,
    },
  ]
  const actors: Actor[] = [
    [-1.2, 4.4, 40],
    [0.9, 5.6, -50],
    [-1.8, 7.6, 70],
    [1.9, 8.2, -80],
    [0.1, 10, 20],
    [-1.3, 12.4, 60],
    [1.2, 14.6, -60],
  ].map(([x = 0, z = 0, turn = 0], at) =>
    worker(random, {
      at: [x + (random() - 0.5) * 0.5, 0, z],
      turn: turn + (random() - 0.5) * 40,
      tool: at === 3 ? 'shovel' : 'broom',
      strokes: 5 + (at % 4),
    }),
  )
  actors.push(
    walker(random, {
      from: [hand * -0.4, 0, 7],
      to: [hand * 2.6, 0, 7.1],
      offset: random(),
      carries: 'bag',
      who: { vest: colour('#a8161d') },
    }),
    walker(random, { from: [hand * 0.6, 0, 24], to: [hand * 0.2, 0, 13], offset: random() }),
  )
  const sun = unit([hand * -0.7, 1, -0.5])
  const lights: Lights = {
    lamps: [{ kind: 'sun', towards: sun, power: [1.5, 1.36, 1.12] }],
    above: [0.33, 0.38, 0.44],
    below: [0.17, 0.16, 0.13],
  }
  const view = createView(
    { eye: [hand * -1.6, 3.7, -1.6], yaw: hand * 8, pitch: 16, fov: 72 },
    WIDTH,
    HEIGHT,
  )
  return staged(
    { view, lights, solids, backdrop: hills(Math.floor(random() * 1000)), nearness: 0.8 },
    (frame, phase) => {
      const figures = actors.map((actor) => actor(phase))
      for (const { at } of figures)
        drawShade(
          frame,
          [at[0] - sun[0] * 0.6, 0, at[2] - sun[2] * 0.6],
          0.95,
          0.34,
          90 + hand * 36,
          0.5,
        )
      drawFigures(frame, figures, (at) => glowAt(lights, at, () => 0.9))
    },
  )
}

export const street: Scene = { name: 'street', seconds: 12, build: place }
