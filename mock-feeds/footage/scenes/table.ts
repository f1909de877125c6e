import {
  bump,
  ellipse,
  flag,
  fromBehind,
  fromFront,
  gradient,
  person,
  polygon,
  SERIF,
  wave,
} from '../brush.ts'
import type { Scene } from '../scene.ts'

/** A branch committee around one table, evening light. */
export const table: Scene = {
  name: 'table',
  seed: 71,
  seconds: 13,
  camera: '东门社区 党员活动室 03',
  paint(g, random) {
    g.fillStyle = gradient(g, 0, 0, 640, 210, '#c9bfa9', '#e6dcc6', '#bdb198')
    g.fillRect(0, 0, 640, 220)
    g.fillStyle = '#8d6b48'
    g.fillRect(0, 168, 640, 52)
    g.fillStyle = gradient(g, 0, 212, 0, 360, '#7d7468', '#544c42')
    g.fillRect(0, 214, 640, 146)
    g.fillStyle = gradient(g, 0, 24, 0, 52, '#c51f28', '#a0121c')
    g.fillRect(196, 24, 248, 27)
    g.fillStyle = '#ffe9b0'
    g.font = `700 15px ${SERIF}`
    g.textAlign = 'center'
    g.fillText('东门社区第一党支部  党员议事', 320, 43)
    for (const x of [40, 530]) {
      g.fillStyle = '#5c4630'
      g.fillRect(x - 4, 56, 78, 90)
      for (let shelf = 0; shelf < 3; shelf += 1) {
        g.fillStyle = '#3d2e1f'
        g.fillRect(x, 60 + shelf * 29, 70, 25)
        for (let book = 0; book < 11; book += 1) {
          g.fillStyle =
            random() < 0.35
              ? '#a8323a'
              : `hsl(${Math.floor(random() * 360)},24%,${36 + random() * 30}%)`
          const height = 17 + random() * 6
          g.fillRect(x + 2 + book * 6, 84 + shelf * 29 - height, 5, height)
        }
      }
    }
    g.fillStyle = '#2b3442'
    g.fillRect(150, 66, 70, 62)
    g.fillStyle = gradient(g, 150, 66, 220, 128, '#2f4058', '#121a28')
    g.fillRect(153, 69, 64, 56)
    g.fillStyle = 'rgba(255,214,140,.8)'
    for (let at = 0; at < 12; at += 1) g.fillRect(156 + random() * 58, 96 + random() * 26, 2, 2)
    g.fillStyle = '#f6f2e6'
    for (let at = 0; at < 4; at += 1) g.fillRect(246 + at * 40, 66, 32, 44)
    g.fillStyle = '#b9aF9c'
    for (let at = 0; at < 4; at += 1)
      for (let line = 0; line < 6; line += 1)
        g.fillRect(250 + at * 40, 72 + line * 6, 16 + random() * 8, 1.5)
    const far = [170, 246, 322, 398, 474].map((x) => ({
      who: person(random, x, 176, 35),
      at: random(),
      nodAt: random(),
    }))
    const near = [112, 224, 336, 448, 552].map((x) => ({
      who: person(random, x, 316, 42),
      at: random(),
      nodAt: random(),
    }))
    return (frame, phase) => {
      flag(frame, 486, 74, 200, 34, phase, 3)
      const speaking = phase < 0.45 ? 2 : phase < 0.75 ? 0 : 3
      far.forEach(({ who, at, nodAt }, index) => {
        const facing = index < speaking ? 0.8 : index > speaking ? -0.8 : wave(phase, 2, at) * 0.6
        const talk =
          index === speaking ? Math.max(0, wave(phase, 29) * 0.6 + wave(phase, 18) * 0.5) : 0
        const writes = index === 4 ? 1.4 + wave(phase, 9) * 0.1 : 0
        fromFront(
          frame,
          { ...who, x: who.x + wave(phase, 2, at) * 1.5 },
          writes + bump(phase, nodAt, 0.05) + bump(phase, nodAt + 0.12, 0.05),
          facing,
          talk,
          wave(phase, 4, at) > 0.98,
        )
      })
      frame.fillStyle = gradient(frame, 0, 216, 0, 312, '#a87748', '#8a5d35', '#6f4826')
      polygon(frame, [
        [118, 216],
        [522, 216],
        [640, 312],
        [0, 312],
      ])
      frame.fillStyle = 'rgba(255,240,210,.16)'
      polygon(frame, [
        [250, 216],
        [390, 216],
        [430, 312],
        [190, 312],
      ])
      for (const { who } of far) {
        frame.fillStyle = '#f1efe8'
        polygon(frame, [
          [who.x - 14, 224],
          [who.x + 14, 224],
          [who.x + 16, 236],
          [who.x - 16, 236],
        ])
        frame.fillStyle = '#e4e6e6'
        frame.fillRect(who.x + 22, 218, 8, 11)
        frame.fillStyle = '#7f9a5a'
        ellipse(frame, who.x + 26, 219, 4, 1.3)
      }
      const pen = wave(phase, 17) * 3
      frame.fillStyle = '#d2a078'
      ellipse(frame, 476 + pen, 229, 5, 4)
      frame.strokeStyle = '#20242c'
      frame.lineWidth = 1.5
      frame.beginPath()
      frame.moveTo(472 + pen, 233)
      frame.lineTo(480 + pen, 220)
      frame.stroke()
      for (const { who, at, nodAt } of near) {
        fromBehind(
          frame,
          { ...who, x: who.x + wave(phase, 1, at) * 1.5 },
          bump(phase, nodAt, 0.05) + bump(phase, nodAt + 0.1, 0.045),
          wave(phase, 1, at) * 0.7,
          0,
        )
      }
    }
  },
}
