/** Left the legend of the spectrum, right the age of every source. */
import { useTable, useTrust, useWall } from '../../board.ts'
import { feedNames, feedOrder, freshnessOf, span } from '../../freshness.ts'
import { useScreen } from '../../kiosk/screen.ts'
import { branchesPerLine } from '../../parts/branch-line.ts'
import { Age } from '../../parts/Age.tsx'
import './footer.css'

const marginU = 4
const legend = [
  ['gold', '金榜'],
  ['red', '在线'],
  ['yellow', '静默 30+'],
  ['orange', '60+'],
  ['plate', '90+'],
  ['slate', '离线'],
  ['cap', '今日有活动'],
] as const

export function Footer({ caption }: { readonly caption?: string | undefined }) {
  const { u, widthU } = useScreen()
  const sources = useTable('sources')
  const board = useWall((state) => state.board)
  const connection = useWall((state) => state.connection)
  const lostAt = useWall((state) => state.lostAt)
  const now = useWall((state) => state.now)
  const day = board.county.values().next().value?.day
  const trust = useTrust()
  // Organs, enterprises and floating branches stand beside the townships.
  const groups = board.townships.size + 3
  const px = u * devicePixelRatio
  const each = branchesPerLine(board.branches.size, groups, (widthU - 2 * marginU) * px, px)
  const known = new Set([...sources.values()].map((source) => source.feed))
  return (
    <footer className="footer" data-testid="footer">
      {caption === undefined ? (
        <p className="legend">
          <span>
            {each === 1 ? '一线一支部' : `一线 ${each} 个支部`} · 线高为
            {day === undefined ? '本' : ` ${Number(day.slice(5, 7))} `}月积分
          </span>
          {legend.map(([tone, label]) => (
            <span key={tone} className="legend-item">
              <i className={`legend-${tone}`} />
              {label}
            </span>
          ))}
        </p>
      ) : (
        <p className="caption">{caption}</p>
      )}
      <p className="ages">
        {trust !== 'live' && lostAt !== null && (
          <span data-testid="relay-mark">
            <Age
              label="汇聚中心 "
              mark={{ status: 'broken', asOf: lostAt, text: `中断 ${span(now - lostAt)}` }}
            />
          </span>
        )}
        {feedOrder
          .filter((feed) => known.has(feed))
          .map((feed) => {
            const { mark } = freshnessOf({ board, connection, lostAt, now, isPast: false }, feed)
            const text = mark.text
              .replace('前', '')
              .replace('分钟', '分')
              .replace('截至 ', '')
              .replace(' · ', '·')
            return (
              <span key={feed} data-testid="source-age" data-feed={feed}>
                <Age
                  label={`${feedNames[feed]} `}
                  mark={{ ...mark, text: feed === 'video' && mark.status === 'ok' ? '实时' : text }}
                />
              </span>
            )
          })}
      </p>
    </footer>
  )
}
