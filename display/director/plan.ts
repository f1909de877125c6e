/** Which scenes the rotation has at an hour and in a mode: day parts, a ceremony, mourning, the tour of a visit. Pure. */
import { isBetween, localDay } from '../../protocol/time.ts'
import type { Cue, Turn } from './show.ts'

export type Mode = 'daily' | 'ceremony' | 'mourning'

/** One stop of a visit's tour, with what is said at it. */
export interface Stop extends Turn {
  readonly caption: string
}

export interface Plan {
  readonly mode: Mode
  /** The rotation has these, in this order; all of them where there are none. */
  readonly scenes: readonly string[]
  /** A ceremony shows these alone. */
  readonly chosen: readonly string[]
  /** Instead of the rotation, where a visit is led; else empty. */
  readonly tour: readonly Stop[]
  /** When the wall rests: the night screen alone, where there is one. Null where somebody works at night. */
  readonly sleep: Hours | null
  /** When some scenes stay several times as long. */
  readonly dayParts: readonly DayPart[]
  /** For how many seconds a scene stays, where it is not its own; 0 takes it out. */
  readonly seconds: Readonly<Record<string, number | undefined>>
}

/** From an hour on until before another, over midnight where `from` is the later. */
interface Hours {
  readonly from: number
  readonly to: number
}
interface DayPart extends Hours {
  readonly scenes: readonly string[]
  readonly times: number
}

/** Most study from six to noon. */
const morning: DayPart = { from: 6, to: 12, scenes: ['learning'], times: 2 }
export const everyDay: Plan = {
  mode: 'daily',
  scenes: [],
  chosen: [],
  tour: [],
  sleep: { from: 23, to: 6 },
  dayParts: [morning],
  seconds: {},
}

export const nightScene = 'night'
/** In mourning nobody is ranked. */
const notInMourning: readonly string[] = ['ranking']

const hourMs = 3_600_000
/** With its fraction. */
const hourAt = (now: number): number =>
  (now - Date.parse(`${localDay(now)}T00:00:00+08:00`)) / hourMs

const isWithin = ({ from, to }: Hours, hour: number): boolean => isBetween(from, to, hour)

function isResting({ sleep }: Plan, now: number): boolean {
  return sleep !== null && isWithin(sleep, hourAt(now))
}

/** At least one turn wherever the rotation has one; `now` is ms of the relay's clock. */
export function turnsAt(rotation: readonly Turn[], plan: Plan, now: number): readonly Turn[] {
  const known = plan.tour.filter(({ id }) => rotation.some((turn) => turn.id === id))
  if (known.length > 0) return known
  const all = rotation.filter(({ id }) => id !== nightScene)
  const day = some(
    some(inOrder(all, plan.scenes), all)
      .map((turn) => ({ ...turn, seconds: plan.seconds[turn.id] ?? turn.seconds }))
      .filter(({ seconds }) => seconds > 0),
    all,
  )
  if (plan.mode === 'ceremony')
    return some(
      day.filter(({ id }) => plan.chosen.includes(id)),
      day,
    )
  if (isResting(plan, now))
    return some(
      rotation.filter(({ id }) => id === nightScene),
      day,
    )
  if (plan.mode === 'mourning')
    return some(
      day.filter(({ id }) => !notInMourning.includes(id)),
      day,
    )
  const hour = hourAt(now)
  const parts = plan.dayParts.filter((part) => isWithin(part, hour))
  return day.map((turn) => {
    const part = parts.find(({ scenes }) => scenes.includes(turn.id))
    return part === undefined ? turn : { ...turn, seconds: turn.seconds * part.times }
  })
}

const inOrder = (turns: readonly Turn[], ids: readonly string[]): readonly Turn[] =>
  ids.flatMap((wanted) => turns.filter(({ id }) => id === wanted))

const some = (turns: readonly Turn[], others: readonly Turn[]): readonly Turn[] =>
  turns.length > 0 ? turns : others

/** A ceremony, mourning and a tour go on whatever happens; at night nothing wakes the wall. */
export function admitted(cues: readonly Cue[], plan: Plan, now: number): readonly Cue[] {
  if (plan.mode !== 'daily' || plan.tour.length > 0) return []
  return isResting(plan, now) ? [] : cues
}

/** Reads the file of a tour: a list of scene, seconds and caption. Throws a sentence for whoever wrote it. */
export function readTour(body: unknown): readonly Stop[] {
  if (!Array.isArray(body) || body.length === 0)
    throw new Error('导览文件应是一个列表,每站写 scene、seconds、caption')
  const stops = body.map((each: unknown, at) => {
    const { scene, seconds, caption } = (each ?? {}) as Readonly<Record<string, unknown>>
    if (typeof scene !== 'string' || scene === '') throw new Error(`第 ${at + 1} 站没有写 scene`)
    if (typeof seconds !== 'number' || seconds < 5 || seconds > 3_600)
      throw new Error(`第 ${at + 1} 站的 seconds 应在 5 到 3600 之间`)
    if (typeof caption !== 'string' || caption.length > 40)
      throw new Error(`第 ${at + 1} 站的 caption 应是不超过 40 字的一句话`)
    return { id: scene, seconds, caption }
  })
  if (new Set(stops.map(({ id }) => id)).size < stops.length)
    throw new Error('同一场景在导览中只能出现一次')
  return stops
}
