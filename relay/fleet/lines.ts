/** The connections that a screen has open: its board, its video. Who loses its right loses them at once. */

export interface Lines {
  /** Remembers how to cut a connection until the returned function is called. */
  hold(screen: string, cut: () => void): () => void
  /** Cuts all that a screen has open. */
  cut(screen: string): void
}

export function createLines(): Lines {
  const held = new Map<string, Set<() => void>>()
  return {
    hold(screen, cut) {
      const own = held.get(screen) ?? new Set()
      held.set(screen, own)
      own.add(cut)
      return () => {
        own.delete(cut)
        if (own.size === 0) held.delete(screen)
      }
    },
    cut(screen) {
      for (const cut of held.get(screen) ?? []) cut()
    },
  }
}
