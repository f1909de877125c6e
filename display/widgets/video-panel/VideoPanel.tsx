/** 活动现场: one programme and three previews over one multiplexed connection. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useCounty, useTable, useTrust, useWall } from '../../board.ts'
import { createTilePlayer, type TileState } from '../../canvas/video/tile-player.ts'
import { createVideoLink, type VideoLink } from '../../canvas/video/video-link.ts'
import { clockSeconds, useFreshness } from '../../freshness.ts'
import { formNames, placeOf, thousands } from '../../words.ts'
import { Panel } from '../panel/Panel.tsx'
import './video-panel.css'

const tileCount = 4

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

export function VideoPanel() {
  const streams = useTable('streams')
  const county = useCounty()
  const freshness = useFreshness('video')
  const shown = useMemo(() => programme(streams.values(), tileCount), [streams])
  const link = useVideoLink()
  const { phase, mark } = freshness
  const age =
    phase === 'live' && mark.status === 'ok'
      ? { ...freshness, mark: { ...mark, text: '实时' } }
      : freshness
  return (
    <Panel
      title="活动现场"
      note={county === null ? undefined : `在线 ${thousands(county.streams)} 路`}
      freshness={age}
      testid="video"
    >
      <div className="tiles">
        {Array.from({ length: tileCount }, (_, slot) => (
          <Tile key={slot} slot={slot} stream={shown[slot] ?? null} link={link} />
        ))}
      </div>
    </Panel>
  )
}

function useVideoLink(): VideoLink | null {
  const [link, setLink] = useState<VideoLink | null>(null)
  useEffect(function openVideo() {
    const opened = createVideoLink(
      `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/video`,
    )
    setLink(opened)
    return () => opened.close()
  }, [])
  return link
}

interface TileProps {
  readonly slot: number
  readonly stream: Row<'streams'> | null
  readonly link: VideoLink | null
}

type Shown = TileState['kind'] | 'empty'

function Tile({ slot, stream, link }: TileProps) {
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
      const player = createTilePlayer(link, video.current, id, setPlaying)
      return () => player.dispose()
    },
    [link, id],
  )

  const isCut = trust === 'stale' || trust === 'unknown'
  const state: Shown = stream === null ? 'empty' : isCut ? 'lost' : (playing?.kind ?? 'connecting')
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
      className={slot === 0 ? 'tile tile-programme' : 'tile'}
      data-testid="tile"
      data-state={state}
      data-source={id ?? ''}
    >
      <video ref={video} muted playsInline autoPlay disablePictureInPicture />
      {state === 'live' && <span className="tile-badge">直播</span>}
      {state === 'live' && slot === 0 && stream !== null && (
        <span className="tile-length fig">{lengthOf(now - instantMs(stream.since))}</span>
      )}
      {state === 'frozen' && (
        <span className="tile-held late">
          画面停留 {playing?.kind === 'frozen' ? playing.heldSeconds : waited} 秒
        </span>
      )}
      {state === 'connecting' && <Says title="连接中" next={`已 ${waited} 秒`} wide={slot === 0} />}
      {state === 'empty' && (
        <Says title="当前无直播" next="有支部开播后自动接入" wide={slot === 0} />
      )}
      {state === 'lost' && (
        <Says
          broken
          title="信号中断"
          next={
            isCut
              ? '汇聚中心恢复后接入'
              : `${clockSeconds(since)} 起 · ${retryIn(playing, now - offsetMs)}`
          }
          wide={slot === 0}
        />
      )}
      {state === 'unsupported' && (
        <Says
          title="此屏不能解码"
          next={playing?.kind === 'unsupported' ? `编码 ${playing.codec} · 请改用 H.264` : ''}
          wide={slot === 0}
        />
      )}
      {stream !== null && (
        <figcaption
          className={state === 'live' || state === 'frozen' ? 'tile-caption' : 'tile-caption plain'}
        >
          <p className="tile-who">
            {slot === 0 || organization?.group === 'territory' ? place : ''}{' '}
            <bdi>{slot === 0 ? name : name.replace(/党支部$/, '')}</bdi>
          </p>
          {slot === 0 && (
            <p className="tile-what">
              {activity === undefined
                ? stream.title
                : `${formNames[activity.form]} · ${activity.title}`}
            </p>
          )}
          {slot === 0 && activity !== undefined && activity.expected > 0 && !isCut && (
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
