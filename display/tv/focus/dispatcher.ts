/** Who hears a key: the newest listener that is there first, and those beneath it as long as nobody has taken the key. */
import type { Action } from '../keys/profiles.ts'

/** True where the key was taken. */
export type Listener = (action: Action) => boolean

export interface Dispatcher {
  /** Returns how to stop listening. */
  listen(listener: Listener): () => void
  dispatch(action: Action): boolean
}

export function createDispatcher(): Dispatcher {
  const listeners: Listener[] = []
  return {
    listen(listener) {
      listeners.push(listener)
      return () => void listeners.splice(listeners.indexOf(listener), 1)
    },
    dispatch: (action) => [...listeners].reverse().some((listener) => listener(action)),
  }
}
