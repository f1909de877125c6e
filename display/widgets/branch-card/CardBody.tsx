/** Two columns: what is seen of the branch, and what is due of it. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import type { BranchDetail } from '../../../protocol/branch.ts'
import { useTable, useWall } from '../../board.ts'
import { useOpenings } from '../../director/openings.ts'
import { useFreshness, type Freshness } from '../../freshness.ts'
import { liveAge, programme, streamOf, useCameras, useVideoLink } from '../../parts/video.ts'
import { VideoTile } from '../../parts/VideoTile.tsx'
import type { Told } from '../../parts/told.ts'
import { reasonNames, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { cellU, yearOf } from './calendar.ts'
import { DuesPanel, MeetingsPanel } from './Due.tsx'
import { TrailPanel, WarningsPanel } from './Trail.tsx'

interface Props {
  readonly organization: Row<'organizations'>
  readonly branch: Row<'branches'> | undefined
  readonly told: Told<BranchDetail>
}

export function CardBody({ organization, branch, told }: Props) {
  const streams = useTable('streams')
  const video = useFreshness('video')
  const activities = useFreshness('activities')
  const points = useFreshness('points')
  const link = useVideoLink()
  const cameras = useCameras()
  // A camera that is registered can be looked at whenever somebody wants to.
  const own = useMemo(() => {
    const isOwn = (each: { readonly organization: string }) => each.organization === organization.id
    const [stream] = programme([...streams.values()].filter(isOwn), 1)
    const camera = [...(cameras?.values() ?? [])].find(isOwn)
    return stream ?? (camera === undefined ? null : streamOf(camera))
  }, [streams, cameras, organization.id])
  const detail = told.value
  return (
    <div className="card-body">
      <div className="card-column">
        <div className="card-video" data-phase={liveAge(video).phase}>
          <VideoTile stream={own} link={link} isLarge isLasting />
          {own !== null && <PinButton camera={own.id} />}
        </div>
        <CalendarPanel detail={detail} told={told} freshness={activities} />
        <PointsPanel detail={detail} told={told} freshness={points} />
      </div>
      <div className="card-column">
        <MeetingsPanel detail={detail} told={told} freshness={activities} />
        <DuesPanel detail={detail} told={told} members={branch?.members ?? 0} />
        <WarningsPanel organization={organization.id} />
        <TrailPanel detail={detail} told={told} freshness={activities} />
      </div>
    </div>
  )
}

/** 一点调度: from the card to the wall's large picture, for all who look at it. */
function PinButton({ camera }: { readonly camera: string }) {
  const { pinCamera } = useOpenings()
  const isPinned = useWall(({ pinned }) => pinned === camera)
  return (
    <button
      type="button"
      className="card-pin"
      data-testid="card-pin"
      onClick={() => pinCamera(isPinned ? null : camera)}
    >
      {isPinned ? '下墙' : '上墙'}
    </button>
  )
}

export interface Part {
  readonly detail: BranchDetail | null
  readonly told: Told<BranchDetail>
  readonly freshness: Freshness
}

/** Where there is nothing of the detail to show: why, and what happens next. */
export function Missing({
  told,
  empty,
}: {
  readonly told: Told<BranchDetail>
  readonly empty: string
}) {
  if (told.value !== null) return <Sentence title={empty} />
  return told.isFailing ? (
    <Sentence broken title="支部档案暂时无法取得" next="15 秒后再取,其余数字来自全县看板" />
  ) : (
    <Sentence title="正在取支部档案" />
  )
}

function CalendarPanel({ detail, told, freshness }: Part) {
  const year = useMemo(
    () => (detail === null ? null : yearOf(detail.calendar, detail.day)),
    [detail],
  )
  return (
    <Panel
      title="近一年活动"
      note={
        year === null || year.cells.length === 0
          ? undefined
          : `${thousands(year.activities)} 次 · 每格一天`
      }
      freshness={freshness}
      testid="card-calendar"
    >
      {year === null || year.cells.length === 0 ? (
        <Missing told={told} empty="此屏不显示逐日活动" />
      ) : (
        <div className="card-year">
          <svg
            viewBox={`0 0 70 8.6`}
            role="img"
            aria-label={`近一年活动 ${year.activities} 次`}
            data-testid="card-year"
          >
            {(['none', 'one', 'more'] as const).map((tone, least) => (
              <path
                key={tone}
                className={`year-${tone}`}
                d={year.cells
                  .filter(({ activities }) => Math.min(2, activities) === least)
                  .map(
                    ({ x, y }) => `M${x.toFixed(2)} ${y.toFixed(2)}h${cellU}v${cellU}h-${cellU}z`,
                  )
                  .join('')}
              />
            ))}
          </svg>
          {year.months.map(({ x, label }) => (
            <span key={x} style={{ left: `calc(var(--u) * ${x.toFixed(2)})` }}>
              {label}
            </span>
          ))}
        </div>
      )}
    </Panel>
  )
}

const shades = ['flag-mass', 'gold', 'silver', 'text-lo', 'neutral-bar'] as const

function PointsPanel({ detail, told, freshness }: Part) {
  const parts = detail?.points.filter(({ points }) => points > 0) ?? []
  const shown = parts.slice(0, shades.length - 1)
  const rest = parts.slice(shown.length).reduce((sum, { points }) => sum + points, 0)
  const all = [
    ...shown.map(({ reason, points }) => ({ name: reasonNames[reason], points })),
    ...(rest > 0 ? [{ name: '其他', points: rest }] : []),
  ]
  const lost = detail?.points.reduce((sum, { points }) => sum + Math.min(0, points), 0) ?? 0
  return (
    <Panel
      title="积分构成"
      note={lost < 0 ? `本月 · 另扣 ${thousands(-lost)} 分` : '本月'}
      freshness={freshness}
      testid="card-makeup"
    >
      {all.length === 0 ? (
        <Missing told={told} empty="本月还没有积分" />
      ) : (
        <>
          <div className="card-makeup" aria-hidden="true">
            {all.map(({ name, points }, index) => (
              <i
                key={name}
                style={{
                  flexGrow: points,
                  background: `var(--c-${shades[index] ?? 'neutral-bar'})`,
                }}
              />
            ))}
          </div>
          <ul className="card-reasons">
            {all.map(({ name, points }, index) => (
              <li key={name}>
                <i style={{ background: `var(--c-${shades[index] ?? 'neutral-bar'})` }} />
                {name} <b className="fig">{thousands(points)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  )
}
