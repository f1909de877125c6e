/** Plays a camera in the way that it offers and this engine has. */
import type { Camera } from '../../../protocol/video.ts'
import { byHls, byWhep } from './attempts.ts'
import { createTilePlayer } from './tile-player.ts'
import type { TileState } from './tile-state.ts'
import { createUrlPlayer } from './url-player.ts'
import type { VideoLink } from './video-link.ts'

export interface Engine {
  readonly hasMse: boolean
  readonly hasHls: boolean
  readonly hasWebRtc: boolean
}

/** `socket`: fMP4 over the video socket, which is first where it can be had. `none`: this engine plays nothing of it. */
export type Way = 'socket' | 'hls' | 'whep' | 'none'

export function wayOf(play: Camera['play'], { hasMse, hasHls, hasWebRtc }: Engine): Way {
  if (play === 'whep') return hasWebRtc ? 'whep' : 'none'
  return hasMse ? 'socket' : hasHls ? 'hls' : 'none'
}

/** Baseline is what every camera's small stream is in. */
export function engineHere(): Engine {
  const hasMse =
    typeof MediaSource !== 'undefined' &&
    MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E"')
  const probe = document.createElement('video')
  return {
    hasMse,
    hasHls: probe.canPlayType('application/vnd.apple.mpegurl') !== '',
    hasWebRtc: typeof RTCPeerConnection !== 'undefined',
  }
}

const pathOf = (source: string) => `/v1/video/${encodeURIComponent(source)}`

interface PlayerOptions {
  readonly link: VideoLink
  readonly video: HTMLVideoElement
  readonly source: string
  readonly way: Exclude<Way, 'none'>
  onState(state: TileState): void
}

export function createPlayer(options: PlayerOptions): { dispose(): void } {
  const { link, video, source, way, onState } = options
  switch (way) {
    case 'socket':
      return createTilePlayer(link, video, source, onState)
    case 'hls':
      return createUrlPlayer(video, byHls(`${pathOf(source)}/index.m3u8`), onState)
    case 'whep':
      return createUrlPlayer(video, byWhep(`${pathOf(source)}/whep`), onState)
  }
}
