/** 流动党组织: every floating committee and branch, when it last met and who took part. */
import { useMemo } from 'react'
import { useCounty, useTable, useTrust } from '../../board.ts'
import { lookOf, type Look } from '../../canvas/map/flag-mark.ts'
import { useRoom, useScreen } from '../../kiosk/screen.ts'
import { Digits } from '../../parts/Digits.tsx'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { FlagSample } from '../../parts/FlagSample.tsx'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { Pages, usePage } from '../../parts/Pages.tsx'
import { useRowCount } from '../../parts/row-count.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { floatingRowsOf, lastWords, type FloatingRow } from './rows.ts'
import './floating-branches.css'

/** u of the heads, a row and the narrowest column. */
const headsU = 8
const rowU = 3.7
const columnU = 52
const gapU = 5
/** So much larger than on the map. */
const flagScale = 4 / 3

export function FloatingBranches() {
  const county = useCounty()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const floating = useTable('floating')
  const freshness = useFirstFreshness('floating', 'organizations')
  const all = useMemo(
    () => floatingRowsOf({ organizations, branches, floating }),
    [organizations, branches, floating],
  )
  const rowsInColumn = useRowCount(rowU, headsU)
  const columnsMost = Math.max(1, Math.floor((useRoom().w + gapU) / (columnU + gapU)))
  const columns = Math.min(columnsMost, Math.ceil(all.length / rowsInColumn))
  const rowsOnPage = Math.max(1, columns) * rowsInColumn
  const { page, of } = usePage(all.length, rowsOnPage)
  const met = all.filter(({ lastOn }) => lastOn?.slice(0, 7) === county?.day.slice(0, 7)).length
  const note = [
    `${thousands(all.length)} 个`,
    `本月有活动 ${thousands(met)} 个`,
    ...(of === 1 ? [] : [`第 ${page + 1}/${of} 页`]),
  ]
  return (
    <Panel
      title="流动党组织"
      note={all.length === 0 ? undefined : note.join(' · ')}
      freshness={freshness}
      testid="floating-branches"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="流动党员数据中断" next={`组织${freshness.until},恢复后自动显示`} />
      ) : all.length === 0 ? (
        <Sentence title="还没有流动党组织" next="在流入地建立组织后显示" />
      ) : (
        <div style={{ ['--columns' as string]: columns, ['--rows' as string]: rowsInColumn }}>
          <div className="floaters-heads" aria-hidden="true">
            {Array.from({ length: columns }, (_, column) => (
              <p className="floater" key={column}>
                <span />
                <span />
                <span>参加 / 党员</span>
                <span>最近活动</span>
                <span>月积分</span>
              </p>
            ))}
          </div>
          <Pages
            className="floaters"
            rows={all}
            perPage={rowsOnPage}
            render={(row) => <Line key={row.id} row={row} today={county?.day ?? ''} />}
          />
        </div>
      )}
    </Panel>
  )
}

/** Today's words say that it is active: in a list its flag stands like the others. */
function rowLook(branch: FloatingRow['branch']): Look {
  const look = lookOf(branch)
  return look === 'live' || look === 'active' ? 'online' : look
}

function Line({ row, today }: { readonly row: FloatingRow; readonly today: string }) {
  const { u } = useScreen()
  const isUnknown = useTrust() === 'unknown'
  const { name, isCommittee, branch, joined, lastOn } = row
  const last = lastWords(lastOn, today)
  return (
    <li className="floater" data-testid="floater">
      <FlagSample look={isUnknown ? 'unknown' : rowLook(branch)} u={u * flagScale} />
      <span className={isCommittee ? 'floater-name serif' : 'floater-name'}>
        <BranchOpener id={row.id} name={name} />
      </span>
      <span className="fig">
        <b className={joined === 0 ? 'is-none' : undefined}>{thousands(joined)}</b> /{' '}
        {thousands(branch?.members ?? 0)}
      </span>
      <span className={last === '今天' ? 'fig is-today' : 'fig'}>{last}</span>
      <Digits value={branch?.points ?? 0} testid="floater-points" />
    </li>
  )
}
