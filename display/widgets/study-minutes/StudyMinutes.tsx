/** 支部人均学习: every branch is one cell over the minutes that its members studied this month. */
import { useMemo } from 'react'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { Digits } from '../../parts/Digits.tsx'
import { belowOf, medianOf, studiedOf } from '../../parts/minutes.ts'
import { Scale } from '../../parts/Scale.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { plotOf } from './plot.ts'
import './study-minutes.css'

/** u of the head, the figures and the axis. */
const takenU = 24

export function StudyMinutes() {
  return <Histogram />
}

/** Where no other place tells of the hours of the year. */
export function StudyMinutesAlone() {
  return <Histogram isAlone />
}

function Histogram({ isAlone = false }: { readonly isAlone?: boolean }) {
  const { w: width, h } = useRoom()
  const height = h - takenU
  const studies = useCalmTable('studies')
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const county = useCounty()
  const freshness = useFreshness('study')
  const minutes = useMemo(
    () => studiedOf({ studies, branches, organizations, townships }).map((each) => each.minutes),
    [studies, branches, organizations, townships],
  )
  const plot = useMemo(() => plotOf(minutes, width, height), [minutes, width, height])
  const median = useMemo(() => medianOf(minutes), [minutes])
  const below = useMemo(() => (isAlone ? belowOf(studies) : null), [isAlone, studies])
  const none = minutes.filter((each) => each === 0).length
  return (
    <Panel
      title="支部人均学习"
      note={
        county === null
          ? undefined
          : `${Number(county.day.slice(5, 7))} 月 · 一格一支部 · 白线为中位`
      }
      freshness={freshness}
      testid="study-minutes"
    >
      {studies.size === 0 || county === null ? (
        <Sentence title="本月还没有学习时长" next="收到支部的第一笔时长后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="学习接口异常" next={`时长${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="study-minutes">
          <dl>
            <div>
              <dt>全县人均</dt>
              <dd>
                <Digits value={county.minutesPerMemberMonth} testid="study-minutes-mean" />
                <small>分钟</small>
              </dd>
            </div>
            <div>
              <dt>支部中位</dt>
              <dd>
                <Digits value={median} testid="study-minutes-median" />
                <small>分钟</small>
              </dd>
            </div>
            <div>
              <dt>本月未学</dt>
              <dd>
                <Digits value={none} testid="study-minutes-none" />
                <small>个支部</small>
              </dd>
            </div>
            {below !== null && (
              <div>
                <dt>年度 32 学时未到</dt>
                <dd>
                  <Digits value={below.members} testid="study-hours-below" />
                  <small className="fig">人 · {thousands(below.branches)} 个支部</small>
                </dd>
              </div>
            )}
          </dl>
          <svg
            style={{ height: `calc(var(--u) * ${height})` }}
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={`${thousands(minutes.length)} 个支部,中位 ${median} 分钟`}
          >
            <path
              className="study-minutes-cells"
              d={plot.cells
                .map(
                  ({ x, y }) =>
                    `M${x.toFixed(2)} ${y.toFixed(2)}h${plot.size.toFixed(2)}v${plot.size.toFixed(2)}h-${plot.size.toFixed(2)}z`,
                )
                .join('')}
            />
            <path
              className="study-minutes-median"
              d={`M${plot.at(median).toFixed(2)} -2V${height}`}
            />
          </svg>
          <Scale ticks={plot.ticks} name="分钟 / 人 →" />
        </div>
      )}
    </Panel>
  )
}
