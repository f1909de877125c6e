/** 全镇支部: one row a branch, by points; a missing meeting is a yellow seal, a held one plain grey. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import type { WarningRule } from '../../../protocol/events.ts'
import { dayNumber, dayOfNumber } from '../../../protocol/time.ts'
import { useCounty, useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { Pages, usePage } from '../../parts/Pages.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { Seal } from '../../parts/Seal.tsx'
import { sealOfTier, tierTones } from '../../parts/tier-tone.ts'
import { nameWithin, useTownship, type Member } from '../../parts/township.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './township-table.css'

const rowU = 4.4
/** Of the heads and the foot. */
const takenU = 13.8
/** A page shorter than this share of the place leaves the rest empty, rather than having taller rows. */
const leastShare = 0.8

/** Pages alike: with room for twenty, 62 branches are four pages of sixteen, not three of twenty and one of two. */
export function perPageOf(rows: number, rowsMost: number): number {
  return Math.max(1, Math.ceil(rows / Math.ceil(rows / rowsMost || 1)))
}

const meetings = [
  ['general-meeting', '党', '支部党员大会'],
  ['branch-committee', '支', '支委会'],
  ['group-meeting', '小', '党小组会'],
  ['lecture', '课', '党课'],
] as const satisfies readonly (readonly [WarningRule, string, string])[]

/** 今天 昨天 6月12日; null where it is not known or not told. */
export function lastActive(branch: Row<'branches'> | undefined, today: string): string | null {
  if (branch === undefined) return null
  if (branch.activeToday) return '今天'
  if (branch.silentDays < 1) return null
  if (branch.silentDays === 1) return '昨天'
  const day = dayOfNumber(dayNumber(today) - branch.silentDays)
  const [year, month, date] = day.split('-').map(Number)
  return day.slice(0, 4) === today.slice(0, 4)
    ? `${month}月${date}日`
    : `${year}年${month}月${date}日`
}

export function TownshipTable() {
  const township = useTownship()
  const warnings = useTable('warnings')
  const day = useCounty()?.day
  const freshness = useFreshness('points')
  const missing = useMemo(() => {
    const found = new Set<string>()
    for (const { rule, organization } of warnings.values()) found.add(`${rule}/${organization}`)
    return found
  }, [warnings])
  const rows = useMemo(() => township?.all ?? [], [township])
  const { h } = useRoom()
  const rowsMost = useRowCount(rowU, takenU)
  const perPage = perPageOf(rows.length, rowsMost)
  const height = h - takenU
  const pitch = height / Math.max(rowsMost * leastShare, perPage)
  const { page, of } = usePage(rows.length, perPage)
  return (
    <Panel
      title="全镇支部"
      note={day === undefined ? undefined : `按 ${Number(day.slice(5, 7))} 月积分`}
      freshness={freshness}
      testid="township-table"
    >
      {rows.length === 0 || day === undefined ? (
        <Sentence title="还没有支部数据" next="收到组织库后显示" />
      ) : (
        <>
          <p className="town-row town-heads">
            <span />
            <span>支部</span>
            <span>党员</span>
            <span>三会一课</span>
            <span>最近活动</span>
            <span>积分</span>
            <span />
          </p>
          <div
            className="town-pages"
            style={{ ['--page' as string]: height, ['--row' as string]: pitch }}
          >
            <Pages
              rows={rows}
              perPage={perPage}
              render={(member, index) => (
                <TownRow
                  key={member.organization.id}
                  member={member}
                  index={index}
                  today={day}
                  place={township?.row.name ?? ''}
                  missing={missing}
                  isError={freshness.phase === 'error'}
                />
              )}
            />
          </div>
          <p className="town-foot">
            <span>
              第 {page * perPage + 1}–{Math.min(rows.length, (page + 1) * perPage)} /{' '}
              {thousands(rows.length)}
            </span>
            {of > 1 && <span>每 10 秒翻页</span>}
          </p>
        </>
      )}
    </Panel>
  )
}

interface RowProps {
  readonly member: Member
  readonly index: number
  readonly today: string
  /** The township's name. */
  readonly place: string
  readonly missing: ReadonlySet<string>
  readonly isError: boolean
}

function TownRow({ member, index, today, place, missing, isError }: RowProps) {
  const { organization, branch } = member
  const last = lastActive(branch, today)
  const tier = branch?.tier ?? 'none'
  return (
    <li
      className={branch?.activeToday ? 'town-row is-active' : 'town-row'}
      data-testid="township-row"
    >
      <span className="num town-rank">{index + 1}</span>
      <span className="town-name">
        <BranchOpener id={organization.id} name={nameWithin(organization.name, place)} />
      </span>
      <span className="num">{branch?.members ?? '—'}</span>
      <span className="town-meetings">
        {organization.kind === 'branch' ? (
          meetings.map(([rule, char, name]) =>
            missing.has(`${rule}/${organization.id}`) ? (
              <span key={rule} title={`缺${name}`}>
                <Seal char={char} variant="yellow" />
              </span>
            ) : (
              <i key={rule}>{char}</i>
            ),
          )
        ) : (
          <i className="town-none">由下辖支部开展</i>
        )}
      </span>
      <span className="fig town-last">{last ?? '—'}</span>
      <span className="num town-points">
        {branch === undefined || isError ? '—' : thousands(branch.points)}
      </span>
      {tier === 'none' ? <span /> : <Seal char={tierTones[tier].char} variant={sealOfTier[tier]} />}
    </li>
  )
}
