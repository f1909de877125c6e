/** Keys of the page, as they come from a remote: nothing of them reaches the browser, whose own back would leave the page. */
import type { Action } from './profiles.ts'
import { meaningOf, type RemoteMap } from './remote-map.ts'

interface Options {
  readonly remoteOf: () => RemoteMap
  readonly dispatch: (action: Action) => boolean
  /** Keys that mean nothing here, one after the other: perhaps it is another remote. */
  readonly onStrange: () => void
}

/** After so many strange keys in a row nobody gets anywhere with this map. */
const strangeMost = 4

/** While a remote is learned its keys mean nothing yet. */
const raw: ((keyCode: number) => void)[] = []

/** Every key goes to `hear` until the returned function is called. */
export function listenToAllKeys(hear: (keyCode: number) => void): () => void {
  raw.push(hear)
  return () => void raw.splice(raw.indexOf(hear), 1)
}

export function listenToRemote(target: Window, options: Options): () => void {
  let strange = 0
  const hear = (event: KeyboardEvent) => {
    const taught = raw.at(-1)
    if (taught !== undefined) {
      event.preventDefault()
      if (!event.repeat) taught(event.keyCode)
      return
    }
    const meaning = meaningOf(event, options.remoteOf())
    if (meaning === 'ignored') return
    if (meaning === 'unknown') {
      strange += 1
      if (strange >= strangeMost) {
        strange = 0
        options.onStrange()
      }
      return
    }
    strange = 0
    event.preventDefault()
    // A key that is held moves the focus on, but opens nothing twice.
    const isArrow = /^(up|down|left|right)$/.test(meaning.action)
    if (!event.repeat || isArrow) options.dispatch(meaning.action)
  }
  target.addEventListener('keydown', hear, true)
  return () => target.removeEventListener('keydown', hear, true)
}

/** Some boxes turn their back key into a step of the history: a step that leads nowhere, and counts as the key. */
export function trapHistory(target: Window, onBack: () => void): () => void {
  const trap = () => target.history.pushState({ page: 'television' }, '')
  const hear = () => {
    trap()
    onBack()
  }
  trap()
  target.addEventListener('popstate', hear)
  return () => target.removeEventListener('popstate', hear)
}
