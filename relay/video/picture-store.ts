/** How much all sources together may keep of their pictures: what is over is not kept, and nobody waits for it. */
export interface Store {
  /** False where there is no room; nothing is taken then. */
  take(bytes: number): boolean
  give(bytes: number): void
  used(): number
}

export function createStore(most: number): Store {
  let used = 0
  return {
    take(bytes) {
      if (used + bytes > most) return false
      used += bytes
      return true
    },
    give(bytes) {
      used -= bytes
    },
    used: () => used,
  }
}
