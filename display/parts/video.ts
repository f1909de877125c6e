/** Which cameras are looked at, and the one connection that brings their pictures. */
import { useEffect, useState } from 'react'
import type { Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import { createVideoLink, type VideoLink } from '../canvas/video/video-link.ts'
import { useWall } from '../board.ts'
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

/** One for all tiles of the page. */
let shared: { readonly link: VideoLink; users: number } | null = null

function acquire(): VideoLink {
  shared ??= {
    link: createVideoLink(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/video`,
    ),
    users: 0,
  }
  shared.users += 1
  return shared.link
}

function release(): void {
  if (shared === null || --shared.users > 0) return
  shared.link.close()
  shared = null
}

/** Null until it is open, and on a wall of the past. */
export function useVideoLink(): VideoLink | null {
  const isPast = useWall((state) => state.isPast)
  const [link, setLink] = useState<VideoLink | null>(null)
  useEffect(
    function openVideo() {
      if (isPast) return
      setLink(acquire())
      return release
    },
    [isPast],
  )
  return link
}

/** 实时 where the pictures come as told. */
export function liveAge(freshness: Freshness): Freshness {
  const { phase, mark } = freshness
  return phase === 'live' && mark.status === 'ok'
    ? { ...freshness, mark: { ...mark, text: '实时' } }
    : freshness
}
