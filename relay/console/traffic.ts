/** How many events each platform sent, minute by minute; since the relay started. */
import { heardParts } from '../../protocol/heard.ts'

export type Outcome = 'accepted' | 'duplicate' | 'rejected'
export type Outcomes = Readonly<Record<Outcome, number>>

export interface Traffic {
  counted(platform: string, outcome: Outcome, count: number): void
  platforms(): readonly string[]
  read(platform: string): {
    readonly perMinute: Outcomes
    readonly sinceStart: Outcomes
    readonly lastMs: number | undefined
    /** Accepted or known already, in each five minutes of the last hour; the running five last. */
    readonly lastHour: readonly number[]
    readonly refusedHour: number
    readonly lastRefusedMs: number | undefined
  }
  readonly startedMs: number
}

export const windowMinutes = 10
const minuteMs = 60_000
const partMinutes = 5
const keptMinutes = heardParts * partMinutes

interface Book {
  readonly total: Record<Outcome, number>
  /** By minute since 1970, those of the last hour. */
  readonly recent: Map<number, Record<Outcome, number>>
  lastMs: number | undefined
  lastRefusedMs: number | undefined
}

const none = (): Record<Outcome, number> => ({ accepted: 0, duplicate: 0, rejected: 0 })

/** Names come from keys and adapters (others are answered 404 before they count), so the books are few. */
export function createTraffic(now: () => number): Traffic {
  const books = new Map<string, Book>()
  const startedMs = now()

  function forget(book: Book, minute: number): void {
    for (const old of book.recent.keys())
      if (old <= minute - keptMinutes || old > minute) book.recent.delete(old)
  }

  return {
    startedMs,
    platforms: () => [...books.keys()],
    counted(platform, outcome, count) {
      if (count === 0) return
      const atMs = now()
      const minute = Math.floor(atMs / minuteMs)
      const book = books.get(platform) ?? {
        total: none(),
        recent: new Map(),
        lastMs: undefined,
        lastRefusedMs: undefined,
      }
      books.set(platform, book)
      const counts = book.recent.get(minute) ?? none()
      counts[outcome] += count
      book.total[outcome] += count
      book.recent.set(minute, counts)
      forget(book, minute)
      book[outcome === 'rejected' ? 'lastRefusedMs' : 'lastMs'] = atMs
    },
    read(platform) {
      const book = books.get(platform)
      const lastHour = Array.from({ length: heardParts }, () => 0)
      if (book === undefined)
        return {
          perMinute: none(),
          sinceStart: none(),
          lastMs: undefined,
          lastHour,
          refusedHour: 0,
          lastRefusedMs: undefined,
        }
      const atMs = now()
      const minute = Math.floor(atMs / minuteMs)
      forget(book, minute)
      // The running minute counts as far as it has come; a relay that just started has no ten minutes yet.
      const spanMinutes = Math.max(
        1,
        Math.min(atMs - startedMs, (windowMinutes - 1) * minuteMs + (atMs % minuteMs)) / minuteMs,
      )
      const perMinute = none()
      let refusedHour = 0
      for (const [of, counts] of book.recent) {
        const part = heardParts - 1 - Math.floor((minute - of) / partMinutes)
        lastHour[part] = (lastHour[part] ?? 0) + counts.accepted + counts.duplicate
        refusedHour += counts.rejected
        if (of <= minute - windowMinutes) continue
        for (const outcome of ['accepted', 'duplicate', 'rejected'] as const)
          perMinute[outcome] += counts[outcome]
      }
      for (const outcome of ['accepted', 'duplicate', 'rejected'] as const)
        perMinute[outcome] = Math.round((perMinute[outcome] / spanMinutes) * 10) / 10
      return {
        perMinute,
        sinceStart: { ...book.total },
        lastMs: book.lastMs,
        lastHour,
        refusedHour,
        lastRefusedMs: book.lastRefusedMs,
      }
    },
  }
}
