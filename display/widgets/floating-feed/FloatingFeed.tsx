/** 流动支部动态: what floating branches do now and did last. */
import { useMemo } from 'react'
import type { Board, Row } from '../../../protocol/board.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useCounty, useTable } from '../../board.ts'
import { clockTime, useFreshness } from '../../freshness.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { formNames, shortDay } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './floating-feed.css'

const rowU = 7.3

/** Activities of floating organisations among the newest of the county, newest first. */
export function floatingFeed({
  feed,
  organizations,
}: Pick<Board, 'feed' | 'organizations'>): readonly Row<'feed'>[] {
  return [...feed.values()]
    .filter(({ organization }) => organizations.get(organization)?.group === 'floating')
    .sort((a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? -1 : 1))
}

export function FloatingFeed() {
  const county = useCounty()
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const streams = useTable('streams')
  const freshness = useFreshness('activities')
  const all = useMemo(() => floatingFeed({ feed, organizations }), [feed, organizations])
  const live = useMemo(
    () => new Set([...streams.values()].map(({ organization }) => organization)),
    [streams],
  )
  const today = county?.day ?? ''
  const rowCount = useRowCount(rowU)
  return (
    <Panel title="流动支部动态" note="最近的活动" freshness={freshness} testid="floating-feed">
      {freshness.phase === 'error' ? (
        <Sentence broken title="活动接口异常" next={`动态${freshness.until},恢复后自动显示`} />
      ) : all.length === 0 ? (
        <Sentence title="近日没有流动支部的活动" next="支部开展活动后自动显示" />
      ) : (
        <ol>
          {all
            .slice(0, rowCount)
            .map(({ id, at, organization, form, title, present, expected }) => {
              const ms = instantMs(at)
              const isToday = localDay(ms) === today
              return (
                <li className="floating-event" key={id} data-testid="floating-event">
                  <span className="fig">{isToday ? clockTime(ms) : shortDay(localDay(ms))}</span>
                  <p>
                    <BranchOpener
                      id={organization}
                      name={organizations.get(organization)?.name ?? organization}
                    />
                    {isToday && !freshness.isCut && live.has(organization) && (
                      <b className="floating-live">直播</b>
                    )}
                  </p>
                  <span className="fig floating-signed">
                    {expected > 0 ? `签到 ${present}/${expected}` : ''}
                  </span>
                  <p className="floating-what">
                    <b className="serif">{formNames[form]}</b>
                    <bdi>{title}</bdi>
                  </p>
                </li>
              )
            })}
        </ol>
      )}
    </Panel>
  )
}
