/**
 * The show of one wall: follows its board and its clock, and what somebody at it does. Where several browsers are one
 * wall, each change is agreed on first and comes everywhere at the same instant.
 */
import { useEffect, useMemo } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Board } from '../../protocol/board.ts'
import { useWallStore, type Wall } from '../board.ts'
import { useKeys } from '../kiosk/keys.ts'
import { watch, type Watched } from '../kiosk/watchdog.ts'
import type { Agreement, Dated } from './agreement.ts'
import { cuesBetween } from './cues.ts'
import { admitted, nightScene, turnsAt, type Plan } from './plan.ts'
import {
  begin,
  choose,
  type Choice,
  closeCard,
  hear,
  hold,
  idOf,
  leave,
  letGo,
  move,
  openCard,
  shift,
  touch,
  turnsOf,
  visit,
  wake,
  type Show,
  type Turn,
} from './show.ts'

/** A wall's clock that moved by so much more than time has passed was set anew. */
const jumpMs = 5_000
const watchMs = 10_000
/** What is agreed on comes so much later; a scene that is to be drawn first earlier, where all browsers have drawn it before. */
const aheadMs = { least: 500, scene: 2_000 }

/** A turn that may have nothing to show of a board. */
interface BoardTurn extends Turn {
  readonly isTold?: (board: Board) => boolean
}

/** A scene that is agreed on and not on yet. */
export interface Coming {
  readonly scene: string
  /** When it comes, ms of the document's timeline. */
  readonly fromMs: number
}

export interface Director {
  readonly show: StoreApi<Show>
  /** For a wall that draws a scene before it is seen. */
  readonly coming: StoreApi<{ readonly coming: Coming | null }>
  /** It has drawn itself. */
  drew(scene: string): void
  /** What is on, or what will be once all that was agreed has come. */
  latest(): Show
  /** A scene of the rotation, or one apart from it, from which the wall returns by itself. */
  choose(scene: string, by?: Choice): void
  /** Lays an organisation's card over the scene that is on. */
  openCard(id: string): void
  closeCard(): void
  /** From a scene apart back to where it was opened, or to the first. */
  goBack(): void
  /** By so many places of the rotation. */
  step(by: number): void
  toggleHold(): void
  /** True where the wall rested: whatever woke it does nothing else. */
  wake(): boolean
  follow(): () => void
}

interface Options {
  readonly rotation: readonly BoardTurn[]
  /** Scenes that no rotation brings. */
  readonly apart: readonly string[]
  /** Which of them are on at an hour. */
  readonly plan: Plan
  /** What the address asks for: `#/ranking`, `#/township/431128101`, `#/branch/ID`. */
  readonly asked: string | null
  /** Stays there, as with `rotation=off`. */
  readonly isHeld: boolean
  /** With the other browsers of the wall, and with phones that steer it. */
  readonly agreement: Agreement | null
  /** One of several browsers: a wall of one waits for none. */
  readonly isPart: boolean
}

const cardPath = 'branch/'

/** The organisation whose card an address asks for. */
function cardIn(path: string): string | null {
  if (!path.startsWith(cardPath) || path.length === cardPath.length) return null
  try {
    return decodeURIComponent(path.slice(cardPath.length))
  } catch {
    // A lone % that somebody typed.
    return null
  }
}

/** What the address says of a show. */
function pathOf({ scene, card }: Show): string {
  return card === null ? scene : `${cardPath}${encodeURIComponent(card.id)}`
}

/** `follow` begins to listen, until the function that it returns is called. */
export function createDirector(wall: Wall, options: Options): Director {
  const { rotation, apart, plan, asked, isHeld, agreement, isPart } = options
  const known = (scene: string | null) => rotation.find((turn) => turn.id === scene)
  const isApart = (scene: string) => apart.includes(idOf(scene)) && scene.includes('/')
  const [first] = rotation
  if (first === undefined) throw new Error('a wall needs a scene')
  const now = () => wall.store.getState().now
  const show = createStore<Show>(() => beginning())
  const coming = createStore<{ readonly coming: Coming | null }>(() => ({ coming: null }))
  let next: Dated | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const latest = () => next?.show ?? show.getState()
  const put = (on: Show) => {
    next = null
    clearTimeout(timer)
    show.setState(on, true)
    if (coming.getState().coming !== null) coming.setState({ coming: null })
  }
  const bring = (dated: Dated, { now: relayNow }: Agreement) => {
    const leftMs = dated.from - relayNow()
    if (leftMs <= 0) return put(dated.show)
    const isSameInstant = dated.from === next?.from
    next = dated
    clearTimeout(timer)
    timer = setTimeout(() => put(dated.show), leftMs)
    const { scene } = dated.show
    const isSameScene = scene === coming.getState().coming?.scene
    if (isSameScene && isSameInstant) return
    const isOn = scene === show.getState().scene
    coming.setState({ coming: isOn ? null : { scene, fromMs: performance.now() + leftMs } })
  }
  const aheadOf = ({ scene }: Show): number => {
    if (!isPart) return 0
    return scene === show.getState().scene ? aheadMs.least : aheadMs.scene
  }
  const change = (to: Show) => {
    if (to === latest()) return
    if (agreement === null || !agreement.isJoined()) return put(to)
    // What is due anyway is not put off by what comes to it.
    const isDue = next !== null && next.show.scene === to.scene
    const from = isDue && next !== null ? next.from : agreement.now() + aheadOf(to)
    const dated = { show: to, from }
    bring(dated, agreement)
    agreement.propose(dated)
  }
  function beginning(): Show {
    // What is held stays whatever the hour: then not at the night's scene.
    const [firstNow = first] = isHeld ? [first] : turnsAt(rotation, plan, now())
    const start = begin(known(asked) ?? firstNow ?? { id: '', seconds: 0 }, now())
    const held = (on: Show) => (isHeld ? hold(on) : on)
    if (asked === null) return held(start)
    const card = cardIn(asked)
    if (card !== null) return openCard(held(start), card, now())
    if (isApart(asked)) return held(choose(start, asked, now()))
    return held(known(asked) === undefined ? start : choose(start, start.scene, now()))
  }
  const choosing = (scene: string, by?: Choice) => {
    const on = latest()
    const card = cardIn(scene)
    if (card !== null) change(openCard(touch(on, now()), card, now()))
    else if (known(scene) !== undefined) change(choose(on, scene, now(), by))
    else if (isApart(scene)) change(visit(on, scene, now(), by))
  }
  const wakeUp = () => {
    const on = latest()
    if (on.scene !== nightScene) return false
    change(wake(on, first.id, now()))
    return true
  }
  return {
    show,
    coming,
    drew(scene) {
      if (coming.getState().coming?.scene === scene) agreement?.drawn(scene)
    },
    latest,
    choose: choosing,
    openCard: (id) => choosing(`${cardPath}${encodeURIComponent(id)}`),
    closeCard: () => change(closeCard(latest(), now())),
    goBack() {
      const on = latest()
      if (on.back !== null) change(leave(on, now()))
      else choosing(first.id)
    },
    step(by) {
      const { back, scene } = latest()
      const day = rotation.filter(({ id }) => id !== nightScene)
      const at = day.findIndex(({ id }) => id === (back?.scene ?? scene))
      const turn = day[(at + by + day.length) % day.length]
      if (turn !== undefined) choosing(turn.id)
    },
    toggleHold() {
      const on = latest()
      change(on.until === null ? letGo(on, now()) : hold(on))
    },
    wake: wakeUp,
    follow() {
      const noticeTouch = () => change(touch(latest(), now()))
      const noticePointer = () => {
        if (!wakeUp()) noticeTouch()
      }
      addEventListener('pointerdown', noticePointer)
      // Keys choose for themselves, but whoever reads a card or a township by keyboard is still there.
      const noticeKey = () => {
        const { card, back } = latest()
        if (card !== null || back !== null) noticeTouch()
      }
      addEventListener('keydown', noticeKey)
      const disagree = agreement?.follow((agreed) => {
        if (agreed !== null) bring(agreed, agreement)
        else change({ ...latest() })
      })
      let movedAt = performance.now()
      const unfollow = wall.store.subscribe((state, before) => {
        const passedMs = state.now === before.now ? 0 : performance.now() - movedAt
        movedAt += passedMs
        const isJoined = agreement?.isJoined() === true
        if (isJoined && !agreement.leads()) return
        let on = latest()
        // A clock that was set anew is no time that has passed; what was agreed on goes by the relay's alone.
        const setMs = state.now - before.now - passedMs
        if (!isJoined && Math.abs(setMs) > jumpMs) on = shift(on, setMs)
        const cues = cuesBetween(before.board, state.board)
        on = hear(on, admitted(cues, plan, state.now), state.now)
        const told = turnsOf(rotation, state.board, on.scene)
        change(move(on, turnsAt(told, plan, state.now), state.now))
      })
      return () => {
        clearTimeout(timer)
        disagree?.()
        unfollow()
        removeEventListener('pointerdown', noticePointer)
        removeEventListener('keydown', noticeKey)
      }
    },
  }
}

/**
 * ← → a scene back and on, 1 … 9 the scene itself, Home the first, space holds and lets go; Escape and Home leave a
 * scene apart. A card has keys of its own.
 */
export function useSceneKeys(director: Director, rotation: readonly Turn[]): void {
  useKeys((event) => {
    const { card, scene } = director.show.getState()
    if (card !== null) return false
    if (director.wake()) return true
    const isApart = scene.includes('/')
    const isOnButton = event.target instanceof HTMLButtonElement
    const turn = rotation[event.key === 'Home' ? 0 : Number(event.key) - 1]
    if (isApart && (event.key === 'Escape' || event.key === 'Home')) director.goBack()
    else if (event.key === 'ArrowLeft') director.step(-1)
    else if (event.key === 'ArrowRight') director.step(1)
    else if (event.key === ' ' && !isOnButton) director.toggleHold()
    else if (turn !== undefined) director.choose(turn.id)
    else return false
    return true
  })
}

/** The address names the scene that is on, so that it can be sent to somebody; the browser's back works. */
export function useAddress(director: Director): void {
  useEffect(
    function followShow() {
      const write = (on: Show) => {
        const path = pathOf(on)
        if (location.hash !== `#/${path}`) history.replaceState(null, '', `#/${path}`)
      }
      write(director.show.getState())
      return director.show.subscribe(write)
    },
    [director],
  )
  useEffect(
    function followAddress() {
      const read = () => {
        const path = location.hash.slice(2)
        if (path !== '' && path !== pathOf(director.show.getState())) director.choose(path)
      }
      addEventListener('hashchange', read)
      return () => removeEventListener('hashchange', read)
    },
    [director],
  )
}

export function useDirector({
  rotation,
  apart,
  plan,
  agreement,
  isPart,
  isHeld,
}: Omit<Options, 'asked'>): Director {
  const wall = useWallStore()
  const director = useMemo(
    () =>
      createDirector(wall, {
        rotation,
        apart,
        plan,
        asked: location.hash.slice(2) || null,
        isHeld,
        agreement,
        isPart,
      }),
    [wall, rotation, apart, plan, agreement, isPart, isHeld],
  )
  useEffect(
    function followWall() {
      return director.follow()
    },
    [director],
  )
  return director
}

/** While the relay is gone there would be no page to load: what stands still is better than an error of the browser. */
async function drawAnew(): Promise<void> {
  const isServed = await fetch('/healthz', { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )
  if (isServed) location.reload()
}

/** Draws the wall anew when its rotation stands still. */
export function useWatchdog(director: Director): void {
  useEffect(
    function watchRotation() {
      let seen: Watched | null = null
      const timer = setInterval(() => {
        const look = watch(seen, director.show.getState(), performance.now())
        if (look.isStuck) void drawAnew()
        seen = look
      }, watchMs)
      return () => clearInterval(timer)
    },
    [director],
  )
}
