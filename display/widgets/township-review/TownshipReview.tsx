/** 待镇初审: what the township has still to review, the longest wait first. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { useSubject } from '../../director/openings.ts'
import { clockTime, span, useFreshness } from '../../freshness.ts'
import { BranchName } from '../../parts/BranchName.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { formNames } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './township-review.css'

const rowU = 3.9
/** Of the head, and of the line beneath the rows. */
const takenU = 9.6

export function waitingFor(feed: Iterable<Row<'feed'>>, office: 'township' | 'county') {
  const key = office === 'township' ? 'townshipReview' : 'countyReview'
  return [...feed]
    .filter((row) => row[key] === 'pending')
    .sort((a, b) => instantMs(a.at) - instantMs(b.at) || (a.id < b.id ? -1 : 1))
}

export function TownshipReview() {
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const code = useSubject()
  const freshness = useFreshness('activities')
  const now = useWall((state) => state.now)
  const rowsMost = useRowCount(rowU, takenU)
  const own = useMemo(
    () =>
      [...feed.values()].filter(
        ({ organization }) => organizations.get(organization)?.township === code,
      ),
    [feed, organizations, code],
  )
  const waiting = waitingFor(own, 'township')
  const oldest = waiting[0]
  return (
    <Panel
      title="待镇初审"
      note={
        oldest === undefined
          ? '全县最近 60 条动态中'
          : `${waiting.length} 件 · 最久 ${span(now - instantMs(oldest.at))}`
      }
      freshness={freshness}
      testid="township-review"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="活动接口异常" next={`${freshness.until},恢复后自动显示`} />
      ) : own.length === 0 ? (
        <Sentence title="本镇最近没有动态" next="支部开展活动后自动显示" />
      ) : (
        <>
          {oldest === undefined && <p className="review-none">没有等待镇初审的活动</p>}
          <ol>
            {waiting.slice(0, rowsMost).map((row) => (
              <li key={row.id} className="review-row">
                <span className="fig">{clockTime(instantMs(row.at))}</span>
                <BranchName
                  id={row.organization}
                  name={organizations.get(row.organization)?.name ?? row.organization}
                  place=""
                />
                <span>{formNames[row.form]}</span>
                <Seal char="初" variant="now" />
              </li>
            ))}
          </ol>
          <p className="review-sum fig">
            <span>待县终审 {waitingFor(own, 'county').length} 件</span>
            <span>
              已终审 {own.filter(({ countyReview }) => countyReview === 'passed').length} 件
            </span>
          </p>
        </>
      )}
    </Panel>
  )
}
