/** 待审: activities whose review is due, with what was handed in. They are reviewed where they came from. */
import { useMemo } from 'react'
import { instantMs } from '../../protocol/time.ts'
import { useTable, useWall } from '../board.ts'
import { span, useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { formNames } from '../words.ts'
import { pendingOf } from './facts.ts'
import { useScope } from './place.ts'
import { BranchLink } from './Rows.tsx'

export function Reviews() {
  const scope = useScope()
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const now = useWall((state) => state.now)
  const freshness = useFreshness('activities')
  const pending = useMemo(
    () => pendingOf({ feed, organizations }, scope),
    [feed, organizations, scope],
  )
  return (
    <section className="card" aria-label="待审">
      <h2>
        待{scope.length === 6 ? '县终审' : '镇初审'} {pending.length} <Age mark={freshness.mark} />
      </h2>
      <p className="none">审核请在报送平台办理:各平台都没有开放写回,这里只看材料和进度</p>
      {pending.length === 0 && <p className="none">没有等着您的</p>}
      <ol className="rows">
        {pending.map((row) => {
          const organization = organizations.get(row.organization)
          return (
            organization !== undefined && (
              <li key={row.id}>
                <BranchLink
                  organization={organization}
                  more={`${formNames[row.form]} · ${row.title} · 签到 ${row.present}/${row.expected}`}
                />
                <span className="num">已等 {span(now - instantMs(row.at))}</span>
              </li>
            )
          )
        })}
      </ol>
    </section>
  )
}
