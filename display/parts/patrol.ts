/** The patrol of one wall: what the board, the pictures and a person at it make of it. */
import { useEffect } from 'react'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { useStore } from 'zustand'
import { useWallStore, type Wall } from '../board.ts'
import type { TileState } from '../canvas/video/tile-state.ts'
import type { VideoLink, VideoSink } from '../canvas/video/video-link.ts'
import {
  atRest,
  enter,
  isShown,
  move,
  pinned,
  type Patrol,
  type Picture,
} from '../director/patrol.ts'
import { sitesOf } from '../director/sites.ts'
import { readTurn } from '../settings.ts'
import { useCameras, type Cameras } from './video.ts'

export interface Patroller {
  readonly patrol: StoreApi<Patrol>
  /** What a tile says of its picture. */
  report(id: string, state: TileState): void
  /** The programme until it is let go by null. */
  pin(id: string | null): void
  /** Goes on with so many tiles, until the function that it returns is called. */
  follow(tiles: number, link: VideoLink): () => void
  /** What the relay tells of cameras; null until it did. */
  know(cameras: Cameras | null): void
}

const nothing = (): void => undefined

/** What was seen is remembered while other scenes are on. */
const ofWalls = new WeakMap<Wall, Patroller>()

export function usePatroller(): Patroller {
  const wall = useWallStore()
  const known = ofWalls.get(wall) ?? createPatroller(wall)
  ofWalls.set(wall, known)
  return known
}

export function usePatrol(): Patrol {
  return useStore(usePatroller().patrol)
}

/** What is refused, or has no place yet, is not to be had either. */
function pictureOf({ kind }: TileState): Picture {
  if (kind === 'connecting') return 'coming'
  return kind === 'refused' || kind === 'waiting' ? 'lost' : kind
}

function createPatroller(wall: Wall): Patroller {
  const patrol = createStore<Patrol>(() => ({
    ...atRest,
    turnMs: readTurn(location.search) ?? atRest.turnMs,
  }))
  const pictures = new Map<string, Picture>()
  const whys = new Map<string, string>()
  let cameras: Cameras | null = null
  /** By a person at this scene; what is pinned to the wall comes after it. */
  let chosen: string | null = null
  /** Moves it at once, while it goes on. */
  let again = nothing
  const change = (next: Patrol) => patrol.setState(next, true)

  function step(link: VideoLink): void {
    const { board, now, pinned: ofWall } = wall.store.getState()
    const pin = chosen ?? ofWall
    const sites = sitesOf(board, now, cameras, pin)
    const isLinked = link.isOpen()
    // The wall's own clock may be set anew; how long a picture stands may not.
    change(
      move(pinned(patrol.getState(), pin), {
        now: performance.now(),
        sites,
        pictures,
        whys,
        isLinked,
      }),
    )
  }

  /** Watches without a decoder, so that the relay has the picture when its turn comes. */
  function createSink(id: string): VideoSink {
    return {
      state(next) {
        if (isShown(patrol.getState(), id)) return
        const why = 'error' in next ? next.error : ''
        pictures.set(id, next.state === 'live' ? 'ready' : why === '' ? 'coming' : 'lost')
        whys.set(id, why)
      },
      init: () => undefined,
      fragment: () => undefined,
    }
  }

  return {
    patrol,
    know(told) {
      cameras = told
    },
    report(id, state) {
      pictures.set(id, pictureOf(state))
      whys.set(id, 'why' in state ? state.why : '')
    },
    pin(id) {
      chosen = id
      again()
    },
    follow(tiles, link) {
      const sinks = new Map<string, VideoSink>()
      const fetchAhead = () => {
        const on = patrol.getState()
        for (const id of on.warm) {
          if (sinks.has(id)) continue
          // A browser fetches it by itself, once it stands in a tile.
          if (cameras?.get(id)?.play === 'whep') {
            pictures.set(id, 'ready')
            continue
          }
          const sink = createSink(id)
          sinks.set(id, sink)
          pictures.delete(id)
          link.watch(id, sink)
        }
        for (const [id, sink] of sinks) {
          const isTakenOver = isShown(on, id) && pictures.get(id) !== 'live'
          if (on.warm.has(id) || isTakenOver) continue
          sinks.delete(id)
          link.unwatch(id, sink)
        }
      }
      const walk = () => {
        step(link)
        fetchAhead()
      }
      change(enter(patrol.getState(), tiles))
      walk()
      const unfollow = wall.store.subscribe((state, before) => {
        const isOther =
          state.now !== before.now ||
          state.board.streams !== before.board.streams ||
          state.pinned !== before.pinned
        if (isOther) walk()
      })
      again = walk
      return () => {
        unfollow()
        again = nothing
        for (const [id, sink] of sinks) link.unwatch(id, sink)
        chosen = null
        change(enter(pinned(patrol.getState(), null), 0))
      }
    },
  }
}

export function useFollowing(patroller: Patroller, tiles: number, link: VideoLink | null): void {
  const cameras = useCameras()
  useEffect(
    function knowCameras() {
      patroller.know(cameras)
    },
    [patroller, cameras],
  )
  useEffect(
    function followPatrol() {
      return link === null ? undefined : patroller.follow(tiles, link)
    },
    [patroller, tiles, link],
  )
}
