/** Which cameras are looked at, and the one connection that brings their pictures. */
import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import type { Camera } from '../../protocol/video.ts'
import { camerasAfter, createVideoLink, type VideoLink } from '../canvas/video/video-link.ts'
import { useTable, useWall } from '../board.ts'
import { useCountyFile } from '../county.ts'
import type { Freshness } from '../freshness.ts'

/** The newest first; those that show an activity before those that only show a room. */
export function programme(streams: Iterable<Row<'streams'>>, count: number): Row<'streams'>[] {
  return [...streams]
    .sort(
      (a, b) =>
        Number(b.activity !== null) - Number(a.activity !== null) ||
        instantMs(b.since) - instantMs(a.since) ||
        (a.id < b.id ? -1 : 1),
    )
    .slice(0, count)
}

/** What is told of a camera that is on, whether or not a platform told of a stream. */
export function streamOf(camera: Camera): Row<'streams'> {
  const { id, organization, title, health } = camera
  return { id, organization, title, since: health.since, activity: null }
}

/** What a wall shows of a camera, by its id. */
export function useStream(id: string | null): Row<'streams'> | null {
  const stream = useTable('streams').get(id ?? '')
  const camera = useCamera(id)
  return useMemo(() => stream ?? (camera === undefined ? null : streamOf(camera)), [stream, camera])
}

interface Shared {
  readonly link: VideoLink
  users: number
}

export type Cameras = ReadonlyMap<string, Camera>

/** One for all tiles of the page that are of one division, and the cameras that it tells of. */
const links = new Map<string, Shared>()
const told = createStore<ReadonlyMap<string, Cameras>>(() => new Map())

function acquire(scope: string): VideoLink {
  const shared = links.get(scope) ?? {
    link: createVideoLink(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/video?scope=${scope}`,
      (news) => {
        const before = told.getState()
        const cameras = camerasAfter(before.get(scope) ?? null, news)
        told.setState(new Map([...before, [scope, cameras]]), true)
      },
    ),
    users: 0,
  }
  links.set(scope, shared)
  shared.users += 1
  return shared.link
}

function release(scope: string): void {
  const shared = links.get(scope)
  if (shared === undefined || --shared.users > 0) return
  links.delete(scope)
  shared.link.close()
}

/** Null until it is open, and on a wall of the past. */
export function useVideoLink(): VideoLink | null {
  const isPast = useWall((state) => state.isPast)
  const { code } = useCountyFile()
  const [link, setLink] = useState<VideoLink | null>(null)
  useEffect(
    function openVideo() {
      if (isPast) return
      setLink(acquire(code))
      return () => release(code)
    },
    [isPast, code],
  )
  return link
}

/** Registered cameras that this screen may see, by id, while some link is open; null until the relay told of them. */
export function useCameras(): Cameras | null {
  const { code } = useCountyFile()
  return useStore(told, (all) => all.get(code) ?? null)
}

export function useCamera(id: string | null): Camera | undefined {
  const { code } = useCountyFile()
  return useStore(told, (all) => (id === null ? undefined : all.get(code)?.get(id)))
}

/** 实时 where the pictures come as told. */
export function liveAge(freshness: Freshness): Freshness {
  const { phase, mark } = freshness
  return phase === 'live' && mark.status === 'ok'
    ? { ...freshness, mark: { ...mark, text: '实时' } }
    : freshness
}
