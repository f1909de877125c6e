/** 流动支部现场: the floating branch that meets now, as its people elsewhere see each other. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { liveAge, programme, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import { Panel } from '../panel/Panel.tsx'
import './floating-live.css'

const headU = 5.5

export function FloatingLive() {
  const { h } = useRoom()
  const streams = useTable('streams')
  const organizations = useTable('organizations')
  const freshness = useFreshness('video')
  const link = useVideoLink()
  const own = useMemo(
    () =>
      [...streams.values()].filter(
        ({ organization }) => organizations.get(organization)?.group === 'floating',
      ),
    [streams, organizations],
  )
  return (
    <Panel
      title="流动支部现场"
      note={own.length > 1 ? `正在直播 ${own.length} 路` : undefined}
      freshness={liveAge(freshness)}
      testid="floating-live"
    >
      <div className="floating-tile" style={{ height: `calc(var(--u) * ${h - headU})` }}>
        <VideoTile stream={programme(own, 1)[0] ?? null} link={link} isLarge />
      </div>
    </Panel>
  )
}
