/** One camera with what is to be said of it; a picture that stands still or is lost never looks live. */
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import { useTable, useTrust, useWall } from '../board.ts'
import { createPlayer, engineHere, wayOf } from '../canvas/video/player.ts'
import type { TileState } from '../canvas/video/tile-state.ts'
import type { VideoLink } from '../canvas/video/video-link.ts'
import { span } from '../freshness.ts'
import { formNames, placeOf } from '../words.ts'
import { BranchOpener } from './BranchName.tsx'
import { useDecoder } from './decoders.ts'
import { wordsOf, type Shown, type TileWords } from './tile-words.ts'
import { useCamera } from './video.ts'
import { whichPicture } from './which-picture.ts'
import './video-tile.css'

interface TileProps {
  /** The programme: with the activity, its sign-in and how long it has lasted. */
  readonly isLarge: boolean
  /** Somebody asked for this camera: its large picture, where it has one and that would be seen. */
  readonly isLasting?: boolean
  /** For a second line that says what happens next. */
  readonly hasRoom?: boolean
  readonly stream: Row<'streams'> | null
  readonly link: VideoLink | null
  /** Hears what the picture is worth; the same function each time. */
  readonly onState?: (source: string, state: TileState) => void
}

/** Beneath the words, or in their place, the last picture that the relay kept. */
const stillStates: ReadonlySet<Shown> = new Set(['connecting', 'waiting', 'still', 'unsupported'])

/** A large picture that is not there after so long is not waited for. */
const largeMs = 8_000

export function VideoTile({
  isLarge,
  isLasting = false,
  hasRoom = isLarge,
  stream,
  link,
  onState,
}: TileProps) {
  const video = useRef<HTMLVideoElement>(null)
  const now = useWall((state) => state.now)
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const trust = useTrust()
  const offsetMs = useWall((state) => state.offsetMs)
  const [playing, setPlaying] = useState<TileState | null>(null)
  const id = stream?.id ?? null
  const camera = useCamera(id)
  /** Of a camera that somebody only looks at nobody told since when something goes on there. */
  const isTold = useTable('streams').has(id ?? '')
  const engine = useMemo(engineHere, [])
  const play = camera?.play ?? 'relay'
  const way = wayOf(play, engine)
  const isWanted = link !== null && id !== null
  const isGranted = useDecoder(isWanted && way !== 'none', isLarge)
  /** The camera whose large picture did not come. */
  const [poor, setPoor] = useState<string | null>(null)
  const large = camera?.large ?? id ?? ''
  const hasFailed = poor === id

  useEffect(
    function playSource() {
      if (
        link === null ||
        id === null ||
        way === 'none' ||
        isGranted !== true ||
        video.current === null
      )
        return
      setPlaying(null)
      const widthPx = video.current.clientWidth * devicePixelRatio
      const source = whichPicture({ id, large, play }, { isLasting, widthPx, hasFailed })
      video.current.dataset['picture'] = source
      const giveUp = source === id ? undefined : setTimeout(() => setPoor(id), largeMs)
      const player = createPlayer({
        link,
        video: video.current,
        source,
        way,
        onState(next) {
          if (next.kind === 'live') clearTimeout(giveUp)
          else if (source !== id && next.kind !== 'connecting') return setPoor(id)
          setPlaying(next)
          onState?.(id, next)
        },
      })
      return () => {
        clearTimeout(giveUp)
        player.dispose()
      }
    },
    [link, id, large, play, way, isGranted, isLasting, hasFailed, onState],
  )

  const isCut = trust === 'stale' || trust === 'unknown'
  const isPast = trust === 'past'
  const state = shownOf()
  function shownOf(): Shown {
    if (isPast) return 'past'
    if (stream === null) return 'empty'
    if (isCut) return 'lost'
    if (way === 'none') return 'unsupported'
    return isGranted === false ? 'still' : (playing?.kind ?? 'connecting')
  }
  const still = camera?.still
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
  const words = wordsOf(state, {
    playing,
    isCut,
    hasStill: still !== undefined,
    now,
    since,
    offsetMs,
  })
  return (
    <figure
      className={isLarge ? 'tile tile-programme' : 'tile'}
      data-testid="tile"
      data-state={state}
      data-source={id ?? ''}
    >
      {still !== undefined && stillStates.has(state) && (
        <>
          <img className="tile-still" src={still.url} alt="" />
          {/* A picture comes at once: only one that stays is given an age. */}
          {state !== 'connecting' && (
            <span className="tile-held">画面 {span(now - instantMs(still.at))}前</span>
          )}
        </>
      )}
      <video ref={video} muted playsInline autoPlay disablePictureInPicture />
      {state === 'live' && <span className="tile-badge">直播</span>}
      {state === 'live' && isLarge && stream !== null && isTold && (
        <span className="tile-length fig">{lengthOf(now - instantMs(stream.since))}</span>
      )}
      {state === 'frozen' && (
        <span className="tile-held late">
          画面停留 {playing?.kind === 'frozen' ? playing.heldSeconds : waited} 秒
        </span>
      )}
      {state !== 'live' && state !== 'frozen' && (
        <Says {...words} hasRoom={hasRoom} isBroken={state === 'lost' || state === 'refused'} />
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

interface SaysProps extends TileWords {
  readonly hasRoom: boolean
  readonly isBroken: boolean
}

function Says({ title, next, hasRoom, isBroken }: SaysProps) {
  return (
    <div className="tile-says">
      <p className={isBroken ? 'serif broken' : 'serif'}>{title}</p>
      {hasRoom && <p className="tile-next">{next}</p>}
    </div>
  )
}

function lengthOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const pad = (value: number) => String(value).padStart(2, '0')
  return `${pad(Math.floor(seconds / 3_600))}:${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
}
