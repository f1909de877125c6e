/**
 * Who is signed in. Kept in memory, by the hash of a word that only the browser's cookie holds: a relay that is started anew
 * asks everybody to sign in again.
 */
import { hashOf, secretOf } from '../fleet/store.ts'

export const idleMs = 30 * 60_000
export const longestMs = 12 * 3_600_000
/** Of one account; beyond it the oldest ends. */
const sessionsMost = 16

interface Session {
  readonly name: string
  readonly sinceMs: number
  seenMs: number
  readonly onEnd: Set<() => void>
}

export interface Sessions {
  /** The word for the cookie. */
  begin(name: string): string
  /** The account that a word belongs to. `isActive`: somebody is at the page, so it is not idle. */
  find(word: string, isActive: boolean): string | undefined
  end(word: string): void
  /** All of an account, but for one word. */
  endAll(name: string, but?: string): void
  /** Calls `cut` when the session ends, until the returned function is called. */
  hold(word: string, cut: () => void): () => void
  /** Ends those that are over. */
  sweep(): void
}

/** `clock`: milliseconds of a clock that never steps. */
export function createSessions(clock: () => number): Sessions {
  const sessions = new Map<string, Session>()

  const isOver = ({ sinceMs, seenMs }: Session): boolean =>
    clock() - seenMs >= idleMs || clock() - sinceMs >= longestMs
  function drop(key: string): void {
    const session = sessions.get(key)
    sessions.delete(key)
    for (const cut of session?.onEnd ?? []) cut()
  }

  return {
    begin(name) {
      const own = [...sessions].filter(([, session]) => session.name === name)
      for (const [key] of own.slice(0, Math.max(0, own.length + 1 - sessionsMost))) drop(key)
      const word = secretOf()
      const nowMs = clock()
      sessions.set(hashOf(word), { name, sinceMs: nowMs, seenMs: nowMs, onEnd: new Set() })
      return word
    },
    find(word, isActive) {
      const key = hashOf(word)
      const session = sessions.get(key)
      if (session === undefined) return undefined
      if (isOver(session)) {
        drop(key)
        return undefined
      }
      if (isActive) session.seenMs = clock()
      return session.name
    },
    end: (word) => drop(hashOf(word)),
    endAll(name, but) {
      const kept = but === undefined ? undefined : hashOf(but)
      for (const [key, session] of sessions) if (session.name === name && key !== kept) drop(key)
    },
    hold(word, cut) {
      const session = sessions.get(hashOf(word))
      session?.onEnd.add(cut)
      return () => void session?.onEnd.delete(cut)
    },
    sweep() {
      for (const [key, session] of sessions) if (isOver(session)) drop(key)
    },
  }
}
