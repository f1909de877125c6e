/** What a camera under test shows, picture after picture, and what may be wrong with it. */
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { createReel, type Shot } from '../../mock-feeds/footage/reel.ts'

/** Whatever is not named is well. All may change at any moment. */
export interface Faults {
  /** Sends nothing, and keeps its connections. */
  readonly isSilent?: boolean
  /** The very same picture again and again. */
  readonly isFrozen?: boolean
  /** Another loop: a lens that is covered, another size. */
  readonly loop?: Loop
  /** Share 0 … 1 of pictures with wrong bytes inside. */
  readonly corrupt?: number
  /** Added to the camera's own clock from now on. */
  readonly jumpMs?: number
  /** Holds pictures back for so long and then sends them all at once. */
  readonly burstMs?: number
}

export interface FilmPlan {
  readonly loop: Loop
  readonly words?: string
  /** The time as bars in every picture, to be read back by `seen.ts`. */
  readonly hasBars?: boolean
  readonly now?: () => number
}

export interface Film {
  /** Pictures as they come; the first is a key picture and at most a second old. */
  watch(listener: (shot: Shot) => void): () => void
  set(faults: Faults): void
  head(): Pick<Shot, 'sps' | 'pps'>
  stop(): void
}

const tickMs = 15

export function startFilm({
  loop,
  words = '测试',
  hasBars = false,
  now = Date.now,
}: FilmPlan): Film {
  let faults: Faults = {}
  const loopNow = (): Loop => faults.loop ?? loop
  const reel = createReel(
    { words, loop: loopNow, hasBars, isFrozen: () => faults.isFrozen === true },
    now() - 1_000,
  )
  const listeners = new Map<(shot: Shot) => void, 'waits' | 'watches'>()
  let group: Shot[] = []
  let sentMs = 0
  let shots = 0

  function spoiled(shot: Shot): Shot {
    shots += 1
    const { corrupt = 0, jumpMs = 0 } = faults
    const atMs = shot.atMs + jumpMs
    // Every n-th, not by chance: a test that fails fails again.
    if (corrupt === 0 || (shots * corrupt) % 1 >= corrupt) return { ...shot, atMs }
    return {
      ...shot,
      atMs,
      nals: shot.nals.map((nal) => {
        if (nal.length < 24) return nal
        const bad = Buffer.from(nal)
        for (let at = 12; at < bad.length; at += 9) bad[at] = (bad[at] ?? 0) ^ 0x5a
        return bad
      }),
    }
  }

  const timer = setInterval(function roll() {
    const nowMs = now()
    if (faults.isSilent === true) return
    if (faults.burstMs !== undefined && nowMs - sentMs < faults.burstMs) return
    sentMs = nowMs
    for (const good of reel.until(nowMs)) {
      const shot = spoiled(good)
      group = shot.isKey ? [shot] : [...group, shot]
      for (const [listener, state] of listeners) {
        if (state === 'watches') listener(shot)
        else if (shot.isKey) {
          listeners.set(listener, 'watches')
          listener(shot)
        }
      }
    }
  }, tickMs)

  return {
    watch(listener) {
      for (const shot of group) listener(shot)
      listeners.set(listener, group.length > 0 ? 'watches' : 'waits')
      return () => listeners.delete(listener)
    },
    set(next) {
      faults = next
    },
    head: () => loopNow().stream,
    stop: () => clearInterval(timer),
  }
}
