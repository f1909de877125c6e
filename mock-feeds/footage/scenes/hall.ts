import {
  bump,
  ellipse,
  flag,
  fromBehind,
  fromFront,
  gradient,
  person,
  polygon,
  SANS,
  SERIF,
  wave,
} from '../brush.ts'
import type { Scene } from '../scene.ts'

const SLIDES = [
  ['一、学习上级文件精神', '二、通报本月党务财务', '三、讨论人居环境整治'],
  ['一、油茶管护分片包干', '二、水渠清淤本周完成', '三、困难户走访安排'],
] as const

/** A village meeting hall: speaker, banner, slides, four rows seen from behind. */
export const hall: Scene = {
  name: 'hall',
  seed: 11,
  seconds: 16,
  camera: '金陵镇龙珠村 党群服务中心 01',
  paint(g, random) {
    g.fillStyle = gradient(g, 0, 0, 0, 40, '#d9d8d2', '#c6c4bd')
    g.fillRect(0, 0, 640, 40)
    g.fillStyle = gradient(g, 0, 30, 0, 200, '#dcd7cb', '#c9c2b3')
    g.fillRect(124, 34, 382, 164)
    g.fillStyle = gradient(g, 0, 0, 124, 0, '#b7b0a3', '#cfc8ba')
    polygon(g, [
      [0, 0],
      [124, 34],
      [124, 198],
      [0, 290],
    ])
    g.fillStyle = gradient(g, 506, 0, 640, 0, '#bdb5a7', '#a39b8d')
    polygon(g, [
      [640, 0],
      [506, 34],
      [506, 198],
      [640, 290],
    ])
    g.fillStyle = gradient(g, 0, 196, 0, 360, '#8d877c', '#5d574e')
    polygon(g, [
      [124, 198],
      [506, 198],
      [640, 290],
      [640, 360],
      [0, 360],
      [0, 290],
    ])
    g.strokeStyle = 'rgba(60,54,46,.25)'
    g.lineWidth = 1
    for (let at = -9; at <= 9; at += 1) {
      g.beginPath()
      g.moveTo(315 + at * 21, 198)
      g.lineTo(315 + at * 62, 360)
      g.stroke()
    }
    for (const y of [206, 218, 236, 262, 300]) {
      g.beginPath()
      g.moveTo(0, y)
      g.lineTo(640, y)
      g.stroke()
    }
    for (const [left, right] of [
      [14, 52],
      [66, 106],
    ] as const) {
      const top = (x: number): number => 46 + x * 0.11
      const bottom = (x: number): number => 204 - x * 0.46
      g.fillStyle = '#7f7a70'
      polygon(g, [
        [left - 3, top(left) - 4],
        [right + 3, top(right) - 4],
        [right + 3, bottom(right) + 4],
        [left - 3, bottom(left) + 4],
      ])
      g.fillStyle = gradient(g, left, 40, right, 200, '#eef6fb', '#bcd3dd', '#a6bfa4')
      polygon(g, [
        [left, top(left)],
        [right, top(right)],
        [right, bottom(right)],
        [left, bottom(left)],
      ])
      g.fillStyle = '#8b867c'
      g.fillRect((left + right) / 2 - 1.5, top(left), 3, bottom(left) - top(left) - 14)
    }
    g.fillStyle = 'rgba(255,250,228,.16)'
    polygon(g, [
      [60, 262],
      [190, 222],
      [300, 300],
      [120, 360],
      [10, 360],
    ])
    for (const x of [180, 360]) {
      g.fillStyle = '#f6f5ee'
      g.fillRect(x, 8, 92, 5)
      g.fillStyle = 'rgba(255,255,240,.35)'
      g.fillRect(x - 4, 13, 100, 3)
    }
    g.fillStyle = gradient(g, 0, 41, 0, 66, '#c51f28', '#a3131d')
    g.fillRect(165, 42, 300, 24)
    g.fillStyle = '#ffe9b0'
    g.font = `700 14px ${SERIF}`
    g.textAlign = 'center'
    g.fillText('金陵镇龙珠村党支部  支部党员大会', 315, 59)
    g.fillStyle = '#3c3a38'
    g.fillRect(246, 70, 148, 90)
    g.fillStyle = '#efece4'
    ellipse(g, 486, 62, 12, 12)
    g.strokeStyle = '#4d4a46'
    g.lineWidth = 2
    g.beginPath()
    g.arc(486, 62, 12, 0, Math.PI * 2)
    g.moveTo(486, 62)
    g.lineTo(478, 58)
    g.moveTo(486, 62)
    g.lineTo(482, 71)
    g.stroke()
    const audience = [
      { y: 196, size: 14, xs: [260, 288, 320, 405, 464], desk: 206 },
      { y: 226, size: 18, xs: [223, 262, 297, 336, 413, 448, 492], desk: 240 },
      { y: 264, size: 24, xs: [168, 219, 267, 318, 373, 422, 475, 522], desk: 288 },
      { y: 318, size: 33, xs: [99, 180, 250, 326, 418, 492, 582], desk: 352 },
    ].map((row) => ({
      ...row,
      people: row.xs.map((x) => ({
        who: person(random, x, row.y, row.size),
        nodAt: random(),
        turnAt: random(),
        cycles: 1 + Math.floor(random() * 3),
        raises: random() < 0.22,
      })),
    }))
    const speaker = {
      ...person(random, 203, 128, 19),
      clothes: '#26324a',
      hair: '#17130f',
      hasLongHair: false,
    }
    return (frame, phase) => {
      frame.save()
      frame.translate(315, 18)
      frame.fillStyle = 'rgba(90,86,80,.35)'
      const blade = 60 * Math.abs(wave(phase, 30))
      frame.fillRect(-blade, -1.5, blade * 2, 3)
      frame.fillStyle = '#77736c'
      frame.fillRect(-3, -18, 6, 22)
      frame.restore()
      const slide = SLIDES[phase < 0.5 ? 0 : 1]
      frame.fillStyle = '#f5f2ea'
      frame.fillRect(249, 73, 142, 84)
      frame.fillStyle = '#b41a24'
      frame.fillRect(249, 73, 142, 17)
      frame.fillStyle = '#ffe6a8'
      frame.font = `700 10px ${SANS}`
      frame.textAlign = 'center'
      frame.fillText('主题党日学习', 320, 85)
      frame.textAlign = 'left'
      frame.font = `500 9px ${SANS}`
      slide.forEach((line, at) => {
        frame.fillStyle = '#b41a24'
        ellipse(frame, 258, 104 + at * 18, 2, 2)
        frame.fillStyle = '#33302c'
        frame.fillText(line, 265, 107 + at * 18)
      })
      flag(frame, 150, 72, 182, 27, phase, 4)
      frame.save()
      frame.translate(486 * 2, 0)
      frame.scale(-1, 1)
      flag(frame, 486, 72, 182, 27, phase, 4)
      frame.restore()
      const talk = Math.max(0, wave(phase, 37) * 0.6 + wave(phase, 23, 0.3) * 0.5)
      const sway = wave(phase, 2) * 0.6 + wave(phase, 5, 0.2) * 0.4
      fromFront(
        frame,
        { ...speaker, x: 203 + sway * 1.6 },
        bump(phase, 0.3, 0.06) + bump(phase, 0.8, 0.06),
        sway,
        talk,
        wave(phase, 5, 0.1) > 0.985,
      )
      const gesture = Math.max(0, wave(phase, 3, 0.1))
      frame.strokeStyle = '#26324a'
      frame.lineWidth = 6
      frame.lineCap = 'round'
      frame.beginPath()
      frame.moveTo(220, 138)
      frame.lineTo(228 + gesture * 6, 148 - gesture * 16)
      frame.stroke()
      frame.fillStyle = speaker.skin
      ellipse(frame, 229 + gesture * 7, 145 - gesture * 18, 3, 3.5)
      frame.fillStyle = gradient(frame, 176, 0, 226, 0, '#8a6038', '#6b4727', '#54371e')
      polygon(frame, [
        [180, 150],
        [222, 150],
        [225, 198],
        [175, 198],
      ])
      frame.fillStyle = '#a2764a'
      frame.fillRect(175, 146, 50, 6)
      frame.strokeStyle = '#2c2a28'
      frame.lineWidth = 1.4
      frame.beginPath()
      frame.moveTo(192, 147)
      frame.lineTo(197, 136)
      frame.stroke()
      for (const row of audience) {
        for (const { who, nodAt, turnAt, cycles, raises } of row.people) {
          const nod =
            bump(phase, nodAt, 0.04) +
            bump(phase, nodAt + 0.09, 0.035) +
            0.12 * wave(phase, cycles, nodAt)
          const turn = bump(phase, turnAt, 0.1) * (turnAt > 0.5 ? 1 : -1)
          fromBehind(frame, who, nod, turn, raises ? Math.min(1, bump(phase, 0.62, 0.16) * 1.6) : 0)
        }
        const inset = (352 - row.desk) * 1.02
        frame.fillStyle = gradient(frame, 0, row.desk, 0, row.desk + 6, '#a5754a', '#6a4729')
        frame.fillRect(40 + inset * 1.3, row.desk, 530 - inset * 1.75, row.size * 0.27)
        frame.fillStyle = '#f2efe8'
        row.xs.forEach((x) =>
          frame.fillRect(
            x + row.size * 0.6,
            row.desk - row.size * 0.24,
            row.size * 0.2,
            row.size * 0.34,
          ),
        )
      }
    }
  },
}
