/** 支部: the townships, the branches of one, and a way to find any by its name. */
import { useMemo, useState } from 'react'
import { useTable, useWall } from '../board.ts'
import { useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { branchesOf, type Branch } from './facts.ts'
import { Glyph } from './Glyph.tsx'
import { useScope } from './place.ts'
import { BranchLink } from './Rows.tsx'
import { saveTable } from './save.ts'

const mostRows = 100
const stateNames = {
  live: '直播',
  active: '活动',
  silent: '静默',
  online: '在线',
  offline: '离线',
} as const

export function Branches({ township }: { readonly township: string | null }) {
  const own = useScope()
  const scope = own.length === 9 ? own : (township ?? own)
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const name = useTable('townships').get(scope)?.name ?? '全部支部'
  const now = useWall((state) => state.now)
  const freshness = useFreshness('organizations')
  const [find, setFind] = useState('')
  const rows = useMemo(
    () =>
      branchesOf({ organizations, branches }, scope)
        .filter(({ organization }) => organization.name.includes(find.trim()))
        .sort((a, b) => b.pulse.silentDays - a.pulse.silentDays),
    [organizations, branches, scope, find],
  )
  return (
    <section className="card" aria-label={name}>
      <h2>
        {name} {rows.length} <Age mark={freshness.mark} />
      </h2>
      <div className="finding no-print">
        <label>
          找支部
          <input type="search" value={find} onChange={({ target }) => setFind(target.value)} />
        </label>
        <button onClick={() => void saveTable('csv', name, sheetOf(rows), now)}>导出 CSV</button>
        <button onClick={() => void saveTable('xlsx', name, sheetOf(rows), now)}>导出 XLSX</button>
      </div>
      {rows.length === 0 && <p className="none">没有叫这个名字的支部</p>}
      <ol className="rows">
        {rows.slice(0, mostRows).map(({ organization, pulse }) => (
          <li key={pulse.id}>
            {pulse.level > 0 && <Glyph level={pulse.level === 0 ? 1 : pulse.level} />}
            <BranchLink organization={organization} more={stateNames[pulse.state]} />
            <span className="num">
              <b>{pulse.silentDays}</b> 天前活动
            </span>
            <span className="num">第 {pulse.rank} 名</span>
          </li>
        ))}
      </ol>
      {rows.length > mostRows && (
        <p className="none">先列 {mostRows} 个;其余请按名字找,导出的表里是全部</p>
      )}
    </section>
  )
}

function sheetOf(rows: readonly Branch[]): readonly (readonly (string | number)[])[] {
  return [
    ['编号', '名称', '状态', '距上次活动(天)', '党员', '本月积分', '名次'],
    ...rows.map(({ organization, pulse }) => [
      organization.id,
      organization.name,
      stateNames[pulse.state],
      pulse.silentDays,
      pulse.members,
      pulse.points,
      pulse.rank,
    ]),
  ]
}
