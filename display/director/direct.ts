/** The show of one wall: follows its board and its clock, and what somebody at it does. */
import { useEffect, useMemo } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useWallStore, type Wall } from '../board.ts'
import { cuesBetween } from './cues.ts'
import {
  begin,
  choose,
  hear,
  hold,
  letGo,
  move,
  shift,
  touch,
  type Show,
  type Turn,
} from './show.ts'

/** The wall looks at its clock once a second; what is far more was no waiting. */
const jumpMs = 5_000

export interface Director {
  readonly show: StoreApi<Show>
  choose(scene: string): void
  /** By so many places of the rotation. */
  step(by: number): void
  toggleHold(): void
  follow(): () => void
}

interface Options {
  readonly rotation: readonly Turn[]
  /** What the address asks for: `#/ranking`, and `?rotation=off` to stay there. */
  readonly asked: string | null
  readonly isHeld: boolean
}

/** `follow` begins to listen, until the function that it returns is called. */
export function createDirector(wall: Wall, options: Options): Director {
  const { rotation, asked, isHeld } = options
  const known = (id: string | null) => rotation.find((turn) => turn.id === id)
  const [first] = rotation
  if (first === undefined) throw new Error('a wall needs a scene')
  const now = () => wall.store.getState().now
  const start = begin(known(asked) ?? first, now())
  const wanted = known(asked) === undefined ? start : choose(start, start.scene, now())
  const show = createStore<Show>(() => (isHeld ? hold(wanted) : wanted))
  const change = (next: Show) => {
    if (next !== show.getState()) show.setState(next, true)
  }
  const choosing = (scene: string) => {
    if (known(scene) !== undefined) change(choose(show.getState(), scene, now()))
  }
  return {
    show,
    choose: choosing,
    step(by) {
      const at = rotation.findIndex(({ id }) => id === show.getState().scene)
      const next = rotation[(at + by + rotation.length) % rotation.length]
      if (next !== undefined) choosing(next.id)
    },
    toggleHold() {
      const on = show.getState()
      change(on.until === null ? letGo(on, now()) : hold(on))
    },
    follow() {
      const noticeTouch = () => change(touch(show.getState(), now()))
      addEventListener('pointerdown', noticeTouch)
      const unfollow = wall.store.subscribe((state, before) => {
        let next = show.getState()
        // A clock that was set anew is no time that has passed.
        if (Math.abs(state.now - before.now) > jumpMs) next = shift(next, state.now - before.now)
        next = hear(next, cuesBetween(before.board, state.board), state.now)
        change(move(next, rotation, state.now))
      })
      return () => {
        unfollow()
        removeEventListener('pointerdown', noticeTouch)
      }
    },
  }
}

/** ← → a scene back and on, 1 … 9 the scene itself, Home the first, space holds and lets go. */
export function useKeys(director: Director, rotation: readonly Turn[]): void {
  useEffect(
    function followKeys() {
      const press = (event: KeyboardEvent) => {
        if (event.altKey || event.ctrlKey || event.metaKey) return
        const isOnButton = event.target instanceof HTMLButtonElement
        const turn = rotation[event.key === 'Home' ? 0 : Number(event.key) - 1]
        if (event.key === 'ArrowLeft') director.step(-1)
        else if (event.key === 'ArrowRight') director.step(1)
        else if (event.key === ' ' && !isOnButton) director.toggleHold()
        else if (turn !== undefined) director.choose(turn.id)
        else return
        event.preventDefault()
      }
      addEventListener('keydown', press)
      return () => removeEventListener('keydown', press)
    },
    [director, rotation],
  )
}

/** The address names the scene that is on, so that it can be sent to somebody; the browser's back works. */
export function useAddress(director: Director): void {
  useEffect(
    function followShow() {
      const write = ({ scene }: Show) => {
        if (location.hash !== `#/${scene}`) history.replaceState(null, '', `#/${scene}`)
      }
      write(director.show.getState())
      return director.show.subscribe(write)
    },
    [director],
  )
  useEffect(
    function followAddress() {
      const read = () => {
        const scene = location.hash.slice(2)
        if (scene !== '' && scene !== director.show.getState().scene) director.choose(scene)
      }
      addEventListener('hashchange', read)
      return () => removeEventListener('hashchange', read)
    },
    [director],
  )
}

export function useDirector(rotation: readonly Turn[]): Director {
  const wall = useWallStore()
  const director = useMemo(
    () =>
      createDirector(wall, {
        rotation,
        asked: location.hash.slice(2) || null,
        isHeld: new URLSearchParams(location.search).get('rotation') === 'off',
      }),
    [wall, rotation],
  )
  useEffect(
    function followWall() {
      return director.follow()
    },
    [director],
  )
  return director
}
