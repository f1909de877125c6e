/** 村级现场: the cameras beyond the programme and its previews, page by page; then those that only show a room. */
import { useMemo } from 'react'
import { useTable, useWall } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { liveAge, programme, streamOf, useCameras, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './village-wall.css'

const headU = 5.4
const rowU = 17.8
const perRow = 2
/** Shown by 活动现场 already. */
const shownElsewhere = 4
const pageSeconds = 20

export function VillageWall() {
  const streams = useTable('streams')
  const freshness = useFreshness('video')
  const link = useVideoLink()
  const { h } = useRoom()
  const perPage = perRow * Math.floor((h - headU) / rowU)
  const cameras = useCameras()
  const hasCameras = link !== null
  const others = useMemo(() => {
    // Of the past nobody knows which cameras were on that no platform told of.
    const quiet = hasCameras ? [...(cameras?.values() ?? [])] : []
    const untold = quiet.filter(({ id, health }) => health.state === 'ok' && !streams.has(id))
    return [
      ...programme(streams.values(), Infinity).slice(shownElsewhere),
      ...programme(untold.map(streamOf), Infinity),
    ]
  }, [streams, cameras, hasCameras])
  const pages = Math.max(1, Math.ceil(others.length / perPage))
  // By the relay's clock, so that walls side by side turn together.
  const page = useWall((state) => Math.floor(state.present / 1_000 / pageSeconds) % pages)
  // The last page is full as well: some come again before the wall stands empty.
  const first = Math.max(0, Math.min(page * perPage, others.length - perPage))
  const shown = others.slice(first, first + perPage)
  return (
    <Panel
      title="村级现场"
      note={pages === 1 ? undefined : `第 ${page + 1} / ${pages} 屏 · ${pageSeconds} 秒轮巡`}
      freshness={liveAge(freshness)}
      testid="village-wall"
    >
      {shown.length === 0 ? (
        <Sentence title="没有更多现场" next="有村级画面接入后自动显示" />
      ) : (
        <div className="villages">
          {shown.map((stream) => (
            <VideoTile key={stream.id} stream={stream} link={link} isLarge={false} />
          ))}
        </div>
      )}
    </Panel>
  )
}
