/** Fragments of a source as segments of a playlist: each begins with a key frame, and few are kept. Pure but for memory. */
import { toInstant } from '../../../protocol/time.ts'
import type { Store } from '../picture-store.ts'

interface Segment {
  readonly number: number
  readonly init: number
  readonly seconds: number
  /** Another init, or a leap in time, lies before it. */
  readonly isBroken: boolean
  readonly at: number
  readonly bytes: Uint8Array
}

export interface Packer {
  /** What comes next needs this before it. */
  begin(init: Uint8Array): void
  push(bytes: Uint8Array, about: { readonly isKey: boolean; readonly seconds: number }): void
  /** Undefined while it has no segment. */
  playlist(): string | undefined
  /** `init-3.mp4` or `41.m4s`; undefined where it is not kept any more. */
  part(name: string): Uint8Array | undefined
  drop(): void
}

interface Options {
  readonly store: Store
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** A segment has so much at least; cameras with a key frame every few seconds make longer ones. */
const LEAST_SECONDS = 0.9
/** Without a key frame for so long the pictures are cut anyway. */
const MOST_SECONDS = 10
const LISTED = 6
/** A player may still be fetching what has just left the list. */
const KEPT = 9
const MAX_SEGMENT_BYTES = 16 * 1024 * 1024

export function createPacker({ store, now }: Options): Packer {
  const inits = new Map<number, Uint8Array>()
  let segments: Segment[] = []
  let initNumber = 0
  let nextNumber = 0
  let breaks = 0
  let open: Uint8Array[] = []
  let openBytes = 0
  let openedAt = 0
  let from = 0
  let last = 0
  let isBroken = false

  function forget(count: number): void {
    for (const { bytes, isBroken: was } of segments.splice(0, count)) {
      store.give(bytes.length)
      if (was) breaks += 1
    }
    for (const number of inits.keys())
      if (number < initNumber && segments.every(({ init }) => init !== number)) inits.delete(number)
  }

  function discard(): void {
    store.give(openBytes)
    open = []
    openBytes = 0
  }

  function close(until: number): void {
    if (open.length === 0) return
    const bytes = Buffer.concat(open)
    segments.push({
      number: nextNumber,
      init: initNumber,
      seconds: Math.max(0.04, until - from),
      isBroken,
      at: openedAt,
      bytes,
    })
    nextNumber += 1
    isBroken = false
    open = []
    openBytes = 0
    if (segments.length > KEPT) forget(segments.length - KEPT)
  }

  return {
    begin(init) {
      close(last)
      discard()
      initNumber += 1
      inits.set(initNumber, init)
      isBroken = segments.length > 0
    },
    push(bytes, { isKey, seconds }) {
      if (initNumber === 0) return
      const isLeap = open.length > 0 && (seconds < last || seconds - last > MOST_SECONDS)
      const length = seconds - from
      if (isLeap) {
        close(last)
        isBroken = true
      } else if ((isKey && length >= LEAST_SECONDS) || length >= MOST_SECONDS) close(seconds)
      if (open.length === 0) {
        if (!isKey && (segments.length === 0 || isBroken)) return
        from = seconds
        openedAt = now()
      }
      last = seconds
      const isTooMuch = openBytes + bytes.length > MAX_SEGMENT_BYTES || !store.take(bytes.length)
      if (isTooMuch) {
        // What cannot be kept is left out, and players leap over it.
        discard()
        isBroken = true
        return
      }
      open.push(bytes)
      openBytes += bytes.length
    },
    playlist() {
      const listed = segments.slice(-LISTED)
      const [first] = listed
      if (first === undefined) return undefined
      const earlier = segments.slice(0, -LISTED).filter((segment) => segment.isBroken).length
      const lines = [
        '#EXTM3U',
        '#EXT-X-VERSION:7',
        `#EXT-X-TARGETDURATION:${Math.ceil(Math.max(...listed.map(({ seconds }) => seconds)))}`,
        `#EXT-X-MEDIA-SEQUENCE:${first.number}`,
        `#EXT-X-DISCONTINUITY-SEQUENCE:${breaks + earlier}`,
      ]
      let init: number | undefined
      for (const segment of listed) {
        if (segment.isBroken) lines.push('#EXT-X-DISCONTINUITY')
        if (segment.init !== init) lines.push(`#EXT-X-MAP:URI="init-${segment.init}.mp4"`)
        init = segment.init
        lines.push(
          `#EXT-X-PROGRAM-DATE-TIME:${toInstant(segment.at)}`,
          `#EXTINF:${segment.seconds.toFixed(3)},`,
          `${segment.number}.m4s`,
        )
      }
      return `${lines.join('\n')}\n`
    },
    part(name) {
      const number = Number(/^(?:init-)?(\d{1,9})\.(?:mp4|m4s)$/.exec(name)?.[1] ?? NaN)
      return name.startsWith('init-')
        ? inits.get(number)
        : segments.find((segment) => segment.number === number)?.bytes
    },
    drop() {
      forget(segments.length)
      discard()
    },
  }
}
