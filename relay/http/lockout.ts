/** Addresses that guess: some wrong tries lock one out for a quarter of an hour, even with the right word. */

export interface Lockout {
  isLocked(address: string): boolean
  /** Whole seconds until the address may try again; 0 where it is not locked out. */
  lockedSeconds(address: string): number
  /** Counts a wrong try, and says which it was. */
  miss(address: string): number
  forgive(address: string): void
}

export const triesMost = 5
export const lockedMs = 15 * 60_000
/** Addresses remembered at once; beyond it the oldest is forgotten, so that a flood of addresses costs no memory. */
const addressesMost = 10_000

/** `clock`: milliseconds of a clock that never steps. `most`: wrong tries until it locks. */
export function createLockout(clock: () => number, most = triesMost): Lockout {
  const wrong = new Map<string, { tries: number; untilMs: number }>()

  function triesOf(address: string): number {
    const before = wrong.get(address)
    return before !== undefined && clock() < before.untilMs ? before.tries : 0
  }

  return {
    isLocked: (address) => triesOf(address) >= most,
    lockedSeconds(address) {
      if (triesOf(address) < most) return 0
      return Math.ceil(((wrong.get(address)?.untilMs ?? 0) - clock()) / 1_000)
    },
    miss(address) {
      const tries = triesOf(address) + 1
      wrong.delete(address)
      wrong.set(address, { tries, untilMs: clock() + lockedMs })
      for (const oldest of wrong.keys()) {
        if (wrong.size <= addressesMost) break
        wrong.delete(oldest)
      }
      return tries
    },
    forgive: (address) => void wrong.delete(address),
  }
}
