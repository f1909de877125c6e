/** The way into the past and back: who opens it, how long it stays, its keys and its address. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { localDay } from '../../protocol/time.ts'
import { useWallStore } from '../board.ts'
import type { Director } from '../director/direct.ts'
import { idOf } from '../director/show.ts'
import { clockTime } from '../freshness.ts'
import { useKeys, useTouch } from '../kiosk/keys.ts'
import { fetchFrames } from './frames.ts'
import { createPlayer, type PastState, type Player } from './player.ts'
import { dayBefore, onDay, pastMoment } from './track.ts'

const hourMs = 3_600_000
/** What ← and → go by. */
const stepMs = 600_000
/** Nobody leaves a wall in the past: it comes back after, when it stands still and when it plays. */
const idleMs = { still: 120_000, playing: 600_000 } as const

export interface TimeMachine {
  /** Null in the present. */
  readonly player: Player | null
  /** The player has a board to show. */
  readonly isShown: boolean
  /** Null where the wall has no past. */
  readonly open: (() => void) | null
  readonly close: () => void
}

/**
 * `ofNow`: ids of scenes that have no past; null: the wall has none. `asked`: the moment at which the address opens
 * the wall, ms.
 */
export function useTimeMachine(
  director: Director,
  scope: string,
  ofNow: readonly string[] | null,
  asked: number | null,
): TimeMachine {
  const live = useWallStore()
  const [player, setPlayer] = useState<Player | null>(null)
  const close = useCallback(() => setPlayer(null), [])
  const openAt = useCallback(
    (ms: number) => {
      const present = () => live.store.getState().present
      setPlayer(
        createPlayer(pastMoment(ms, present()), {
          scope,
          frames: fetchFrames,
          present,
          clock: () => performance.now(),
          onPresent: close,
        }),
      )
    },
    [live, scope, close],
  )
  const openLately = useCallback(
    () => openAt(live.store.getState().present - hourMs),
    [live, openAt],
  )
  const first = useRef(asked)
  useEffect(
    function openAsAsked() {
      if (first.current === null || ofNow === null) return
      openAt(first.current)
      first.current = null
    },
    [openAt, ofNow],
  )
  useEffect(
    function standInForTheShow() {
      if (player === null) return
      director.closeCard()
      const isHeld = director.show.getState().until === null
      if (!isHeld) director.toggleHold()
      const follow = () => player.wall.store.setState({ present: live.store.getState().present })
      const unfollow = live.store.subscribe(follow)
      const leaveWhatIsNow = ({ scene }: { readonly scene: string }) => {
        if (ofNow?.includes(idOf(scene)) === true) director.goBack()
      }
      leaveWhatIsNow(director.show.getState())
      const unwatch = director.show.subscribe(leaveWhatIsNow)
      return () => {
        unfollow()
        unwatch()
        player.close()
        live.dropNews()
        if (!isHeld && director.show.getState().until === null) director.toggleHold()
      }
    },
    [player, live, director, ofNow],
  )
  const open = ofNow === null ? null : openLately
  useIdle(player, close)
  usePastKeys(player, director, open, close)
  usePastAddress(player)
  const isShown = useStore(player?.store ?? nowhere, (state) => state.isShown)
  return { player, isShown, open, close }
}

/** The state of no player. */
const nowhere: StoreApi<Pick<PastState, 'isShown'>> = createStore(() => ({ isShown: false }))

/** T opens and closes; in the past ← → go by ten minutes, page keys by a day, space plays and Escape closes. */
function usePastKeys(
  player: Player | null,
  director: Director,
  open: (() => void) | null,
  close: () => void,
): void {
  useKeys((event) => {
    const isOnButton = event.target instanceof HTMLButtonElement
    if (event.key === 't' || event.key === 'T') {
      if (player !== null) close()
      else if (open === null) return false
      else open()
    } else if (player === null) return false
    else {
      const { atMs } = player.store.getState()
      const isApart = director.show.getState().scene.includes('/')
      if (event.key === 'Escape' && isApart) director.goBack()
      else if (event.key === 'Escape') close()
      else if (event.key === 'ArrowLeft') player.seek(atMs - stepMs)
      else if (event.key === 'ArrowRight') player.seek(atMs + stepMs)
      else if (event.key === 'PageUp') player.seek(onDay(atMs, dayBefore(localDay(atMs))))
      else if (event.key === 'PageDown') player.seek(onDay(atMs, dayBefore(localDay(atMs), -1)))
      else if (event.key === ' ' && !isOnButton) player.togglePlay()
      else return false
    }
    // The show beneath has its own use for these keys.
    event.stopImmediatePropagation()
    return true
  }, true)
}

function useIdle(player: Player | null, close: () => void): void {
  const touchedAt = useRef(0)
  useTouch(() => {
    touchedAt.current = performance.now()
  })
  useEffect(
    function comeBack() {
      if (player === null) return
      touchedAt.current = performance.now()
      const timer = setInterval(() => {
        const { isPlaying, phase } = player.store.getState()
        const most = isPlaying && phase !== 'lost' ? idleMs.playing : idleMs.still
        if (performance.now() - touchedAt.current >= most) close()
      }, 1_000)
      // What comes to an end by itself was being looked at until then.
      const unfollow = player.store.subscribe((state, before) => {
        if (before.isPlaying && !state.isPlaying) touchedAt.current = performance.now()
      })
      return () => {
        clearInterval(timer)
        unfollow()
      }
    },
    [player, close],
  )
}

/** The address names the moment that is on, so that it can be sent to somebody. */
function usePastAddress(player: Player | null): void {
  useEffect(
    function followMoment() {
      if (player === null) return
      const write = ({ atMs, isPlaying, phase }: PastState) => {
        if (!isPlaying && phase === 'shown') writeAt(`${localDay(atMs)}T${clockTime(atMs)}`)
      }
      const unfollow = player.store.subscribe(write)
      return () => {
        unfollow()
        writeAt(null)
      }
    },
    [player],
  )
}

function writeAt(moment: string | null): void {
  const query = new URLSearchParams(location.search)
  if (query.get('at') === moment) return
  if (moment === null) query.delete('at')
  else query.set('at', moment)
  const text = query.toString().replaceAll('%3A', ':')
  history.replaceState(
    null,
    '',
    `${location.pathname}${text === '' ? '' : `?${text}`}${location.hash}`,
  )
}
