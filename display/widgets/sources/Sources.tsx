/** 数据来源: how old the data of every source are, counted in its own cadence, and what is drawn from it. */
import { useMemo } from 'react'
import type { Feed } from '../../../protocol/events.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import {
  brokenBeats,
  clockSeconds,
  clockTime,
  feedNames,
  heldMarkOf,
  lateBeats,
  markOf,
  span,
  useLinkFreshness,
} from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Age, AgeGlyph } from '../../parts/Age.tsx'
import { Pages } from '../../parts/Pages.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { platformName, shortDay } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { brokenAt, inOrder, lateAt, shareOf, type Source } from './rows.ts'
import './sources.css'

/** What the wall draws from a feed. */
const drawn: Readonly<Record<Feed, string>> = {
  organizations: '红旗、支部谱、组织与党员数',
  activities: '三会一课、静默预警、活动动态',
  video: '活动现场、村级现场',
  points: '积分排行、金银黄黑榜',
  study: '今日学习、人均时长',
  cases: '治理四单、诉求全流程',
  term: '换届到期预警',
  dues: '党费未缴预警',
  services: '便民服务、走访',
  floating: '流动党员去向与流动党组织',
}
const headU = 9.4
const lowestU = 5.7
const tallestU = 11
/** In a narrower place only what is told of the time. */
const wholeFrom = 150

export function Sources() {
  const sources = useTable('sources')
  const freshness = useLinkFreshness()
  const { isCut } = freshness
  const now = useWall((state) => (isCut && state.lostAt !== null ? state.lostAt : state.now))
  const rows = useMemo(() => inOrder(sources), [sources])
  const { w, h } = useRoom()
  const perPage = useRowCount(lowestU, headU)
  const height = Math.min(tallestU, (h - headU) / Math.max(1, Math.min(perPage, rows.length)))
  return (
    <Panel
      title="数据来源"
      note={rows.length === 0 ? undefined : isCut ? `${rows.length} 类数据` : noteOf(rows, now)}
      freshness={freshness}
      testid="sources"
    >
      {rows.length === 0 ? (
        <Sentence title="还没有数据来源报到" next="第一个来源报到后,在此显示数据多久以前" />
      ) : (
        <div className={w < wholeFrom ? 'is-narrow' : undefined}>
          <div className="source source-head">
            <span>数据</span>
            <span className="source-drawn">上屏内容</span>
            <span className="source-axis">
              <i style={{ left: 0 }}>刚刚</i>
              <i style={{ left: `${lateAt * 100}%` }}>
                <span className="source-beats">{lateBeats} 个周期 · </span>延迟
              </i>
              <i style={{ left: `${brokenAt * 100}%` }}>
                <span className="source-beats">{brokenBeats} 个周期 · </span>中断
              </i>
            </span>
            <span>多久以前</span>
            <span>数据截至</span>
            <span className="source-every">上报周期</span>
          </div>
          <div style={{ ['--source' as string]: height }}>
            <Pages
              rows={rows}
              perPage={perPage}
              render={(source) => (
                <SourceRow key={source.id} source={source} now={now} isCut={isCut} />
              )}
            />
          </div>
        </div>
      )}
    </Panel>
  )
}

interface RowProps {
  readonly source: Source
  readonly now: number
  /** The relay is lost: `now` is when that was. */
  readonly isCut: boolean
}

function SourceRow({ source, now, isCut }: RowProps) {
  const mark = markOf(source, now)
  const left = `${shareOf(source, now) * 100}%`
  return (
    <li className="source" data-testid="source" data-feed={source.feed} data-status={mark.status}>
      <span className="source-name">
        {feedNames[source.feed]}
        <small>{platformName(source.platform)}</small>
      </span>
      <span className="source-drawn">{drawn[source.feed]}</span>
      <span className="source-axis">
        <b style={{ width: left }} />
        <i style={{ left }}>
          <AgeGlyph status={isCut ? 'none' : mark.status} />
        </i>
      </span>
      <Age mark={isCut ? heldMarkOf(source, now) : mark} />
      <span className="fig source-until">{untilOf(instantMs(source.asOf), now)}</span>
      <span className="fig source-every">{span(source.cadenceSeconds * 1_000)}</span>
    </li>
  )
}

/** 09:41:20, or 6 月 16 日 09:41 of another day. */
function untilOf(asOf: number, now: number): string {
  const day = localDay(asOf)
  return day === localDay(now) ? clockSeconds(asOf) : `${shortDay(day)} ${clockTime(asOf)}`
}

function noteOf(rows: readonly Source[], now: number): string {
  const count = (status: string) =>
    rows.filter((source) => markOf(source, now).status === status).length
  const [late, broken] = [count('late'), count('broken')]
  if (late + broken === 0) return `${rows.length} 类数据均按时上报`
  return [
    `${rows.length} 类数据`,
    ...(late > 0 ? [`延迟 ${late}`] : []),
    ...(broken > 0 ? [`中断 ${broken}`] : []),
  ].join(' · ')
}
