import { sitter, speaker, type Actor } from '../render/cast.ts'
import { glowAt, type Lamp, type Lights } from '../render/lights.ts'
import { drawFigures, shadowsOf } from '../render/people.ts'
import { banner, notice } from '../render/print.ts'
import { bushes, cement, farmhouse, hills, tree } from '../render/outdoors.ts'
import { rough } from '../render/noise.ts'
import type { Look, Solid } from '../render/solids.ts'
import { colour, scale, unit } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

const TALKS = [
  ['屋场微党课', ['党的惠农政策解读', '油茶低改怎么补', '大家说一说']],
  ['屋场恳谈会', ['村道硬化走线', '路灯装在哪几处', '水费怎么收']],
  ['院落夜话', ['移风易俗大家谈', '红白喜事从简', '积分怎么算']],
] as const

/** A lecture in front of a farmhouse, by day or under two bulbs. */
export function courtyardPlace(random: () => number, isNight: boolean): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const [head, lines] = isNight ? TALKS[2] : TALKS[random() < 0.5 ? 0 : 1]
  const brick: Look = (_u, _v, [x, y, z]) => {
    const row = Math.floor(y / 0.09)
    const gap =
      Math.abs((((y / 0.09) % 1) + 1) % 1) < 0.14 ||
      Math.abs(((((x + z) / 0.24 + row * 0.5) % 1) + 1) % 1) < 0.06
    return scale(colour(gap ? '#9a9284' : '#8f5f4a'), 0.7 + 0.5 * rough(x * 3, y * 6, z * 3))
  }
  const stool = colour(pick(['#3d5f8f', '#a34b3a', '#7a5a38', '#4c6f58']))
  const post = colour('#6b5236')
  const board = notice(head, lines)
  const solids: Solid[] = [
    { kind: 'panel', origin: [-60, 0, -5], u: [120, 0, 0], v: [0, 0, 120], look: cement },
    ...farmhouse(random, hand === 1 ? 0.4 : -8.4, 10.6, 8, 3.5, isNight ? 1.1 : 0),
    ...farmhouse(random, hand === 1 ? -15 : 8, 17, 7, 3.6, isNight ? 0.5 : 0),
    { kind: 'box', middle: [hand * -6.5, 0.55, 11.4], size: [13, 1.1, 0.24], look: brick },
    ...tree(random, [hand * -5.4, 0, 9.3], 5.2, 1.9),
    ...bushes(random, [hand * -12, 0, 12.4], [hand * 0.2, 0, 12.4], 12),
    // The board and the banner over it.
    { kind: 'rod', a: [hand * -2.6, 0, 9.4], b: [hand * -2.6, 2.0, 9.4], r: 0.03, look: post },
    { kind: 'rod', a: [hand * -0.8, 0, 9.4], b: [hand * -0.8, 2.0, 9.4], r: 0.03, look: post },
    {
      kind: 'panel',
      origin: [hand * -1.7 - 0.85, 0.85, 9.36],
      u: [1.7, 0, 0],
      v: [0, 1.06, 0],
      look: board,
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [hand * 3.2 - 2, 2.62, 10.5],
      u: [4, 0, 0],
      v: [0, 0.36, 0],
      look: banner(isNight ? '屋场夜话 党群同心' : '主题党日 送学上门', 4, 0.36),
      isFine: true,
    },
  ]
  const actors: Actor[] = []
  for (const [row, z] of [3.6, 4.7, 5.8, 6.8].entries()) {
    const people = 5 + (row % 2)
    for (let at = 0; at < people; at += 1) {
      const x = hand * -0.6 + (at - (people - 1) / 2) * 1.02 + (random() - 0.5) * 0.4
      if (random() < 0.14) continue
      const [dx, dz] = [(random() - 0.5) * 0.3, (random() - 0.5) * 0.36]
      solids.push(
        { kind: 'box', middle: [x + dx, 0.36, z + dz], size: [0.34, 0.04, 0.28], look: stool },
        {
          kind: 'box',
          middle: [x + dx, 0.17, z + dz],
          size: [0.26, 0.34, 0.2],
          look: scale(stool, 0.6),
        },
      )
      actors.push(
        sitter(random, {
          at: [x + dx, 0, z + dz],
          turn: (Math.atan2(hand * -1.3 - x, 9 - z) * 180) / Math.PI + (random() - 0.5) * 16,
          seat: 0.38,
          writes: random() < 0.12,
          who: !isNight && random() < 0.25 ? { hat: 'straw' } : {},
        }),
      )
    }
  }
  actors.push(
    speaker(random, {
      at: [hand * -0.3, 0, 8.7],
      turn: 180,
      who: { top: colour('#c8cbcc'), cut: 'short', hat: 'none' },
    }),
  )
  const bulbs: Lamp[] = [
    { kind: 'bulb', at: [hand * -1.7, 2.9, 8.6], power: [7.5, 5.8, 3.6] },
    { kind: 'bulb', at: [hand * 4.2, 2.8, 9.7], power: [4.4, 3.4, 2.1] },
  ]
  if (isNight)
    for (const bulb of bulbs)
      if (bulb.kind === 'bulb')
        solids.push(
          {
            kind: 'ball',
            middle: bulb.at,
            radii: [0.07, 0.09, 0.07],
            look: [1, 0.8, 0.5],
            glow: 4,
            isClear: true,
          },
          {
            kind: 'rod',
            a: [bulb.at[0], bulb.at[1] + 0.08, bulb.at[2]],
            b: [bulb.at[0], bulb.at[1] + 0.5, bulb.at[2] + 1.6],
            r: 0.008,
            look: [0.02, 0.02, 0.02],
            isClear: true,
          },
        )
  const lights: Lights = isNight
    ? { lamps: bulbs, above: [0.012, 0.016, 0.03], below: [0.02, 0.017, 0.013] }
    : {
        lamps: [{ kind: 'sun', towards: unit([hand * 0.75, 1, -0.55]), power: [1.6, 1.46, 1.2] }],
        above: [0.28, 0.33, 0.4],
        below: [0.2, 0.18, 0.15],
      }
  const view = createView(
    { eye: [hand * 1.9, 3.3, 0.4], yaw: hand * -11, pitch: 15, fov: 74 },
    WIDTH,
    HEIGHT,
  )
  return staged(
    {
      view,
      lights,
      solids,
      casters: actors.flatMap((actor) => shadowsOf(actor(0))),
      backdrop: hills(Math.floor(random() * 1000), isNight ? 1 : 0),
      nearness: 0.8,
    },
    (frame, phase) =>
      drawFigures(
        frame,
        actors.map((actor) => actor(phase)),
        (at) => glowAt(lights, [at[0], at[1] + 0.9, at[2]], () => 0.9),
      ),
  )
}

export const courtyard: Scene = {
  name: 'courtyard',
  seconds: 12,
  build: (random) => courtyardPlace(random, false),
}
