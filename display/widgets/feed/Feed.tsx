/** 活动动态: the latest activities with their review trail. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { burst } from '../../choreography.ts'
import { clockTime, useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { Seal, type SealVariant } from '../../parts/Seal.tsx'
import { formNames, placeOf } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './feed.css'

const headU = 5.4
const rowU = 7.3
/** The last row's own margin may go. */
const slackU = 1

export function latest(rows: Iterable<Row<'feed'>>, count: number): Row<'feed'>[] {
  return [...rows]
    .sort((a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? 1 : -1))
    .slice(0, count)
}

export function Feed() {
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('activities')
  const current = useWall((state) => state.stage.current)
  const rush = useWall((state) => burst(state.stage, state.now))
  const isError = freshness.phase === 'error'
  const rowCount = Math.floor((useRoom().h - headU + slackU) / rowU)
  const room = rowCount - (isError ? 1 : 0) - (rush === null ? 0 : 1)
  const rows = useMemo(() => latest(feed.values(), room), [feed, room])
  return (
    <Panel title="活动动态" note="镇初审 → 县终审" freshness={freshness} testid="feed">
      {isError && (
        <div className="feed-row feed-pinned" data-testid="feed-error">
          <span className="feed-time fig">{freshness.until.slice(3)}</span>
          <p className="feed-who broken">活动接口异常</p>
          <p className="feed-what">动态停在 {freshness.until.slice(3)} · 恢复后自动补齐</p>
        </div>
      )}
      {rush !== null && (
        <div className="feed-row feed-rush" data-testid="feed-burst">
          <span className="feed-time fig">近 1 分钟</span>
          <p className="feed-rush-count num">+{rush}</p>
        </div>
      )}
      {rows.length === 0 && !isError && (
        <Sentence title="今天还没有动态" next="支部开展活动后自动显示" />
      )}
      <ol className="feed-rows">
        {rows.map((row, slot) => (
          <FeedRow
            key={row.id}
            row={row}
            slot={slot}
            name={organizations.get(row.organization)?.name ?? row.organization}
            place={placeOf({ townships }, organizations.get(row.organization))}
            more={current?.id === row.id ? current.more : null}
          />
        ))}
      </ol>
    </Panel>
  )
}

interface RowProps {
  readonly row: Row<'feed'>
  /** From the top, from 0. */
  readonly slot: number
  readonly name: string
  readonly place: string
  /** Arrivals merged into this row's sequence; null when the row is not the current one. */
  readonly more: number | null
}

const review: Readonly<Record<Row<'feed'>['townshipReview'], SealVariant>> = {
  none: 'wait',
  pending: 'now',
  passed: 'done',
  returned: 'returned',
}

function FeedRow({ row, slot, name, place, more }: RowProps) {
  return (
    <li
      className={more === null ? 'feed-row' : 'feed-row is-hot'}
      data-testid="feed-row"
      data-id={row.id}
      data-slot={slot}
      data-hot={more === null ? undefined : true}
      style={{ transform: `translateY(calc(var(--u) * ${slot * rowU}))` }}
    >
      <time className="feed-time fig" dateTime={row.at}>
        {clockTime(instantMs(row.at))}
      </time>
      <p className="feed-who">
        <span>{place}</span> <BranchOpener id={row.organization} name={name} />
        {more !== null && more > 0 && <b className="fig feed-more">+{more}</b>}
      </p>
      <p className="feed-what">
        <span className="serif">{formNames[row.form]}</span> {row.title}
      </p>
      <span className="feed-seals">
        <Seal
          char={row.townshipReview === 'returned' ? '退' : '初'}
          variant={review[row.townshipReview]}
        />
        <Seal
          char={row.countyReview === 'returned' ? '退' : '终'}
          variant={review[row.countyReview]}
        />
      </span>
      <span className="feed-signed fig">
        签到 {row.expected > 0 ? `${row.present}/${row.expected}` : row.present}
      </span>
    </li>
  )
}
