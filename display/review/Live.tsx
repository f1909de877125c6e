/** Rooms where something goes on now: stills, and the picture itself after one touch. */
import { useMemo, useState } from 'react'
import type { Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'
import { useTable, useWall } from '../board.ts'
import { span } from '../freshness.ts'
import { programme, useCamera, useVideoLink } from '../parts/video.ts'
import { VideoTile } from '../parts/VideoTile.tsx'
import { placeOf } from '../words.ts'
import { addressOf, useScope } from './place.ts'

const mostStills = 6

export function Live() {
  const scope = useScope()
  const streams = useTable('streams')
  const organizations = useTable('organizations')
  const isPast = useWall((state) => state.isPast)
  const own = useMemo(
    () =>
      [...streams.values()].filter(
        ({ organization }) =>
          scope.length === 6 || organizations.get(organization)?.township === scope,
      ),
    [streams, organizations, scope],
  )
  return (
    <section className="card no-print" aria-label="正在开展">
      <h2>
        正在开展 <small>{isPast ? '回看时没有画面' : `${own.length} 场直播`}</small>
      </h2>
      {!isPast && <Rooms streams={programme(own, mostStills)} />}
    </section>
  )
}

export function Rooms({ streams }: { readonly streams: readonly Row<'streams'>[] }) {
  const link = useVideoLink()
  const [open, setOpen] = useState<string | null>(null)
  if (streams.length === 0) return <p className="none">现在没有直播的活动</p>
  return (
    <ul className="rooms">
      {streams.map((stream) =>
        open === stream.id ? (
          <li key={stream.id} className="room-open">
            <VideoTile isLarge={false} hasRoom stream={stream} link={link} />
            <button onClick={() => setOpen(null)}>收起画面</button>
          </li>
        ) : (
          <Room key={stream.id} stream={stream} onOpen={() => setOpen(stream.id)} />
        ),
      )}
    </ul>
  )
}

function Room({
  stream,
  onOpen,
}: {
  readonly stream: Row<'streams'>
  readonly onOpen: () => void
}) {
  const camera = useCamera(stream.id)
  const organization = useTable('organizations').get(stream.organization)
  const townships = useTable('townships')
  const now = useWall((state) => state.now)
  const name = organization?.name ?? stream.title
  const still = camera?.still
  const age = still === undefined ? '还没有画面' : `画面 ${span(now - instantMs(still.at))}前`
  return (
    <li>
      <button className="room" onClick={onOpen} aria-label={`看 ${name} 的现场,${age}`}>
        {still !== undefined && <img src={still.url} alt="" loading="lazy" />}
        <span className="room-age">{age}</span>
      </button>
      <a className="branch" href={addressOf('branch', stream.organization)}>
        <bdi>{name}</bdi>
        <small>
          {placeOf({ townships }, organization)} · {stream.title}
        </small>
      </a>
    </li>
  )
}
