/** The link that makes the first account: there is no default password. It is printed at a start without accounts. */
import { timingSafeEqual } from 'node:crypto'
import { hashOf, secretOf } from '../fleet/store.ts'

const openMs = 24 * 3_600_000

export interface FirstLink {
  /** Null where there is an account already. */
  readonly ticket: string | null
  isOpen(ticket: string): boolean
  close(): void
}

/** `clock`: milliseconds of a clock that never steps. `hasAccounts` is asked each time. */
export function createFirstLink(hasAccounts: () => boolean, clock: () => number): FirstLink {
  const ticket = hasAccounts() ? null : secretOf()
  const kept = ticket === null ? null : Buffer.from(hashOf(ticket))
  const untilMs = clock() + openMs
  let isClosed = false
  return {
    ticket,
    isOpen: (given) =>
      kept !== null &&
      !isClosed &&
      clock() < untilMs &&
      !hasAccounts() &&
      timingSafeEqual(Buffer.from(hashOf(given)), kept),
    close: () => (isClosed = true),
  }
}
