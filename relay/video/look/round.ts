/**
 * The round: every camera is looked at once in a while, few at a time, also where nobody watches it. What was seen becomes
 * a still and a judgement; a look that leaves a doubt is followed by another one soon.
 */
import { hash } from 'node:crypto'
import { toInstant } from '../../../protocol/time.ts'
import type { Camera, CameraHealth } from '../../../protocol/video.ts'
import type { Ffmpeg } from '../ffmpeg-path.ts'
import { createStore } from '../picture-store.ts'
import type { Source } from '../source.ts'
import { develop } from './develop.ts'
import { judge, unseen, type Judgement } from './judge.ts'
import { takeSample, type Sample } from './take-sample.ts'

interface Still {
  readonly at: number
  readonly jpeg: Buffer
  readonly tag: string
}

export interface Round {
  /** The cameras that there are, by id; what was known of one that is new or stands elsewhere is forgotten. */
  follow(cameras: ReadonlyMap<string, unknown>, minutes: number): void
  health(id: string): CameraHealth | undefined
  still(id: string): Still | undefined
  stillOf(id: string): Camera['still']
  /** Looks so far, and how long ago the longest unseen camera was seen, in seconds. */
  stats(): { readonly looks: number; readonly oldestSeconds: number }
  stop(): void
}

interface Options {
  readonly ffmpeg: Ffmpeg | undefined
  find(id: string): Source | undefined
  onChange(): void
  log(line: string): void
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  readonly sample?: (source: Source) => Promise<Sample>
  /** How soon a look follows one that left a doubt. Default 10 s. */
  readonly doubtMs?: number
  /** How often it is seen who is due. Default 250 ms. */
  readonly tickMs?: number
}

interface Known {
  readonly origin: unknown
  judged: Judgement
  dueAt: number
  seenAt: number
  doubts: number
  isLooking: boolean
  still: Still | undefined
}

/** What one look takes where the camera answers. */
const LOOK_SECONDS = 5
const MAX_LANES = 4
/** Then the doubt waits for the next round. */
const MAX_DOUBTS = 12
const BUSY_MS = 15_000
const DOUBT_MS = 10_000
const STILL_BYTES_MOST = 64 * 1024 * 1024
const TICK_MS = 250

export function createRound(options: Options): Round {
  const { ffmpeg, find, onChange, log, now, clock, doubtMs = DOUBT_MS } = options
  const sample = options.sample ?? ((source: Source) => takeSample(source, { now }))
  const cameras = new Map<string, Known>()
  const store = createStore(STILL_BYTES_MOST)
  let periodMs = 0
  let looking = 0
  let looks = 0
  let isStopped = false

  function forget(id: string, { still }: Known): void {
    cameras.delete(id)
    store.give(still?.jpeg.length ?? 0)
  }

  function keep(known: Known, at: number, jpeg: Buffer): void {
    store.give(known.still?.jpeg.length ?? 0)
    known.still = store.take(jpeg.length)
      ? { at, jpeg, tag: hash('sha256', jpeg, 'base64url').slice(0, 16) }
      : undefined
  }

  async function look(source: Source, known: Known): Promise<void> {
    const taken = await sample(source)
    if (taken.kind === 'busy') {
      known.dueAt = clock() + BUSY_MS
      return
    }
    const developed =
      taken.kind === 'taken' && ffmpeg !== undefined ? await develop(ffmpeg, taken) : undefined
    const last = developed?.pictures.at(-1)
    if (developed !== undefined && last !== undefined) {
      known.judged = judge(known.judged, { kind: 'seen', pictures: developed.pictures })
      keep(known, last.at, developed.jpeg)
    } else {
      const why = taken.kind === 'missed' ? taken.why : '画面无法解码'
      known.judged = judge(known.judged, { kind: 'missed', at: now(), why })
    }
    looks += 1
    known.seenAt = clock()
    known.doubts = known.judged.isInDoubt ? known.doubts + 1 : 0
    const isSoon = known.doubts > 0 && known.doubts <= MAX_DOUBTS
    // Not all of them at the same minute for ever.
    known.dueAt = clock() + (isSoon ? doubtMs : periodMs * (0.9 + Math.random() * 0.1))
    onChange()
  }

  function lanes(): number {
    const wanted = Math.ceil((cameras.size * LOOK_SECONDS * 1_000) / Math.max(1, periodMs))
    return Math.min(MAX_LANES, Math.max(1, wanted))
  }

  function begin(): void {
    if (isStopped || periodMs === 0 || ffmpeg === undefined) return
    const due = [...cameras]
      .filter(([, known]) => !known.isLooking && known.dueAt <= clock())
      .toSorted(([, a], [, b]) => a.dueAt - b.dueAt)
    for (const [id, known] of due) {
      if (looking >= lanes()) return
      const source = find(id)
      if (source === undefined) continue
      looking += 1
      known.isLooking = true
      look(source, known)
        .catch((error: unknown) => {
          known.dueAt = clock() + periodMs
          log(`looking at ${id}: ${error instanceof Error ? error.name : 'failed'}`)
        })
        .finally(() => {
          looking -= 1
          known.isLooking = false
        })
    }
  }
  const timer = setInterval(begin, options.tickMs ?? TICK_MS)

  return {
    follow(origins, minutes) {
      periodMs = minutes * 60_000
      for (const [id, known] of cameras) if (origins.get(id) !== known.origin) forget(id, known)
      for (const [id, origin] of origins) {
        if (cameras.has(id)) continue
        cameras.set(id, {
          origin,
          judged: unseen(now()),
          dueAt: clock(),
          seenAt: clock(),
          doubts: 0,
          isLooking: false,
          still: undefined,
        })
      }
    },
    health(id) {
      const judged = cameras.get(id)?.judged
      if (judged === undefined) return undefined
      const { state, since, okAt, why } = judged
      return {
        state,
        since: toInstant(since),
        ...(okAt !== undefined && { lastOkAt: toInstant(okAt) }),
        ...(why !== undefined && { why }),
      }
    },
    still: (id) => cameras.get(id)?.still,
    stillOf(id) {
      const still = cameras.get(id)?.still
      if (still === undefined) return undefined
      return { at: toInstant(still.at), url: `/v1/video/${id}/still.jpg?v=${still.tag}` }
    },
    stats: () => ({
      looks,
      oldestSeconds: Math.round(
        Math.max(0, ...[...cameras.values()].map(({ seenAt }) => clock() - seenAt)) / 1_000,
      ),
    }),
    stop() {
      isStopped = true
      clearInterval(timer)
    },
  }
}
