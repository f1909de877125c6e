import { ellipse, flag, gradient, polygon, volunteer, wave } from '../brush.ts'
import type { Scene } from '../scene.ts'

/** Volunteers in red vests clear a ditch beside terraced paddies. */
export const field: Scene = {
  name: 'field',
  seed: 37,
  seconds: 12,
  camera: '枧头镇彭梓城村 田间 04',
  paint(g, random) {
    g.fillStyle = gradient(g, 0, 0, 0, 140, '#b9d3df', '#e9efe6')
    g.fillRect(0, 0, 640, 150)
    for (const [base, height, colour, far] of [
      [110, 74, '#a6bcbf', 0.007],
      [128, 58, '#86a596', 0.011],
      [146, 44, '#638a68', 0.017],
    ] as const) {
      const offset = random() * 10
      g.fillStyle = gradient(g, 0, base - height, 0, base + 20, colour, '#c3d2bd')
      g.beginPath()
      g.moveTo(0, 170)
      for (let x = 0; x <= 640; x += 8)
        g.lineTo(
          x,
          base -
            height *
              (0.5 + 0.32 * Math.sin(x * far + offset) + 0.18 * Math.sin(x * far * 3.1 + offset)),
        )
      g.lineTo(640, 170)
      g.fill()
    }
    for (let at = 0; at < 9; at += 1) {
      const x = 390 + at * 27 + random() * 8
      const y = 140 + random() * 8
      g.fillStyle = '#e8e4d8'
      g.fillRect(x, y, 20, 12)
      g.fillStyle = '#55585a'
      polygon(g, [
        [x - 3, y],
        [x + 4, y - 7],
        [x + 17, y - 7],
        [x + 23, y],
      ])
    }
    for (let at = 0; at < 110; at += 1) {
      g.fillStyle = `rgba(${54 + random() * 30},${92 + random() * 30},${52 + random() * 14},.85)`
      ellipse(g, random() * 640, 152 + random() * 7, 5 + random() * 9, 3 + random() * 5)
    }
    g.fillStyle = gradient(g, 0, 156, 0, 360, '#9db668', '#6d8c40')
    g.fillRect(0, 158, 640, 202)
    let top = 162
    for (const [at, height] of [14, 20, 28, 40, 60, 90].entries()) {
      g.fillStyle = gradient(
        g,
        0,
        top,
        0,
        top + height,
        at % 2 === 0 ? '#a8c26b' : '#8fb05a',
        '#6f9444',
      )
      g.fillRect(0, top, 640, height)
      g.fillStyle = `rgba(196,216,214,${at % 2 === 0 ? 0.28 : 0.12})`
      g.fillRect(0, top + 2, 640, height * 0.45)
      g.strokeStyle = 'rgba(58,92,36,.55)'
      g.lineWidth = 0.6 + at * 0.25
      for (let row = 0; row < 3 + at; row += 1) {
        const y = top + 4 + (row / (3 + at)) * (height - 4)
        for (let x = random() * 6; x < 640; x += 5 + at * 2.2) {
          g.beginPath()
          g.moveTo(x, y + 2 + at)
          g.lineTo(x + (random() - 0.5) * 3, y - at * 0.8)
          g.stroke()
        }
      }
      g.fillStyle = '#8a7a52'
      g.fillRect(0, top - 1.5, 640, 1.5 + at * 0.9)
      top += height
    }
    g.fillStyle = gradient(g, 0, 160, 0, 360, '#b7b2a4', '#a39a86')
    polygon(g, [
      [404, 160],
      [414, 160],
      [640, 330],
      [640, 360],
      [430, 360],
    ])
    g.fillStyle = gradient(g, 0, 160, 0, 360, '#8fa9a8', '#5f7c7b')
    polygon(g, [
      [398, 160],
      [402, 160],
      [392, 360],
      [338, 360],
    ])
    g.strokeStyle = '#8f8877'
    g.lineWidth = 3
    g.beginPath()
    g.moveTo(403, 160)
    g.lineTo(398, 360)
    g.moveTo(397, 160)
    g.lineTo(334, 360)
    g.stroke()
    for (let at = 0; at < 260; at += 1) {
      g.fillStyle = `rgba(${40 + random() * 40},${80 + random() * 40},${30 + random() * 20},.5)`
      g.fillRect(random() * 640, 300 + random() * 60, 1.5, 3 + random() * 8)
    }
    const hats = ['#c3352f', '#d9c48c', '#e9e4d6', '#c3352f'] as const
    const crew = [
      { x: 438, ground: 214, h: 40, tool: 'hoe' },
      { x: 356, ground: 218, h: 42, tool: 'bag' },
      { x: 470, ground: 236, h: 50, tool: 'broom' },
      { x: 296, ground: 244, h: 56, tool: 'hoe' },
      { x: 210, ground: 262, h: 66, tool: 'bag' },
      { x: 520, ground: 280, h: 76, tool: 'broom' },
      { x: 130, ground: 304, h: 92, tool: 'hoe' },
      { x: 296, ground: 324, h: 104, tool: 'hoe' },
    ].map((one, at) => ({
      ...one,
      hat: hats[at % hats.length] ?? '#c3352f',
      at: random(),
      cycles: 3 + Math.floor(random() * 3),
      trousers: random() < 0.5 ? '#2e3644' : '#3d3f3c',
    }))
    return (frame, phase) => {
      frame.strokeStyle = 'rgba(225,238,236,.4)'
      frame.lineWidth = 1
      for (let at = 0; at < 14; at += 1) {
        const share = (at / 14 + phase * 3) % 1
        const y = 162 + share * share * 198
        const x = 400 - share * share * 36
        frame.beginPath()
        frame.moveTo(x - share * 16, y)
        frame.lineTo(x + share * 18, y)
        frame.stroke()
      }
      flag(frame, 560, 150, 262, 52, phase, 6)
      flag(frame, 78, 178, 270, 44, phase, 5)
      for (const { x, ground, h, tool, hat, at, cycles, trousers } of crew) {
        const work = 0.5 + 0.5 * wave(phase, cycles, at)
        const kind = tool === 'hoe' ? 'hoe' : tool === 'broom' ? 'broom' : 'bag'
        const stroll = kind === 'bag' ? wave(phase, 1, at) * h * 0.35 : 0
        const bend =
          kind === 'broom'
            ? 0.25 + 0.15 * work
            : kind === 'bag'
              ? Math.max(0, wave(phase, 2, at))
              : 0.25 + 0.7 * work
        volunteer(
          frame,
          { x: x + stroll, ground, height: h, trousers, hat },
          bend,
          kind === 'bag' ? wave(phase, 10, at) : 0.3,
          kind,
          at > 0.5 ? 1 : -1,
        )
      }
      frame.fillStyle = 'rgba(255,255,255,.05)'
      frame.fillRect(0, 0, 640, 170)
    }
  },
}
