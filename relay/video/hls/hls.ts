/**
 * The same pictures as HLS, for engines that play nothing else: a source is packed from the first request on, and until
 * nobody has asked for a while. Everything is in memory.
 */
import type { Store } from '../picture-store.ts'
import type { Source, Watcher } from '../source.ts'
import { createPacker, type Packer } from './packer.ts'

export interface Hls {
  /** Waits for the first pictures; a sentence where there are none, or not within some seconds. */
  playlist(source: Source): Promise<{ readonly text: string } | { readonly why: string }>
  part(source: Source, name: string): Uint8Array | undefined
  /** Sources that are packed now. */
  packed(): number
  bytesSent(): number
  stop(): void
}

interface Options {
  readonly store: Store
  readonly now: () => number
  /** Milliseconds of a clock that never steps. */
  readonly clock: () => number
  /** Default 15 s: players ask at least once a segment. */
  readonly idleMs?: number
  /** Default 8 s: players give up after ten. */
  readonly patienceMs?: number
}

interface Packing {
  readonly source: Source
  readonly packer: Packer
  readonly watcher: Watcher
  askedAt: number
}

const LOOK_MS = 100
const SWEEP_MS = 1_000
/** Index and kind, which the video socket has before each picture. */
const HEAD_BYTES = 3

export function createHls(options: Options): Hls {
  const { store, now, clock, idleMs = 15_000, patienceMs = 8_000 } = options
  const packings = new Map<string, Packing>()
  let bytesSent = 0

  function pack(source: Source): Packing {
    const packer = createPacker({ store, now })
    let needsInit = true
    const watcher: Watcher = {
      isBackground: false,
      told: () => undefined,
      renewed() {
        needsInit = true
      },
      fragment(frame, about) {
        if (needsInit) {
          const init = source.init()
          if (!about.isKey || init === undefined) return
          packer.begin(init.subarray(HEAD_BYTES))
          needsInit = false
        }
        packer.push(frame.subarray(HEAD_BYTES), about)
      },
    }
    const packing = { source, packer, watcher, askedAt: clock() }
    packings.set(source.name, packing)
    source.add(watcher)
    return packing
  }

  function end({ source, packer, watcher }: Packing): void {
    packings.delete(source.name)
    source.remove(watcher)
    packer.drop()
  }

  const sweep = setInterval(() => {
    for (const packing of packings.values()) if (clock() - packing.askedAt > idleMs) end(packing)
  }, SWEEP_MS)

  /** Of those that are packed. */
  function asked(source: Source): Packing | undefined {
    const packing = packings.get(source.name)
    if (packing !== undefined) packing.askedAt = clock()
    return packing
  }

  return {
    async playlist(source) {
      const { packer } = asked(source) ?? pack(source)
      const until = clock() + patienceMs
      for (;;) {
        const text = packer.playlist()
        if (text !== undefined) return { text }
        const status = source.status()
        if ('error' in status) return { why: status.error }
        if (clock() > until) return { why: '画面还没有到' }
        await new Promise((resume) => setTimeout(resume, LOOK_MS))
      }
    },
    part(source, name) {
      const bytes = asked(source)?.packer.part(name)
      bytesSent += bytes?.length ?? 0
      return bytes
    },
    packed: () => packings.size,
    bytesSent: () => bytesSent,
    stop() {
      clearInterval(sweep)
      for (const packing of packings.values()) end(packing)
    },
  }
}
