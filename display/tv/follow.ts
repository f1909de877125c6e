/** What goes on behind the pages: the county's file is asked for again, the board is kept, the remote is heard. */
import type { Wall } from '../board.ts'
import { isTelevisionFile } from '../checks.ts'
import { keep } from './facts/kept.ts'
import { listenToRemote, trapHistory } from './keys/listen.ts'
import type { Television } from './television.ts'
import { askAgainMs, fileEveryMs } from './trust.ts'

const keepEveryMs = 60_000
/** Between a back key and the step of the history that some boxes make of it. */
const sameBackMs = 400

/** Lessons, columns and notices, asked for again and again: a notice must not wait for a restart. */
export function followFile({ scope, store, fetchJson }: Television, wall: Wall): void {
  const ask = async () => {
    try {
      const file = await fetchJson(`/v1/television/${scope}`)
      if (isTelevisionFile(file)) store.setState({ file, fileAt: wall.store.getState().now })
    } catch (error) {
      // What is there stays, and grows old; the pages say until when it holds.
      console.warn(String(error))
    }
    const hasNone = store.getState().fileAt === null
    setTimeout(() => void ask(), hasNone ? askAgainMs : fileEveryMs)
  }
  void ask()
}

export function keepBoard({ scope, storage, store }: Television, wall: Wall): void {
  const save = () => {
    const { board, connection, now, epoch } = wall.store.getState()
    const { village, file, fileAt } = store.getState()
    if (connection !== 'live' || epoch === null || village === null || fileAt === null) return
    keep(storage, { board, at: now, scope, village, file })
  }
  setInterval(save, keepEveryMs)
  // The first board and the first file, not a minute later.
  wall.store.subscribe((state, before) => {
    if (state.epoch !== before.epoch) save()
  })
  store.subscribe((state, before) => {
    if (state.fileAt !== null && (before.fileAt === null || state.village !== before.village))
      save()
  })
}

export function hearRemote({ stack, store, dispatcher, clock }: Television): void {
  let backAt = -Infinity
  listenToRemote(window, {
    remoteOf: () => store.getState().remote,
    dispatch(action) {
      if (action === 'back') backAt = clock()
      return dispatcher.dispatch(action)
    },
    onStrange: () => stack.open({ page: 'keys' }),
  })
  trapHistory(window, () => {
    if (clock() - backAt > sameBackMs) dispatcher.dispatch('back')
  })
}
