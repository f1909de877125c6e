/** Pages of small pictures with what is to be said of each. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas'

export interface Moment {
  readonly number: number
  /** Of the room's clock since the wall was opened, s. */
  readonly at: number
  /** The relay's time, as an instant. */
  readonly wallTime: string
  readonly scene: string
  readonly why: string
  /** The fault that is on, and what else is out of the ordinary. */
  readonly fault: string
  readonly wrong: readonly string[]
}

export interface ContactSheet {
  add(moment: Moment, picture: Buffer): Promise<void>
  /** Writes what is left. */
  end(): void
  readonly pages: readonly string[]
}

const columns = 4
const rows = 6
const [width, height] = [480, 270]
const caption = 62
const gap = 12
const most = 74

const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`

const short = (text: string): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

export function createContactSheet(folder: string): ContactSheet {
  const canvas = createCanvas(columns * (width + gap) + gap, rows * (height + caption + gap) + gap)
  const context = canvas.getContext('2d')
  const pages: string[] = []
  let held = 0
  const clear = (): void => {
    context.fillStyle = '#1d2126'
    context.fillRect(0, 0, canvas.width, canvas.height)
    held = 0
  }
  const turn = (): void => {
    const file = join(folder, `sheet-${String(pages.length + 1).padStart(2, '0')}.png`)
    writeFileSync(file, canvas.toBuffer('image/png'))
    pages.push(file)
    clear()
  }
  clear()
  return {
    pages,
    async add(moment, picture) {
      const x = gap + (held % columns) * (width + gap)
      const y = gap + Math.floor(held / columns) * (height + caption + gap)
      context.drawImage(await loadImage(picture), x, y, width, height)
      describe(context, moment, x, y + height)
      held += 1
      if (held === columns * rows) turn()
    },
    end() {
      if (held > 0) turn()
    },
  }
}

function describe(context: SKRSContext2D, moment: Moment, x: number, y: number): void {
  const { number, at, wallTime, scene, why, fault, wrong } = moment
  const isWrong = wrong.length > 0
  context.strokeStyle = isWrong ? '#ff5a4f' : '#3f8f5b'
  context.lineWidth = isWrong ? 4 : 1
  context.strokeRect(x, y - height, width, height)
  const write = (text: string, line: number, colour: string): void => {
    context.font = '15px sans-serif'
    context.fillStyle = colour
    context.fillText(short(text), x, y + 18 * line, width)
  }
  write(`${number} · ${clockOf(at)} · ${wallTime.slice(5, 16)} · ${scene} ${why}`, 1, '#e8e6e1')
  write(fault, 2, '#d9b25f')
  write(isWrong ? wrong.join('; ') : 'right', 3, isWrong ? '#ff8a80' : '#7fc79a')
}
