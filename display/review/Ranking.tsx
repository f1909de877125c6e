/** 排行: who leads by the points of the month, and who moved since midnight. */
import { useMemo } from 'react'
import { useTable } from '../board.ts'
import { useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { reasonNames, thousands } from '../words.ts'
import { branchesOf, type Branch } from './facts.ts'
import { useScope } from './place.ts'
import { BranchLink } from './Rows.tsx'

const leading = 20
const moving = 10

export function Ranking() {
  const scope = useScope()
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const freshness = useFreshness('points')
  const all = useMemo(
    () => branchesOf({ organizations, branches }, scope),
    [organizations, branches, scope],
  )
  const first = useMemo(
    () => all.toSorted((a, b) => a.pulse.rank - b.pulse.rank).slice(0, leading),
    [all],
  )
  const moved = useMemo(
    () =>
      all
        .filter(({ pulse }) => pulse.rank !== pulse.rankBefore)
        .sort((a, b) => Math.abs(moveOf(b)) - Math.abs(moveOf(a)))
        .slice(0, moving),
    [all],
  )
  return (
    <div className="today">
      <section className="card" aria-label="积分排行">
        <h2>
          积分排行 <Age mark={freshness.mark} />
        </h2>
        <Ranked rows={first} />
      </section>
      <section className="card" aria-label="名次变化">
        <h2>
          名次变化 <Age mark={freshness.mark} />
        </h2>
        {moved.length === 0 ? (
          <p className="none">零点以来名次没有变化</p>
        ) : (
          <Ranked rows={moved} />
        )}
      </section>
    </div>
  )
}

const moveOf = ({ pulse }: Branch) => pulse.rankBefore - pulse.rank

function Ranked({ rows }: { readonly rows: readonly Branch[] }) {
  return (
    <ol className="rows">
      {rows.map((row) => (
        <li key={row.pulse.id}>
          <span className="num rank">{row.pulse.rank}</span>
          <BranchLink
            organization={row.organization}
            {...(row.pulse.reason === null ? {} : { more: reasonNames[row.pulse.reason] })}
          />
          <span className="num">
            <b>{thousands(row.pulse.points)}</b> 分
          </span>
          <span className="num">{moveWords(moveOf(row))}</span>
        </li>
      ))}
    </ol>
  )
}

function moveWords(by: number): string {
  return by === 0 ? '' : by > 0 ? `升 ${by} 位` : `降 ${-by} 位`
}
