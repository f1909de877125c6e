/** Waits for one or two key frames of a source, from what runs already where somebody watches it. */
import type { Source, Watcher } from '../source.ts'

export type Sample =
  | {
      readonly kind: 'taken'
      readonly init: Uint8Array
      /** One or two key frames, and when they came, in epoch milliseconds. */
      readonly keys: readonly { readonly at: number; readonly bytes: Uint8Array }[]
    }
  | { readonly kind: 'missed'; readonly why: string }
  /** The machine has no place for it now: that says nothing of the camera. */
  | { readonly kind: 'busy' }

interface Options {
  readonly now: () => number
  /** For the first picture. Default 15 s: a gateway may have to wake its camera. */
  readonly patienceMs?: number
  /** For the second one after that. Default 2.5 s. */
  readonly secondMs?: number
}

const HEAD_BYTES = 3

export function takeSample(
  source: Source,
  { now, patienceMs = 15_000, secondMs = 2_500 }: Options,
): Promise<Sample> {
  return new Promise((resolve) => {
    let init: Uint8Array | undefined
    const keys: { at: number; bytes: Uint8Array }[] = []
    let isOver = false

    function end(sample: Sample): void {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      source.remove(watcher)
      resolve(sample)
    }
    const enough = (): void => {
      if (init === undefined || keys.length === 0) end({ kind: 'missed', why: '没有收到画面' })
      else end({ kind: 'taken', init, keys })
    }
    function take(frame: Uint8Array): void {
      init ??= source.init()?.subarray(HEAD_BYTES)
      if (init === undefined) return
      keys.push({ at: now(), bytes: frame.subarray(HEAD_BYTES) })
      clearTimeout(timer)
      if (keys.length > 1) enough()
      else timer = setTimeout(enough, secondMs)
    }

    const watcher: Watcher = {
      isBackground: true,
      told(status) {
        if (status.state === 'waiting') end({ kind: 'busy' })
        else if (status.state !== 'lost') return
        else if (keys.length > 0) enough()
        else end({ kind: 'missed', why: status.error })
      },
      renewed() {
        // Pictures of two inits can't be compared: those that came are enough.
        if (keys.length > 0) enough()
        init = undefined
      },
      fragment(frame, { isKey }) {
        if (isKey) take(frame)
      },
    }
    let timer = setTimeout(enough, patienceMs)
    const status = source.status()
    // Somebody watches it, and it is tried again and again already.
    if (status.state === 'lost' && source.isWanted())
      return end({ kind: 'missed', why: status.error })
    const [latest] = source.pictures()?.frames ?? []
    source.add(watcher)
    if (latest !== undefined) take(latest)
  })
}
