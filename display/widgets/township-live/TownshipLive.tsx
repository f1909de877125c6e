/** 本镇现场: the township's camera that shows most; the others are in 视频. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useSubject } from '../../director/openings.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { liveAge, programme, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import { Panel } from '../panel/Panel.tsx'
import './township-live.css'

/** u of the head, and beneath the picture. */
const takenU = 8.1

export function TownshipLive() {
  const { h } = useRoom()
  const streams = useTable('streams')
  const organizations = useTable('organizations')
  const code = useSubject()
  const freshness = useFreshness('video')
  const link = useVideoLink()
  const own = useMemo(
    () =>
      programme(
        [...streams.values()].filter(
          ({ organization }) => organizations.get(organization)?.township === code,
        ),
        Infinity,
      ),
    [streams, organizations, code],
  )
  return (
    <Panel
      title="本镇现场"
      note={`在线 ${own.length} 路`}
      freshness={liveAge(freshness)}
      testid="township-live"
    >
      <div className="township-live" style={{ height: `calc(var(--u) * ${h - takenU})` }}>
        <VideoTile stream={own[0] ?? null} link={link} isLarge />
      </div>
    </Panel>
  )
}
