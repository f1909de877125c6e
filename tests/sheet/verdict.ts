/** What is wrong with a moment of a wall, as sentences: pure. A fault has its own right look, and only what it explains is excused. */
import { readFileSync } from 'node:fs'
import { localDay } from '../../protocol/time.ts'
import type { Seen, Sight } from './sight.ts'

/** Seconds of the room's clock; infinite where it never was. */
export interface Circumstances {
  /** Since the wall heard its relay for the last time; null where it can hear it. */
  readonly cutFor: number | null
  /** Since it could hear it again. */
  readonly linkedFor: number
  /** Since the page was loaded. */
  readonly openFor: number
  /** Since the machine's clock or the relay's was set. */
  readonly setFor: number
  /** Since the county's clock last leapt. */
  readonly leaptFor: number
  /** What the relay's clock says, ms. */
  readonly nowMs: number
  /** What the browser's console said since the last look. */
  readonly complaints: readonly string[]
}

/** A moment that was looked at. */
export interface Looked {
  readonly sight: Sight
  /** Of each module's box, in the picture, the share of pixels that are not its ground; in the order of the modules. */
  readonly ink: readonly number[]
  /** Seconds of the room's clock. */
  readonly at: number
  /** Since when the scene has been on, by the same clock. */
  readonly since: number
}

/** What is looked for; a moment is wrong where the same kind is found twice, a little apart. */
export type Kind = 'broken' | 'empty' | 'overlapping' | 'cut' | 'mixed' | 'stuck' | 'complaint'
export interface Wrong {
  readonly kind: Kind
  readonly sentence: string
  /** It happened before the look, and cannot be found again. */
  readonly isOver?: true
}

/** A wall notices silence after this. */
const noticed = 11
/** A relay says something at least this often. */
const beat = 4.5
/** It knocks again after 15 s at the latest, and then needs a snapshot. */
const backWithin = 45
/** Data, fonts and map have come. */
const drawnWithin = 20
const staleFrom = 60
const unknownFrom = 600
const changeWithin = 10
/** Of the night only the minute is shown. */
const clockWithinMs = 75_000
const longestFrame = 10
const leastInk = 0.002

/** How long a scene stays, s, as its file says; in the mornings that of study stays twice as long, and what a cue brought half a minute. */
export function secondsOf(scene: string): number {
  const file = new URL(`../../display/scenes/${scene}.ts`, import.meta.url)
  const seconds = Number(/seconds: (\d+)/.exec(readFileSync(file, 'utf8'))?.[1])
  return Math.max(30, scene === 'learning' ? 2 * seconds : seconds)
}

const says = (kind: Kind, sentences: readonly string[]): readonly Wrong[] =>
  sentences.map((sentence) => ({ kind, sentence }))

function emptyOf({ at, is, least, letters, painted, isSaid, box }: Seen, ink: number): string[] {
  if (isSaid && letters > 0) return []
  if (box === null) return [`${at} is not to be seen`]
  if (is === 'written' && letters < least) return [`${at} has ${letters} letters`]
  const drawn = painted.filter((share) => share > 0.001).length
  if (is === 'drawn' && drawn < least)
    return [`${at}: ${drawn} of ${least} drawings have anything on them`]
  return ink < leastInk ? [`${at} is of one colour`] : []
}

const clockMs = (clock: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number)
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000
}
const dayLong = 86_400_000

/** How far the shown time is from the relay's, either way round the day, ms. */
function clockError(clock: string, nowMs: number): number {
  const right = nowMs - Date.parse(`${localDay(nowMs)}T00:00:00+08:00`)
  const off = Math.abs(clockMs(clock) - right)
  return Math.min(off, dayLong - off)
}

function trustWrongs({ trust, hasBanner, scene }: Sight, around: Circumstances): string[] {
  const { cutFor, linkedFor, openFor } = around
  if (openFor < drawnWithin) return []
  const right = (): readonly string[] => {
    if (cutFor === null) return linkedFor < backWithin ? [trust] : ['live']
    if (cutFor > unknownFrom + noticed) return ['unknown']
    if (cutFor > unknownFrom - beat) return ['unknown', 'stale']
    if (cutFor > staleFrom + noticed) return ['stale']
    // What was heard last may have been a beat before.
    return cutFor > staleFrom - beat ? ['live', 'brief', 'stale'] : ['live', 'brief']
  }
  const isCut = trust === 'stale' || trust === 'unknown'
  const wrong = right().includes(trust)
    ? []
    : [
        `it looks ${trust} ${cutFor === null ? 'with its relay' : `${Math.round(cutFor)} s after the relay was gone`}`,
      ]
  if (scene !== 'night' && isCut !== hasBanner)
    wrong.push(
      isCut ? 'no banner says that the relay is gone' : 'a banner says that the relay is gone',
    )
  return wrong
}

/** A browser itself says of each request that the relay does not answer. */
function complaintsOf({ complaints, cutFor, linkedFor }: Circumstances): readonly string[] {
  if (cutFor === null && linkedFor > backWithin) return complaints
  return complaints.filter((text) => !/net::ERR_|WebSocket connection|Failed to load/.test(text))
}

export function wrongsOf(
  { sight, ink, at, since }: Looked,
  before: Looked | null,
  around: Circumstances,
  secondsOn: (scene: string) => number,
): readonly Wrong[] {
  const { scene, trust, modules } = sight
  const isDrawn = around.openFor > drawnWithin
  const isCut = trust === 'stale' || trust === 'unknown'
  const stuck: string[] = []
  if (sight.layers !== 1) stuck.push(`${sight.layers} scenes lie over each other`)
  if (scene !== 'night' && at - since > secondsOn(scene) * 1.5 + changeWithin)
    stuck.push(`${scene} has been on for ${Math.round(at - since)} s`)
  const stood: readonly string[] =
    sight.longestMs > longestFrame * 1_000
      ? [`no frame was drawn for ${Math.round(sight.longestMs / 1_000)} s`]
      : []
  const isLinked = around.cutFor === null && around.linkedFor > backWithin && isDrawn
  // A leap is heard with the next heartbeat.
  const isTold = isLinked && around.setFor > 30 && around.leaptFor > beat + 1
  if (isTold && clockError(sight.clock, around.nowMs) > clockWithinMs)
    stuck.push(`the clock says ${sight.clock}`)
  if (before !== null && scene !== 'night' && before.sight.scene === scene && at - before.at > 2)
    if (before.sight.clock === sight.clock) stuck.push(`the clock stands at ${sight.clock}`)
  for (const { source, state, at: playedTo } of sight.videos) {
    const last = before?.sight.videos.find((video) => video.source === source)
    if (before === null || last === undefined || before.sight.scene !== scene) continue
    const isStill = state === 'live' && last.state === 'live' && last.at === playedTo
    if (isStill && at - before.at > longestFrame)
      stuck.push(`the live picture of ${source} stands still`)
  }
  const black = sight.videos.filter(({ isBlack }) => isBlack)
  return [
    ...says('broken', sight.fences),
    ...says(
      'broken',
      sight.strange.map((text) => `“${text}” stands on the wall`),
    ),
    ...says(
      'empty',
      isDrawn ? modules.flatMap((module, index) => emptyOf(module, ink[index] ?? 0)) : [],
    ),
    ...says(
      'empty',
      isDrawn && modules.length === 0 ? [`nothing is known of a scene ${scene}`] : [],
    ),
    ...says(
      'empty',
      black.map(({ source }) => `the live picture of ${source} is black`),
    ),
    ...says('overlapping', sight.crowded),
    ...says('cut', sight.cut),
    ...says('mixed', trustWrongs(sight, around)),
    ...says('mixed', isCut ? sight.liveLooking.map((text) => `${text} looks live`) : []),
    ...says(
      'mixed',
      sight.hasBanner ? sight.bannered.map((text) => `“${text}” lies under the banner`) : [],
    ),
    ...says('stuck', stuck),
    ...says('stuck', stood).map((each) => ({ ...each, isOver: true as const })),
    ...says('complaint', complaintsOf(around)).map((each) => ({ ...each, isOver: true as const })),
  ]
}
