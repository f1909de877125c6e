/** One camera with what is to be said of it; a picture that stands still or is lost never looks live. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import { useTable, useTrust, useWall } from '../board.ts'
import { createTilePlayer, type TileState } from '../canvas/video/tile-player.ts'
import type { VideoLink } from '../canvas/video/video-link.ts'
import { clockSeconds } from '../freshness.ts'
import { formNames, placeOf } from '../words.ts'
import { BranchOpener } from './BranchName.tsx'
import './video-tile.css'

interface TileProps {
  /** The programme: with the activity, its sign-in and how long it has lasted. */
  readonly isLarge: boolean
  readonly stream: Row<'streams'> | null
  readonly link: VideoLink | null
  /** Hears what the picture is worth; the same function each time. */
  readonly onState?: (source: string, state: TileState) => void
}

type Shown = TileState['kind'] | 'empty' | 'past'

export function VideoTile({ isLarge, stream, link, onState }: TileProps) {
  const video = useRef<HTMLVideoElement>(null)
  const now = useWall((state) => state.now)
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const trust = useTrust()
  const offsetMs = useWall((state) => state.offsetMs)
  const [playing, setPlaying] = useState<TileState | null>(null)
  const id = stream?.id ?? null

  useEffect(
    function playSource() {
      if (link === null || id === null || video.current === null) return
      setPlaying(null)
      const player = createTilePlayer(link, video.current, id, (next) => {
        setPlaying(next)
        onState?.(id, next)
      })
      return () => player.dispose()
    },
    [link, id, onState],
  )

  const isCut = trust === 'stale' || trust === 'unknown'
  const isPast = trust === 'past'
  const state: Shown = isPast
    ? 'past'
    : stream === null
      ? 'empty'
      : isCut
        ? 'lost'
        : (playing?.kind ?? 'connecting')
  const organization = stream === null ? undefined : organizations.get(stream.organization)
  const name = organization?.name ?? stream?.title ?? ''
  const place = placeOf({ townships }, organization)
  const activity = useMemo(
    () =>
      stream === null
        ? undefined
        : [...feed.values()].find(
            (row) => row.id === stream.activity || row.organization === stream.organization,
          ),
    [feed, stream],
  )
  // Players tell this machine's time, the wall shows the relay's.
  const since = playing !== null && 'since' in playing ? playing.since + offsetMs : now
  const waited = Math.max(0, Math.floor((now - since) / 1_000))
  return (
    <figure
      className={isLarge ? 'tile tile-programme' : 'tile'}
      data-testid="tile"
      data-state={state}
      data-source={id ?? ''}
    >
      <video ref={video} muted playsInline autoPlay disablePictureInPicture />
      {state === 'live' && <span className="tile-badge">直播</span>}
      {state === 'live' && isLarge && stream !== null && (
        <span className="tile-length fig">{lengthOf(now - instantMs(stream.since))}</span>
      )}
      {state === 'frozen' && (
        <span className="tile-held late">
          画面停留 {playing?.kind === 'frozen' ? playing.heldSeconds : waited} 秒
        </span>
      )}
      {state === 'connecting' && <Says title="连接中" next={`已 ${waited} 秒`} wide={isLarge} />}
      {state === 'past' && (
        <Says title="回看中不播放直播" next="回到现在后自动接入" wide={isLarge} />
      )}
      {state === 'empty' && <Says title="当前无直播" next="有支部开播后自动接入" wide={isLarge} />}
      {state === 'lost' && (
        <Says
          broken
          title="信号中断"
          next={
            isCut
              ? '汇聚中心恢复后接入'
              : `${clockSeconds(since)} 起 · ${retryIn(playing, now - offsetMs)}`
          }
          wide={isLarge}
        />
      )}
      {state === 'unsupported' && (
        <Says
          title="此屏不能解码"
          next={playing?.kind === 'unsupported' ? `编码 ${playing.codec} · 请改用 H.264` : ''}
          wide={isLarge}
        />
      )}
      {stream !== null && (
        <figcaption
          className={state === 'live' || state === 'frozen' ? 'tile-caption' : 'tile-caption plain'}
        >
          <p className="tile-who">
            {isLarge || organization?.group === 'territory' ? place : ''}{' '}
            {organization === undefined ? (
              <bdi>{name}</bdi>
            ) : (
              <BranchOpener
                id={organization.id}
                name={isLarge ? name : name.replace(/党支部$/, '')}
              />
            )}
          </p>
          {isLarge && (
            <p className="tile-what">
              {activity === undefined
                ? stream.title
                : `${formNames[activity.form]} · ${activity.title}`}
            </p>
          )}
          {isLarge && activity !== undefined && activity.expected > 0 && !isCut && (
            <p className="tile-signed fig">
              签到 {activity.present}/{activity.expected}
            </p>
          )}
        </figcaption>
      )}
    </figure>
  )
}

function retryIn(playing: TileState | null, localNow: number): string {
  const waitMs = playing?.kind === 'lost' ? playing.retryAt - localNow : 0
  return waitMs > 0 ? `${Math.ceil(waitMs / 1_000)} 秒后重试` : '正在重试'
}

function Says({
  title,
  next,
  wide,
  broken = false,
}: {
  readonly title: string
  readonly next: string
  readonly wide: boolean
  readonly broken?: boolean
}) {
  return (
    <div className="tile-says">
      <p className={broken ? 'serif broken' : 'serif'}>{title}</p>
      {wide && <p className="tile-next">{next}</p>}
    </div>
  )
}

function lengthOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${pad(Math.floor(seconds / 3_600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}
