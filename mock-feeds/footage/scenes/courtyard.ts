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

/** A lecture in a farmhouse courtyard, hills behind, people on stools in the sun. */
export const courtyard: Scene = {
  name: 'courtyard',
  seed: 23,
  seconds: 14,
  camera: '三井镇谈文溪村 屋场小院 02',
  paint(g, random) {
    g.fillStyle = gradient(g, 0, 0, 0, 150, '#9fc4dc', '#dbe8ea')
    g.fillRect(0, 0, 640, 160)
    for (const [base, height, colour, far] of [
      [120, 62, '#9db7b4', 0.008],
      [136, 50, '#7d9f8c', 0.013],
      [150, 34, '#5b8463', 0.021],
    ] as const) {
      const offset = random() * 10
      g.fillStyle = gradient(g, 0, base - height, 0, base + 30, colour, '#b7c9b0')
      g.beginPath()
      g.moveTo(0, 180)
      for (let x = 0; x <= 640; x += 8) {
        g.lineTo(
          x,
          base -
            height *
              (0.5 + 0.3 * Math.sin(x * far + offset) + 0.2 * Math.sin(x * far * 2.7 + offset * 2)),
        )
      }
      g.lineTo(640, 180)
      g.fill()
    }
    for (let at = 0; at < 120; at += 1) {
      g.fillStyle = `rgba(${50 + random() * 40},${90 + random() * 40},${50 + random() * 20},.7)`
      ellipse(g, random() * 640, 146 + random() * 12, 6 + random() * 10, 4 + random() * 6)
    }
    // The farmhouse: whitewashed wall, grey tiles, wooden door.
    g.fillStyle = gradient(g, 0, 90, 0, 216, '#f0ece1', '#d8d0bf')
    g.fillRect(392, 96, 248, 118)
    g.fillStyle = '#9c8f7d'
    g.fillRect(392, 196, 248, 20)
    g.fillStyle = gradient(g, 0, 62, 0, 100, '#5a5d60', '#3d4043')
    polygon(g, [
      [372, 102],
      [414, 62],
      [640, 58],
      [640, 102],
    ])
    g.strokeStyle = 'rgba(20,22,24,.45)'
    g.lineWidth = 1.2
    for (let x = 384; x < 660; x += 8) {
      g.beginPath()
      g.moveTo(x, 102)
      g.lineTo(Math.max(414, x + 22), 61)
      g.stroke()
    }
    g.fillStyle = '#6d4a2e'
    g.fillRect(544, 130, 44, 86)
    g.fillStyle = '#4e341f'
    g.fillRect(565, 130, 2, 86)
    for (const x of [538, 589]) {
      g.fillStyle = '#c3242c'
      g.fillRect(x - 1, 134, 7, 62)
    }
    g.fillStyle = '#4b5a60'
    g.fillRect(604, 134, 30, 32)
    // Low wall and ground.
    g.fillStyle = gradient(g, 0, 168, 0, 214, '#b9aa92', '#94856e')
    g.fillRect(0, 172, 392, 42)
    g.fillStyle = '#6b6156'
    g.fillRect(0, 167, 392, 7)
    g.strokeStyle = 'rgba(70,60,48,.35)'
    for (let y = 182; y < 214; y += 10)
      for (let x = (y % 20) - 10; x < 392; x += 24) g.strokeRect(x, y, 24, 10)
    g.fillStyle = gradient(g, 0, 212, 0, 360, '#c3b79f', '#9b8e77')
    g.fillRect(0, 214, 640, 146)
    for (let at = 0; at < 900; at += 1) {
      g.fillStyle = random() < 0.5 ? 'rgba(80,70,54,.16)' : 'rgba(255,248,226,.14)'
      g.fillRect(random() * 640, 214 + random() * 146, 1 + random() * 5, 1)
    }
    // Board on a stand.
    g.fillStyle = '#6d5233'
    g.fillRect(262, 112, 4, 112)
    g.fillRect(366, 112, 4, 112)
    g.fillStyle = '#b61c25'
    g.fillRect(252, 102, 128, 20)
    g.fillStyle = '#ffe9b0'
    g.font = `700 12px ${SERIF}`
    g.textAlign = 'center'
    g.fillText('屋场微党课', 316, 116)
    g.fillStyle = '#f6f3ea'
    g.fillRect(252, 122, 128, 62)
    g.fillStyle = '#3d3934'
    g.font = `500 9px ${SANS}`
    g.textAlign = 'left'
    g.fillText('· 党的惠农政策解读', 262, 140)
    g.fillText('· 油茶低改怎么补', 262, 156)
    g.fillText('· 大家说一说', 262, 172)
    const rows = [
      { y: 238, size: 19, xs: [96, 150, 238, 330, 392, 470] },
      { y: 276, size: 25, xs: [58, 132, 206, 296, 372, 452, 540] },
      { y: 326, size: 33, xs: [94, 190, 292, 398, 500] },
    ].map((row) =>
      row.xs.map((x) => ({
        who: person(random, x + (random() - 0.5) * 14, row.y, row.size),
        nodAt: random(),
        turnAt: random(),
        hat: random() < 0.2,
      })),
    )
    const lecturer = {
      ...person(random, 212, 164, 22),
      clothes: '#e2e3e0',
      hair: '#1a1512',
      hasLongHair: false,
    }
    const leaves = Array.from({ length: 90 }, () => ({
      x: -10 + random() * 150,
      y: -14 + random() * 92,
      r: 8 + random() * 13,
      tone: 0.7 + random() * 0.6,
      at: random(),
    }))
    const clouds = Array.from({ length: 4 }, (_, at) => ({
      x: at * 190 + random() * 60,
      y: 18 + random() * 26,
      r: 20 + random() * 16,
    }))
    return (frame, phase) => {
      frame.fillStyle = 'rgba(255,255,255,.34)'
      for (const { x, y, r } of clouds) {
        const at = x + wave(phase, 1, x / 640) * 5
        if (y < 40)
          for (const [dx, dy, k] of [
            [-1, 0.2, 0.7],
            [0, 0, 1],
            [1, 0.25, 0.75],
          ] as const)
            ellipse(frame, at + dx * r, Math.min(30, y) + dy * r * 0.4, r * k * 1.3, r * k * 0.34)
      }
      flag(frame, 418, 108, 222, 44, phase, 7)
      frame.fillStyle = 'rgba(40,36,28,.25)'
      ellipse(frame, 220, 226, 30, 5)
      const sway = wave(phase, 2) * 0.7 + wave(phase, 5, 0.3) * 0.3
      frame.fillStyle = '#39404c'
      frame.fillRect(199 + sway * 2, 190, 11, 36)
      frame.fillRect(214 + sway * 2, 190, 11, 36)
      const who = { ...lecturer, x: 212 + sway * 3 }
      fromFront(
        frame,
        who,
        bump(phase, 0.5, 0.05),
        sway,
        Math.max(0, wave(phase, 31) * 0.6 + wave(phase, 19) * 0.5),
        wave(phase, 4, 0.4) > 0.985,
      )
      const point = Math.max(0, wave(phase, 2, 0.15))
      frame.strokeStyle = '#d3d4d0'
      frame.lineWidth = 7
      frame.lineCap = 'round'
      frame.beginPath()
      frame.moveTo(who.x + 18, 176)
      frame.lineTo(who.x + 32 + point * 3, 186 - point * 26)
      frame.stroke()
      frame.fillStyle = lecturer.skin
      ellipse(frame, who.x + 35 + point * 3, 185 - point * 28, 4, 4.5)
      for (const row of rows) {
        for (const { who: one, nodAt, turnAt, hat } of row) {
          frame.fillStyle = 'rgba(50,42,30,.28)'
          ellipse(
            frame,
            one.x + one.size * 0.5,
            one.y + one.size * 1.75,
            one.size * 1.5,
            one.size * 0.22,
          )
          const nod =
            bump(phase, nodAt, 0.045) +
            bump(phase, nodAt + 0.1, 0.04) +
            0.12 * wave(phase, 1, turnAt)
          const turn = bump(phase, turnAt, 0.12) * (turnAt > 0.5 ? 1 : -1)
          fromBehind(frame, one, nod, turn, 0)
          if (hat) {
            frame.fillStyle = '#d2b77c'
            ellipse(
              frame,
              one.x + turn * one.size * 0.1,
              one.y - one.size * 0.72 + nod * one.size * 0.14,
              one.size * 0.82,
              one.size * 0.2,
            )
            ellipse(
              frame,
              one.x + turn * one.size * 0.1,
              one.y - one.size * 0.86 + nod * one.size * 0.14,
              one.size * 0.46,
              one.size * 0.26,
            )
          }
        }
      }
      frame.fillStyle = '#5d452d'
      polygon(frame, [
        [14, 0],
        [34, 0],
        [40, 226],
        [8, 226],
      ])
      for (const { x, y, r, tone, at } of leaves) {
        const dx = wave(phase, 3, at) * 2.4
        frame.fillStyle = `rgba(${62 * tone},${104 * tone},${48 * tone},.82)`
        ellipse(frame, x + dx, y + wave(phase, 2, at) * 1.5, r, r * 0.7)
      }
    }
  },
}
