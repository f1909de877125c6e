/** A camera's film: a loop that runs by the clock, with the camera's own words and time written into each picture. */
import { BARS_ROW, barsOf } from './bars.ts'
import { barRow, plainRow, skippedRow, type Picture } from './h264.ts'
import { FPS, type Loop } from './loops.ts'
import { createOsd, OSD_ROW, type Osd } from './osd.ts'

export interface Shot {
  readonly isKey: boolean
  /** Milliseconds on the film's own clock. */
  readonly atMs: number
  /** Without start codes, from top to bottom. */
  readonly nals: readonly Buffer[]
  readonly sps: Buffer
  readonly pps: Buffer
}

export interface ReelPlan {
  /** Where the camera hangs, as it writes itself. */
  readonly words: string
  /** What it films; asked at each key picture, so it may change. */
  loop(nowMs: number): Loop
  /** Of this camera against the others, so that no two that share a loop show the same. */
  readonly offsetSeconds?: number
  /** Writes the time as bars too. */
  readonly hasBars?: boolean
  /** Repeats the last key picture while true. */
  isFrozen?(nowMs: number): boolean
}

export interface Reel {
  /** All pictures up to this moment that were not handed out yet; the first call begins with the key picture before it. */
  until(nowMs: number): readonly Shot[]
  /** When the next picture is due. */
  dueMs(): number
}

const SHOT_MS = 1000 / FPS
const clockOf = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** `startMs` is the film's zero. */
export function createReel(
  { words, loop, offsetSeconds = 0, hasBars = false, isFrozen }: ReelPlan,
  startMs: number,
): Reel {
  let next: number | undefined
  let current: Loop | undefined
  let osd: Osd | undefined
  let shown: readonly Uint8Array[] = []
  let clock = ''
  let frozen: Shot | undefined

  function shoot(number: number, nowMs: number): Shot {
    const isGroupStart = number % FPS === 0
    if (isGroupStart) {
      const wanted = loop(nowMs)
      if (wanted !== current) {
        current = wanted
        osd = createOsd(wanted.row)
      }
    }
    const from = current
    if (from === undefined || osd === undefined) throw new Error('a film begins with a key picture')
    const { stream } = from
    const place = (((number + offsetSeconds * FPS) % stream.count) + stream.count) % stream.count
    const picture = stream.picture(place)
    const atMs = Math.round(number * SHOT_MS)
    if (isFrozen?.(nowMs) === true && frozen !== undefined)
      return { ...frozen, ...(picture.isKey ? {} : still(picture, from)), atMs }
    const time = clockOf.format(nowMs)
    const isNewTime = time !== clock
    clock = time
    const blocks = picture.isKey || isNewTime ? osd.blocks(words, time) : shown
    const own = picture.isKey
      ? plainRow(picture, OSD_ROW, stream.sets, blocks)
      : isNewTime
        ? plainRow(
            picture,
            OSD_ROW,
            stream.sets,
            blocks.map((block, at) => (block === shown[at] ? undefined : block)),
          )
        : skippedRow(picture, OSD_ROW, stream.sets)
    shown = blocks
    const nals = picture.rows.map((row, at) =>
      at === OSD_ROW
        ? own
        : hasBars && at === BARS_ROW
          ? barRow(picture, at, stream.sets, barsOf(Math.floor(nowMs)))
          : row,
    )
    const shot = { isKey: picture.isKey, atMs, nals, sps: stream.sps, pps: stream.pps }
    if (picture.isKey) frozen = shot
    return shot
  }

  const still = (
    picture: Picture,
    { stream }: Loop,
  ): { readonly isKey: false; readonly nals: readonly Buffer[] } => ({
    isKey: false,
    nals: [skippedRow(picture, 0, stream.sets, picture.rows.length)],
  })
  const numberAt = (ms: number): number => Math.floor((ms - startMs) / SHOT_MS)

  return {
    dueMs: () => (next === undefined ? startMs : startMs + next * SHOT_MS),
    until(nowMs) {
      const last = numberAt(nowMs)
      // After a pause nobody wants what was missed.
      if (next === undefined || last - next > 2 * FPS) next = last - (((last % FPS) + FPS) % FPS)
      const shots: Shot[] = []
      for (; next <= last; next += 1)
        shots.push(shoot(next, Math.min(nowMs, startMs + next * SHOT_MS)))
      return shots
    },
  }
}
