/** One attempt to have a camera's pictures: finds out where they are, and pulls them until that ends. */
import type { Segment } from './boxes.ts'
import type { Ffmpeg } from './ffmpeg-path.ts'
import type { Opener } from './open-origin.ts'
import { byNumber } from './name-lookup.ts'
import { OriginError } from './origin-error.ts'
import { startPull, type Input, type Pull } from './pull.ts'
import type { Origin } from './registry/streams-file.ts'

export interface Fetch {
  readonly coding: 'copy' | number
  pid(): number | undefined
  /** When the program began to read, by the clock of the caller; undefined before. */
  readingSince(): number | undefined
  /** Resolves when nothing of it is left. */
  stop(): Promise<void>
}

interface FetchOptions {
  readonly ffmpeg: Ffmpeg
  readonly origin: Origin
  readonly open: Opener['open']
  readonly coding: 'copy' | number
  readonly isPatient: boolean
  readonly clock: () => number
  onSegment(segment: Segment): void
  /** Its address may be used for so long from now on. */
  onLimit(forMs: number): void
  /** Exactly once, when nothing of it is left; `reason` names no address. */
  onEnd(reason: string): void
}

async function withoutName(input: Input): Promise<Input> {
  return input.kind === 'address' ? { ...input, ...(await byNumber(input.url)) } : input
}

export function startFetch(options: FetchOptions): Fetch {
  const { ffmpeg, origin, open, coding, isPatient, clock, onSegment } = options
  const opening = new AbortController()
  let pull: Pull | undefined
  let readingSince: number | undefined

  async function run(): Promise<string> {
    const { input: told, forMs } = await open(origin, opening.signal)
    const input = ffmpeg.findsNames ? told : await withoutName(told)
    opening.signal.throwIfAborted()
    readingSince = clock()
    if (forMs !== undefined) options.onLimit(forMs)
    return await new Promise((onEnd) => {
      pull = startPull({ ffmpeg, input, coding, isPatient, onSegment, onEnd })
    })
  }
  const gone = run()
    // Whatever else went wrong may quote an address.
    .catch((error: unknown) => (error instanceof OriginError ? error.message : '信号源无法打开'))
    .then(options.onEnd)

  return {
    coding,
    pid: () => pull?.pid,
    readingSince: () => readingSince,
    async stop() {
      opening.abort()
      await pull?.stop()
      await gone
    },
  }
}
