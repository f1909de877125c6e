export interface Pace<Key> {
  /** At the end of this turn of the loop where the key has rested, otherwise when it has. */
  ask(key: Key): void
  /** Asked for, and its turn is still to come. */
  isAsked(key: Key): boolean
  stop(): void
}

/** Acts at once on what comes after a rest, and at most once in `restMs` on the same key. */
export function createPace<Key>(restMs: number, act: (keys: readonly Key[]) => void): Pace<Key> {
  const asked = new Set<Key>()
  const resting = new Map<Key, NodeJS.Timeout>()
  let turn: NodeJS.Immediate | undefined

  function wake(key: Key): void {
    resting.delete(key)
    if (asked.has(key)) turn ??= setImmediate(run)
  }

  function run(): void {
    turn = undefined
    const due = [...asked].filter((key) => !resting.has(key))
    for (const key of due) {
      asked.delete(key)
      resting.set(
        key,
        setTimeout(() => wake(key), restMs),
      )
    }
    act(due)
  }

  return {
    ask(key) {
      asked.add(key)
      if (!resting.has(key)) turn ??= setImmediate(run)
    },
    isAsked: (key) => asked.has(key),
    stop() {
      clearImmediate(turn)
      for (const timer of resting.values()) clearTimeout(timer)
    },
  }
}
