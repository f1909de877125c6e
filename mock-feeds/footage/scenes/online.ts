import { bump, ellipse, fromFront, gradient, person, SANS, wave } from '../brush.ts'
import type { Scene } from '../scene.ts'

const NAMES = [
  '主会场',
  '东莞 刘建军',
  '深圳 李小燕',
  '长沙 郑志明',
  '佛山 罗桂英',
  '义乌 肖文',
  '厦门 胡春梅',
  '昆明 何国强',
  '广州 欧阳玲',
] as const
const WOMEN: ReadonlySet<string> = new Set([
  '深圳 李小燕',
  '佛山 罗桂英',
  '厦门 胡春梅',
  '广州 欧阳玲',
])
const ROOMS = [
  ['#cfc7b8', '#a89f8e'],
  ['#8fa2b2', '#64788a'],
  ['#d9d2c6', '#b1a795'],
  ['#5f6a63', '#414a45'],
  ['#c9b49a', '#9a8468'],
  ['#7b8594', '#515b69'],
  ['#b5c2bb', '#8b9a92'],
  ['#a38f7c', '#75634f'],
  ['#d3d6da', '#a4a9b0'],
] as const

/** Members away from home join the branch meeting from nine places. */
export const online: Scene = {
  name: 'online',
  seed: 53,
  seconds: 14,
  camera: '流动党员 线上支部会',
  paint(g, random) {
    g.fillStyle = '#14171c'
    g.fillRect(0, 0, 640, 360)
    const tiles = NAMES.map((name, at) => {
      const x = 5 + (at % 3) * 211
      const y = 24 + Math.floor(at / 3) * 105
      const [light, dark] = ROOMS[at] ?? ['#888888', '#555555']
      g.fillStyle = gradient(g, x, y, x + 208, y + 102, light, dark)
      g.fillRect(x, y, 208, 102)
      if (at % 3 === 0) {
        g.fillStyle = '#e9f1f4'
        g.fillRect(x + 12, y + 10, 46, 56)
        g.fillStyle = '#8c8577'
        g.fillRect(x + 34, y + 10, 2, 56)
      } else if (at % 3 === 1) {
        g.fillStyle = '#6b4d33'
        g.fillRect(x + 142, y + 8, 58, 74)
        for (let shelf = 0; shelf < 3; shelf += 1) {
          for (let book = 0; book < 9; book += 1) {
            g.fillStyle = `hsl(${Math.floor(random() * 360)},28%,${34 + random() * 26}%)`
            g.fillRect(x + 145 + book * 6, y + 13 + shelf * 24 + random() * 4, 5, 18)
          }
        }
      } else {
        g.fillStyle = '#f1ede2'
        g.fillRect(x + 20, y + 14, 36, 28)
        g.fillStyle = '#7ea58b'
        g.fillRect(x + 23, y + 17, 30, 22)
        g.fillStyle = '#4f7a4c'
        for (let leaf = 0; leaf < 7; leaf += 1)
          ellipse(g, x + 182 + (random() - 0.5) * 22, y + 58 + random() * 22, 5, 11)
      }
      if (at === 0) {
        g.fillStyle = '#b61c25'
        g.fillRect(x + 34, y + 8, 140, 14)
        g.fillStyle = '#ffe9b0'
        g.font = `700 9px ${SANS}`
        g.textAlign = 'center'
        g.fillText('流动党员线上组织生活会', x + 104, y + 18.5)
      }
      const who = {
        ...person(
          random,
          x + 104 + (random() - 0.5) * 20,
          y + 72 + random() * 4,
          40 + random() * 6,
        ),
        hasLongHair: WOMEN.has(name),
      }
      return {
        x,
        y,
        name,
        who,
        nodAt: random(),
        at: random(),
        cycles: 1 + Math.floor(random() * 3),
      }
    })
    g.fillStyle = '#1d2128'
    g.fillRect(0, 340, 640, 20)
    return (frame, phase) => {
      const speaking = phase < 0.4 ? 0 : phase < 0.7 ? 4 : 2
      tiles.forEach(({ x, y, name, who, nodAt, at, cycles }, index) => {
        frame.save()
        frame.beginPath()
        frame.rect(x, y, 208, 102)
        frame.clip()
        const sway = wave(phase, cycles, at)
        const isSpeaking = index === speaking
        const talk = isSpeaking ? Math.max(0, wave(phase, 33, at) * 0.6 + wave(phase, 21) * 0.5) : 0
        const nod = bump(phase, nodAt, 0.05) + bump(phase, nodAt + 0.11, 0.045)
        fromFront(
          frame,
          { ...who, x: who.x + sway * 1.8 },
          nod,
          sway * 0.8,
          talk,
          wave(phase, 4, at) > 0.98,
        )
        frame.fillStyle = 'rgba(10,12,16,.62)'
        frame.font = `500 10px ${SANS}`
        const width = frame.measureText(name).width
        frame.fillRect(x, y + 86, width + 24, 16)
        frame.fillStyle = isSpeaking ? '#58d68d' : '#e0574f'
        frame.beginPath()
        frame.roundRect(x + 7, y + 89.5, 4, 7, 2)
        frame.fill()
        frame.fillRect(x + 8.4, y + 96, 1.2, 3.4)
        frame.fillStyle = '#f2f3f5'
        frame.textAlign = 'left'
        frame.fillText(name, x + 17, y + 98)
        frame.restore()
        if (isSpeaking) {
          frame.strokeStyle = '#3fc27a'
          frame.lineWidth = 2
          frame.strokeRect(x + 1, y + 1, 206, 100)
        }
      })
      frame.fillStyle = '#c9ced6'
      frame.font = `500 10px ${SANS}`
      frame.textAlign = 'left'
      frame.fillText('参会 9 人', 10, 354)
    }
  },
}
