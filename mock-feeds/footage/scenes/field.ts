import { worker, type Actor } from '../render/cast.ts'
import { drawShade } from '../render/frame.ts'
import { glowAt, type Lights } from '../render/lights.ts'
import { rough } from '../render/noise.ts'
import { bushes, farmhouse, hills, tree } from '../render/outdoors.ts'
import { drawFigures } from '../render/people.ts'
import { banner } from '../render/print.ts'
import type { Look, Solid } from '../render/solids.ts'
import { colour, mix, ramp, scale, unit } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

/** Volunteers clear a ditch between paddies. */
function place(random: () => number): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const off = random() * 50
  const crop = colour(pick(['#6f8f35', '#8a9a3c', '#b29a45']))
  const paddies: Look = (_u, _v, [x, , z]) => {
    const plot = Math.floor((z + x * 0.05) / 7.5) + Math.floor((x + 40) / 16) * 7
    const ridge =
      Math.abs(((((z + x * 0.05) / 7.5) % 1) + 1) % 1) < 0.05 ||
      Math.abs(((((x + 40) / 16) % 1) + 1) % 1) < 0.03
    if (ridge)
      return scale(
        mix(colour('#7a6a48'), colour('#6b7a3a'), rough(x, z)),
        0.7 + 0.5 * rough(x * 5, z * 5),
      )
    const own = mix(crop, colour('#5d7a34'), rough(plot * 3.1 + off, 1))
    const rows = 0.72 + 0.34 * Math.abs(Math.sin(x * 10.5)) * (1 - ramp(z, 10, 40))
    const water = ramp(rough(x * 0.4 + off, z * 0.4), 0.55, 0.75) * 0.4
    return mix(
      scale(own, rows * (0.6 + 0.7 * rough(x * 4, z * 4))),
      [0.45, 0.52, 0.56],
      water * (plot % 3 === 0 ? 0.6 : 0.2),
    )
  }
  const path: Look = (_u, _v, [x, , z]) =>
    scale(colour('#b3aa98'), 0.66 + 0.4 * rough(x * 2, z * 0.7) + 0.1 * rough(x * 11, z * 11))
  const ditch: Look = (_u, _v, [x, , z]) =>
    mix(
      scale(colour('#53605a'), 0.7 + 0.4 * rough(x * 3, z * 0.8)),
      [0.5, 0.56, 0.6],
      ramp(rough(x * 2 + off, z * 0.5), 0.5, 0.72) * 0.7,
    )
  const bank = colour('#8d8676')
  const lane = hand * 1.9
  const solids: Solid[] = [
    { kind: 'panel', origin: [-90, 0, -4], u: [180, 0, 0], v: [0, 0, 200], look: paddies },
    { kind: 'panel', origin: [lane - 1.3, 0.02, -4], u: [2.6, 0, 0], v: [0, 0, 60], look: path },
    {
      kind: 'panel',
      origin: [lane - hand * 2.1 - 0.45, 0.015, -4],
      u: [0.9, 0, 0],
      v: [0, 0, 60],
      look: ditch,
    },
    {
      kind: 'box',
      middle: [lane - hand * 2.1 - 0.52, 0.05, 26],
      size: [0.14, 0.16, 60],
      look: bank,
    },
    {
      kind: 'box',
      middle: [lane - hand * 2.1 + 0.52, 0.05, 26],
      size: [0.14, 0.16, 60],
      look: bank,
    },
    ...farmhouse(random, hand * -26, 46, 9, 3.8),
    ...farmhouse(random, hand * -12, 52, 8, 3.8),
    ...farmhouse(random, hand * 14, 50, 9, 4.2),
    ...tree(random, [hand * -17, 0, 42], 6, 2.6),
    ...tree(random, [hand * 9, 0, 40], 6.5, 2.6),
    ...bushes(random, [-40, 0, 40], [40, 0, 44], 60),
    // A banner between two poles at the edge of the field.
    {
      kind: 'rod',
      a: [hand * -6.8, 0, 12.4],
      b: [hand * -6.8, 1.9, 12.4],
      r: 0.035,
      look: colour('#8a7a58'),
    },
    {
      kind: 'rod',
      a: [hand * -2.2, 0, 12.4],
      b: [hand * -2.2, 1.9, 12.4],
      r: 0.035,
      look: colour('#8a7a58'),
    },
    {
      kind: 'panel',
      origin: [hand * -4.5 - 2.3, 1.2, 12.36],
      u: [4.6, 0, 0],
      v: [0, 0.62, 0],
      look: banner(
        pick(['党员突击队 清淤保灌溉', '主题党日 助农先锋岗', '党旗飘在田埂上']),
        4.6,
        0.62,
      ),
      isFine: true,
    },
    {
      kind: 'ball',
      middle: [lane + hand * 0.6, 0.14, 6.3],
      radii: [0.34, 0.16, 0.3],
      look: (_u, _v, p) => scale(colour('#5a4c38'), 0.6 + rough(p[0] * 12, p[1] * 12, p[2] * 12)),
    },
    {
      kind: 'ball',
      middle: [lane + hand * 0.9, 0.12, 9.2],
      radii: [0.4, 0.15, 0.3],
      look: (_u, _v, p) => scale(colour('#5a4c38'), 0.6 + rough(p[0] * 12, p[1] * 12, p[2] * 12)),
    },
  ]
  const spots = [
    [-0.4, 4.1, -70],
    [-2.4, 5.0, 60],
    [-0.2, 6.2, -110],
    [-2.6, 7.4, 80],
    [0.6, 7.9, -60],
    [-0.3, 9.4, -80],
    [-2.5, 10.4, 110],
    [-0.1, 12.2, -100],
    [-2.6, 14, 70],
  ] as const
  const actors: Actor[] = spots
    .filter(() => random() < 0.9)
    .map(([x, z, turn], at) =>
      worker(random, {
        at: [lane + hand * (x + 0.2) + (random() - 0.5) * 0.4, 0, z],
        turn: hand * turn + (random() - 0.5) * 30,
        tool: pick(['hoe', 'shovel', 'hoe', 'broom']),
        strokes: 4 + (at % 4),
      }),
    )
  const sun = unit([hand * 0.8, 1, -0.35])
  const lights: Lights = {
    lamps: [{ kind: 'sun', towards: sun, power: [1.5, 1.38, 1.15] }],
    above: [0.34, 0.4, 0.46],
    below: [0.16, 0.17, 0.1],
  }
  const view = createView(
    { eye: [hand * 0.4, 3.4, -1], yaw: hand * -4, pitch: 15, fov: 70 },
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
          [at[0] - sun[0] * 0.6, 0.02, at[2] - sun[2] * 0.6],
          0.95,
          0.34,
          90 - hand * 24,
          0.55,
        )
      drawFigures(frame, figures, (at) => glowAt(lights, at, () => 0.9))
    },
  )
}

export const field: Scene = { name: 'field', seconds: 12, build: place }
