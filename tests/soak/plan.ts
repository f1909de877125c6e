/** What a soak is told on its command line, and the moments at which it stops and compares. */
import { parseArgs } from 'node:util'
import { dayMs, dayStartMs, localDay } from '../../protocol/time.ts'
import type { Fault } from '../../mock-feeds/trouble.ts'

export interface Plan {
  /** Of the room's clock. */
  readonly minutes: number
  readonly speed: number
  readonly seed: number
  /** The first moment of live feed, in ms. */
  readonly beginMs: number
  readonly endMs: number
  readonly platforms: readonly string[]
  /** A platform that loses one event in a hundred, to see the checker notice. */
  readonly losing: string | undefined
  /** Where the relay keeps its data; a folder of its own unless told. */
  readonly dataDir: string | undefined
}

export const help = `Nine platforms at once against one relay, every figure counted a second time.

  npm run soak -- [options]      Ctrl+C ends early, with all checks

  --minutes N      of live feed (60)
  --speed N        platform seconds a second (60)
  --at TIME        local time at which life begins, such as 2026-10-30T18:00 (so that it crosses a midnight and ends before now)
  --seed N         other events (1)
  --platform LIST  some of the nine only, comma-separated: without yunnan and fujian it begins within half a minute (all)
  --lose PLATFORM  drop one of its live events in a hundred unseen: the checker has to notice
  --data DIR       an empty folder for the relay's data (a temporary one)
`

export const troubles: Readonly<Record<string, readonly Fault[]>> = {
  xintian: ['duplicates', 'disorder', 'late'],
  pengshan: ['silence', 'duplicates'],
  fujian: ['disorder', 'late'],
  yunnan: ['duplicates', 'late'],
  kaihua: ['disorder', 'nonsense'],
  sanyuan: ['late', 'nonsense'],
  xining: ['flood'],
  shushan: ['duplicates', 'nonsense'],
  guangan: [],
}

const stepMs = 6 * 3_600_000
const zoneMs = 8 * 3_600_000

/** Every six hours by the local clock, midnight among them, and the end. */
export function checkpoints({
  beginMs,
  endMs,
}: Pick<Plan, 'beginMs' | 'endMs'>): readonly number[] {
  const moments: number[] = []
  const first = Math.floor((beginMs + zoneMs) / stepMs + 1) * stepMs - zoneMs
  for (let atMs = first; atMs < endMs; atMs += stepMs) moments.push(atMs)
  return [...moments, endMs]
}

/** Half way before a midnight, six hours at most, and over by now. */
function beginOf(lengthMs: number, nowMs: number): number {
  const before = Math.min(stepMs, lengthMs / 2)
  const today = dayStartMs(localDay(nowMs))
  const days = Math.max(0, Math.ceil((today - before + lengthMs - nowMs) / dayMs))
  return Math.floor((today - days * dayMs - before) / 1_000) * 1_000
}

/** Throws `RangeError` with a sentence; undefined where help was asked for. */
export function readPlan(words: readonly string[], nowMs: number): Plan | undefined {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...words],
    options: {
      minutes: text,
      speed: text,
      at: text,
      seed: text,
      platform: text,
      lose: text,
      data: text,
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return undefined
  const number = (name: 'minutes' | 'speed' | 'seed', otherwise: number): number => {
    const value = Number(values[name] ?? otherwise)
    if (value > 0 && Number.isFinite(value)) return value
    throw new RangeError(`--${name} wants a number above 0, not "${values[name] ?? ''}".`)
  }
  const [minutes, speed] = [number('minutes', 60), number('speed', 60)]
  const lengthMs = Math.round(minutes * speed * 60) * 1_000
  const beginMs =
    values.at === undefined ? beginOf(lengthMs, nowMs) : Date.parse(`${values.at}+08:00`)
  if (Number.isNaN(beginMs))
    throw new RangeError(`--at wants a local time such as 2026-10-30T18:00, not "${values.at}".`)
  const { lose: losing, data: dataDir } = values
  const platforms = values.platform?.split(',') ?? Object.keys(troubles)
  for (const word of platforms)
    if (!Object.hasOwn(troubles, word))
      throw new RangeError(`--platform knows ${Object.keys(troubles).join(', ')}, not "${word}".`)
  if (losing !== undefined && !platforms.includes(losing))
    throw new RangeError(`--lose knows ${platforms.join(', ')}, not "${losing}".`)
  const seed = number('seed', 1)
  return { minutes, speed, seed, beginMs, endMs: beginMs + lengthMs, platforms, losing, dataDir }
}
