/** A channel's number, digit by digit: complete with the second, or when no second one comes. Pure. */
import type { Digit } from '../keys/profiles.ts'

export interface Typing {
  readonly digits: string
  /** ms of any clock. */
  readonly since: number
}

export const typingMs = 1_800

export function type(before: Typing | null, digit: Digit, now: number): Typing {
  const isGoingOn = before !== null && before.digits.length === 1 && now - before.since < typingMs
  return { digits: isGoingOn ? before.digits + digit : digit, since: now }
}

/** The number that is meant, as soon as that is known. */
export function numberOf({ digits, since }: Typing, now: number): number | null {
  return digits.length === 2 || now - since >= typingMs ? Number(digits) : null
}
