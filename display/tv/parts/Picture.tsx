/** What a camera shows, as far as this engine can: live, else its still, and in words why. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Camera } from '../../../protocol/video.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useTrust, useWall } from '../../board.ts'
import { createPlayer, engineHere, wayOf } from '../../canvas/video/player.ts'
import type { TileState } from '../../canvas/video/tile-state.ts'
import { useTelevision } from '../television.ts'
import { agoWords } from '../trust.ts'
import './picture.css'

/** `still`: not live, and it says so. */
export type PictureState = 'connecting' | 'live' | 'frozen' | 'lost' | 'still'

interface PictureProps {
  /** Null where there is none to be shown. */
  readonly camera: Camera | null
  /** Of a large picture the camera's main stream is watched. */
  readonly isLarge?: boolean
  readonly onState?: (state: PictureState) => void
}

/** What is refused, or has no place yet, is tried again like what is lost. */
const pictureOf = (kind: Exclude<TileState['kind'], 'unsupported'>): PictureState =>
  kind === 'refused' || kind === 'waiting' ? 'lost' : kind

export function Picture({ camera, isLarge = false, onState }: PictureProps) {
  const { video: link } = useTelevision()
  const element = useRef<HTMLVideoElement>(null)
  const trust = useTrust()
  const isTrying = useWall(({ connection }) => connection === 'connecting')
  const engine = useMemo(engineHere, [])
  /** It says that it plays this, and does not. */
  const [isUnable, setUnable] = useState(false)
  const [state, setState] = useState<PictureState>('connecting')
  const source = camera === null ? null : isLarge ? camera.large : camera.id
  const isCut = trust === 'stale' || trust === 'unknown'
  const way = camera === null || isUnable ? 'none' : wayOf(camera.play, engine)
  const canPlay = camera !== null && way !== 'none' && !isCut && link !== null
  const shown: PictureState = !canPlay ? 'still' : camera.health.state === 'lost' ? 'lost' : state

  const whyStill = isCut
    ? isTrying
      ? '正在连接汇聚中心'
      : '网络已断开'
    : camera !== null && way === 'none'
      ? '本机不能播放直播'
      : '没有直播画面'

  useEffect(
    function playLive() {
      const video = element.current
      if (video === null || source === null || link === null || way === 'none' || isCut) return
      setState('connecting')
      const player = createPlayer({
        link,
        video,
        source,
        way,
        onState({ kind }) {
          if (kind === 'unsupported') setUnable(true)
          else setState(pictureOf(kind))
        },
      })
      return () => player.dispose()
    },
    [link, source, way, isCut],
  )
  useEffect(
    function tellState() {
      onState?.(shown)
    },
    [shown, onState],
  )

  return (
    <div className="tv-picture" data-picture={shown} data-source={source ?? ''}>
      {camera?.still !== undefined && shown !== 'live' && <img src={camera.still.url} alt="" />}
      {canPlay && (
        <video
          ref={element}
          muted
          autoPlay
          playsInline
          className={shown === 'frozen' ? 'held' : ''}
        />
      )}
      {shown !== 'live' && camera?.still === undefined && <Ground />}
      <Badge state={shown} camera={camera} why={whyStill} />
    </div>
  )
}

/** Where no picture was ever had: a village at night under its flag. */
export function Ground() {
  return (
    <svg className="tv-ground" viewBox="0 0 160 90" preserveAspectRatio="xMidYMid slice">
      <rect width="160" height="90" fill="#0D151E" />
      <path d="M0 58 28 40 52 54 84 34 118 52 160 38V90H0Z" fill="#15202B" />
      <path d="M0 70 36 60 80 68 124 58 160 66V90H0Z" fill="#1B2936" />
      <path d="M40 76V64l14-8 14 8v12Z" fill="#24384A" />
      <path d="M98 76V36" stroke="#C9A765" strokeWidth="1.2" />
      <path d="M98.6 36h20v13h-20z" fill="#F03428" />
    </svg>
  )
}

interface BadgeProps {
  readonly state: PictureState
  readonly camera: Camera | null
  /** Of a still. */
  readonly why: string
}

function Badge({ state, camera, why }: BadgeProps) {
  const now = useWall((wall) => Math.floor(wall.now / 60_000) * 60_000)
  if (state === 'live') return <span className="tv-live">直播</span>
  if (camera === null) return null
  const at = camera.still === undefined ? null : agoWords(instantMs(camera.still.at), now)
  const words = {
    connecting: '正在接通直播',
    frozen: '画面停住,正在恢复',
    lost: '信号中断,正在重试',
    still: why,
  }[state]
  return (
    <span className={`tv-badge${state === 'lost' ? ' broken' : ''}`}>
      {words}
      {at !== null && ` · ${at} 的画面`}
    </span>
  )
}
