import { sitter, speaker, walker, type Actor } from '../render/cast.ts'
import { drawShade, drawSheet } from '../render/frame.ts'
import { glowAt, type Lights } from '../render/lights.ts'
import { drawFigures, shadowsOf } from '../render/people.ts'
import { banner, notice, print, SANS } from '../render/print.ts'
import { bushes } from '../render/outdoors.ts'
import { chair, room, tube, windowAt } from '../render/room.ts'
import type { Solid } from '../render/solids.ts'
import { colour, scale } from '../render/vector.ts'
import { createView } from '../render/view.ts'
import { HEIGHT, picker, staged, WIDTH, type Place, type Scene } from '../scene.ts'

const WINDOWS = ['综合受理', '社保医保', '党员服务', '便民代办'] as const

/** The service hall of a village: a counter with staff, people who wait, come and go. */
function place(random: () => number): Place {
  const pick = picker(random)
  const hand = random() < 0.5 ? 1 : -1
  const [width, depth, tall] = [9.6, 8.6, 3.3]
  const tubes = [2, 4.4, 6.8].flatMap((z) =>
    [-2.6, 0, 2.6].map((x) => tube([x, tall - 0.05, z], 1.2, 2.1)),
  )
  const door = windowAt((hand * -width) / 2, 1.4, 2.2, hand === 1 ? 1 : -1, 5, {
    low: 0.1,
    high: 2.4,
    curtain: '#9aa5a6',
  })
  const front = colour(pick(['#a8232a', '#8c6a45', '#3f5f7f']))
  const light = colour('#d3d2cc')
  const counter = 5.6
  const solids: Solid[] = [
    ...room(width, depth, tall, {
      wall: pick(['#dfdcd2', '#d8dcdc']),
      floor: 'tiles',
      ceiling: '#e6e5df',
    }),
    ...tubes.map(({ solid }) => solid),
    ...door.solids,
    {
      kind: 'box',
      middle: [0, 0.4, counter],
      size: [7.4, 0.8, 0.5],
      look: (_u, _v, [, y]) =>
        y < 0.12 ? scale(front, 0.4) : y > 0.5 && y < 0.62 ? colour('#d8c48a') : front,
    },
    { kind: 'box', middle: [0, 0.82, counter - 0.06], size: [7.6, 0.05, 0.72], look: light },
    {
      kind: 'panel',
      origin: [-2.7, 2.46, depth - 0.03],
      u: [5.4, 0, 0],
      v: [0, 0.46, 0],
      look: banner('党群服务中心 为人民服务', 5.4, 0.46),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [hand * 3.1 - 0.75, 1.2, depth - 0.03],
      u: [1.5, 0, 0],
      v: [0, 1, 0],
      look: notice('办事指南', ['一窗受理', '全程代办', '限时办结']),
      isFine: true,
    },
    {
      kind: 'panel',
      origin: [hand * -3.2 - 0.75, 1.2, depth - 0.03],
      u: [1.5, 0, 0],
      v: [0, 1, 0],
      look: notice('党务公开', ['发展党员公示', '党费收缴公示', '主题党日计划']),
      isFine: true,
    },
    ...bushes(random, [hand * 4.2, 0, 7.7], [hand * 4.5, 0, 8.1], 3),
    {
      kind: 'rod',
      a: [hand * 4.35, 0.12, 7.9],
      b: [hand * 4.35, 0.3, 7.9],
      r: 0.2,
      look: colour('#d8d5cc'),
    },
  ]
  const actors: Actor[] = []
  WINDOWS.forEach((words, at) => {
    const x = -2.7 + at * 1.8
    const sign = print(180, 46, (g) => {
      g.fillStyle = '#16447a'
      g.fillRect(0, 0, 180, 46)
      g.fillStyle = '#f2f5f8'
      g.font = `700 28px ${SANS}`
      g.textAlign = 'center'
      g.textBaseline = 'middle'
      g.fillText(words, 90, 24)
    })
    solids.push(
      {
        kind: 'panel',
        origin: [x - 0.45, 1.98, counter + 0.1],
        u: [0.9, 0, 0],
        v: [0, 0.24, 0],
        look: sign,
        isFine: true,
        isClear: true,
      },
      {
        kind: 'rod',
        a: [x - 0.4, 2.2, counter + 0.1],
        b: [x - 0.4, tall, counter + 0.1],
        r: 0.008,
        look: [0.4, 0.4, 0.4],
        isClear: true,
      },
      {
        kind: 'rod',
        a: [x + 0.4, 2.2, counter + 0.1],
        b: [x + 0.4, tall, counter + 0.1],
        r: 0.008,
        look: [0.4, 0.4, 0.4],
        isClear: true,
      },
      {
        kind: 'box',
        middle: [x + 0.32, 1.05, counter + 0.1],
        size: [0.46, 0.3, 0.04],
        turn: -20,
        look: colour('#17181a'),
      },
      {
        kind: 'box',
        middle: [x - 0.3, 0.87, counter - 0.1],
        size: [0.3, 0.05, 0.22],
        look: colour('#b9bcbc'),
      },
      ...chair([x, 0, counter + 0.75], 180, colour('#26282c'), colour('#55585c')),
    )
    if (random() < 0.8)
      actors.push(
        sitter(random, {
          at: [x, 0, counter + 0.72],
          turn: 180,
          seat: 0.5,
          table: 0.82,
          writes: random() < 0.6,
          who:
            random() < 0.5
              ? { vest: colour('#a8161d') }
              : { top: colour('#2a3550'), shirt: colour('#d5d8da') },
        }),
      )
    if (random() < 0.55)
      actors.push(
        speaker(random, {
          at: [x + (random() - 0.5) * 0.3, 0, counter - 0.62],
          turn: (random() - 0.5) * 24,
          hands: 0.9,
        }),
      )
  })
  const seatColour = colour(pick(['#8f9aa1', '#3a4f6d', '#6d7275']))
  for (let at = 0; at < 5; at += 1) {
    const x = hand * (3.9 - at * 0.6)
    solids.push(...chair([x, 0, 2.5], 0, seatColour, colour('#8b8f92')))
    if (random() < 0.45)
      actors.push(
        sitter(random, { at: [x, 0, 2.52], turn: (random() - 0.5) * 30, writes: random() < 0.5 }),
      )
  }
  actors.push(
    walker(random, {
      from: [hand * -3.6, 0, 2.2],
      to: [hand * 1.6, 0, 4.3],
      offset: random(),
      carries: 'folder',
    }),
    walker(random, {
      from: [hand * -2.4, 0, 4.2],
      to: [hand * -3.4, 0, 1.4],
      offset: random(),
      carries: random() < 0.5 ? 'bag' : 'folder',
    }),
  )
  const lights: Lights = {
    lamps: [...tubes.map(({ lamp }) => lamp), door.lamp],
    above: [0.17, 0.17, 0.17],
    below: [0.15, 0.145, 0.135],
  }
  const view = createView(
    { eye: [hand * 4.2, 2.9, 0.3], yaw: hand * -31, pitch: 18, fov: 78 },
    WIDTH,
    HEIGHT,
  )
  const calls = ['请 A018 号到 2 号窗口', '请 A019 号到 1 号窗口'].map((words) =>
    print(420, 60, (g) => {
      g.fillStyle = '#120405'
      g.fillRect(0, 0, 420, 60)
      g.fillStyle = '#ff5a46'
      g.font = `700 34px ${SANS}`
      g.textAlign = 'center'
      g.textBaseline = 'middle'
      g.fillText(words, 210, 31)
    }),
  )
  return staged(
    { view, lights, solids, casters: actors.slice(0, -2).flatMap((actor) => shadowsOf(actor(0))) },
    (frame, phase) => {
      const call = calls[phase < 0.55 ? 0 : 1]
      if (call !== undefined)
        drawSheet(frame, [-1.05, 2.04, depth - 0.04], [2.1, 0, 0], [0, 0.3, 0], call, 1.1)
      const figures = actors.map((actor) => actor(phase))
      for (const { at } of figures.slice(-2))
        drawShade(frame, [at[0], 0, at[2]], 0.42, 0.42, 0, 0.5)
      drawFigures(frame, figures, (at) => glowAt(lights, [at[0], at[1] + 1, at[2]], () => 0.85))
    },
  )
}

export const service: Scene = { name: 'service', seconds: 14, build: place }
