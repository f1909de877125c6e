/** 活动现场: one programme and three previews over one multiplexed connection. */
import { useMemo } from 'react'
import { useCounty, useTable, useWall } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { liveAge, programme, useCameras, useStream, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import { thousands } from '../../words.ts'
import { Panel } from '../panel/Panel.tsx'
import './video-panel.css'

const tileCount = 4

export function VideoPanel() {
  const streams = useTable('streams')
  const county = useCounty()
  const freshness = useFreshness('video')
  const pinned = useStream(useWall((state) => state.pinned))
  const shown = useMemo(() => {
    const others = [...streams.values()].filter(({ id }) => id !== pinned?.id)
    const first = pinned === null ? [] : [pinned]
    return [...first, ...programme(others, tileCount - first.length)]
  }, [streams, pinned])
  const link = useVideoLink()
  const registered = useCameras()?.size ?? 0
  return (
    <Panel
      title="活动现场"
      note={
        county === null
          ? undefined
          : registered > county.streams
            ? `在线 ${thousands(county.streams)} / ${thousands(registered)} 路`
            : `在线 ${thousands(county.streams)} 路`
      }
      freshness={liveAge(freshness)}
      testid="video"
    >
      <div className="tiles">
        {Array.from({ length: tileCount }, (_, slot) => (
          <VideoTile key={slot} stream={shown[slot] ?? null} link={link} isLarge={slot === 0} />
        ))}
      </div>
    </Panel>
  )
}
