/**
 * What a camera's pictures are worth, judged by its key frames, look after look. Pure.
 *
 * A sensor is never still: two key frames of a camera that lives are never equal to the last pixel, while one that hangs
 * repeats itself exactly. A slide, a wall behind a strong filter and a standing title also repeat themselves, so equal
 * pictures alone prove nothing. They do in a scene that was seen to be unquiet before: how often two of its pictures
 * differed says how unlikely so many equal ones are. A cut to another scene begins that count anew.
 */
import type { CameraHealth } from '../../../protocol/video.ts'

/** One key frame. */
export interface Picture {
  /** Epoch milliseconds. */
  readonly at: number
  /** Of all its pixels. */
  readonly hash: string
  /** A small copy in greys, 0 to 255. */
  readonly greys: Uint8Array
}

export type Look =
  | { readonly kind: 'seen'; readonly pictures: readonly Picture[] }
  /** No picture came. */
  | { readonly kind: 'missed'; readonly at: number; readonly why: string }

type State = CameraHealth['state']

/** What is remembered of a camera. */
export interface Judgement {
  readonly state: State
  /** Epoch milliseconds. */
  readonly since: number
  readonly okAt: number | undefined
  readonly why: string | undefined
  /** The next look should come soon: this one leaves a doubt. */
  readonly isInDoubt: boolean
  readonly last: Picture | undefined
  /** Looks without a picture, and looks at nothing but black, up to now; and when the first of them was. */
  readonly missed: Run
  readonly dark: Run
  /** Pictures equal to the one before, up to now. */
  readonly equal: Run
  /** Of the scene that stands now: neighbours that were compared, and how many of them differed. */
  readonly compared: number
  readonly differed: number
}

interface Run {
  readonly count: number
  readonly since: number
}

/** One look alone may meet a camera that starts anew, or a hand before the lens. */
const LOOKS_TO_BE_SURE = 2
/** Black is 0; a room at night with one lamp in it has far more spread than this. */
const DARK_MEAN = 16
const DARK_SPREAD = 6
/** Mean difference in greys above which another scene is on. */
const CUT = 12
/** How unlikely so many equal pictures have to be where the camera lives. */
const CHANCE = 0.001
const EQUAL_LEAST = 3
/** A picture that hangs hangs for longer than a disturbance. */
const FROZEN_LEAST_MS = 15_000
/** A scene that was never seen to be unquiet: no meeting leaves one slide on for so long. */
const STILL_MOST_MS = 4 * 3_600_000
/** Older evidence fades, so that a camera whose filter was set anew is judged by what it does now. */
const COMPARED_MOST = 64

const none: Run = { count: 0, since: 0 }

export function unseen(atMs: number): Judgement {
  return {
    state: 'unknown',
    since: atMs,
    okAt: undefined,
    why: undefined,
    isInDoubt: false,
    last: undefined,
    missed: none,
    dark: none,
    equal: none,
    compared: 0,
    differed: 0,
  }
}

export function judge(before: Judgement, look: Look): Judgement {
  if (look.kind === 'missed') return miss(before, look)
  return look.pictures.reduce(see, { ...before, missed: none })
}

const longer = ({ count, since }: Run, at: number): Run =>
  count === 0 ? { count: 1, since: at } : { count: count + 1, since }

function turn(judged: Judgement, state: State, since: number, why?: string): Judgement {
  const is = judged.state === state ? judged.since : since
  return { ...judged, state, since: is, why }
}

function miss(
  before: Judgement,
  { at, why }: Extract<Look, { readonly kind: 'missed' }>,
): Judgement {
  const missed = longer(before.missed, at)
  const judged = { ...before, missed, dark: none, isInDoubt: missed.count < LOOKS_TO_BE_SURE }
  return judged.isInDoubt ? judged : turn(judged, 'lost', missed.since, why)
}

function see(before: Judgement, picture: Picture): Judgement {
  const judged = compare(before, picture)
  const dark = isDark(picture) ? longer(before.dark, picture.at) : none
  if (dark.count > 0) {
    const isInDoubt = dark.count < LOOKS_TO_BE_SURE
    const told = { ...judged, dark, isInDoubt }
    return isInDoubt ? told : turn(told, 'dark', dark.since, '画面全黑')
  }
  const told = { ...judged, dark }
  if (isFrozen(told, picture.at))
    return turn({ ...told, isInDoubt: false }, 'frozen', told.equal.since, '画面静止不动')
  // In a scene that has been unquiet each equal picture is a doubt.
  const isInDoubt = told.equal.count > 0 && told.differed > 0
  // What is told to be frozen moves only once it moves.
  if (told.state === 'frozen' && told.equal.count > 0) return { ...told, isInDoubt }
  return turn({ ...told, isInDoubt, okAt: picture.at }, 'ok', picture.at)
}

function compare(before: Judgement, picture: Picture): Judgement {
  const { last, equal } = before
  if (last === undefined) return { ...before, last: picture }
  if (picture.hash === last.hash) return { ...before, last: picture, equal: longer(equal, last.at) }
  if (difference(picture.greys, last.greys) > CUT)
    return { ...before, last: picture, equal: none, compared: 0, differed: 0 }
  const fade = before.compared > COMPARED_MOST ? 0.5 : 1
  return {
    ...before,
    last: picture,
    equal: none,
    compared: (before.compared + equal.count + 1) * fade,
    differed: (before.differed + 1) * fade,
  }
}

function isFrozen({ equal, compared, differed }: Judgement, at: number): boolean {
  if (equal.count < EQUAL_LEAST) return false
  const standsMs = at - equal.since
  if (standsMs >= STILL_MOST_MS) return true
  return standsMs >= FROZEN_LEAST_MS && chanceOf(equal.count, compared, differed) < CHANCE
}

/**
 * How likely so many equal neighbours in a row are, after of `compared` so many differed and nothing was known before
 * that: the predictive of a beta-binomial with an even prior, which is careful where little was seen.
 */
function chanceOf(equals: number, compared: number, differed: number): number {
  let chance = 1
  for (let more = 0; more < equals; more += 1)
    chance *= (compared - differed + 1 + more) / (compared + 2 + more)
  return chance
}

function isDark({ greys }: Picture): boolean {
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length
  const variance = greys.reduce((sum, grey) => sum + (grey - mean) ** 2, 0) / greys.length
  return mean < DARK_MEAN && Math.sqrt(variance) < DARK_SPREAD
}

/** Mean of how far apart the greys of two pictures are. */
function difference(one: Uint8Array, two: Uint8Array): number {
  return one.reduce((sum, grey, at) => sum + Math.abs(grey - (two[at] ?? 0)), 0) / one.length
}
