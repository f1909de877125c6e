/** 预警: every warning of the own part of the tree, and what may be done about it. */
import { useCallback, useMemo } from 'react'
import { Handlings as Told } from '../../protocol/handling.ts'
import { useTable } from '../board.ts'
import { ask } from '../console/ask.ts'
import { usePoll } from '../console/poll.ts'
import { useSession } from '../console/session.ts'
import { useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { warningsOf } from './facts.ts'
import { useScope } from './place.ts'
import { WarningRow } from './WarningRow.tsx'

const mostRows = 100

export function Handlings() {
  const { me } = useSession()
  return me.account?.role === 'branch' ? <OfBranch /> : <OfBoard />
}

function OfBoard() {
  const scope = useScope()
  const warnings = useTable('warnings')
  const organizations = useTable('organizations')
  const freshness = useFreshness('activities')
  const rows = useMemo(
    () => warningsOf({ warnings, organizations }, scope),
    [warnings, organizations, scope],
  )
  return (
    <section className="card" aria-label="预警">
      <h2>
        预警 {rows.length} <Age mark={freshness.mark} />
      </h2>
      {rows.length === 0 && <p className="none">没有预警</p>}
      <ol className="rows">
        {rows.slice(0, mostRows).map((warning) => (
          <WarningRow
            key={warning.id}
            warning={warning}
            name={organizations.get(warning.organization)?.name ?? warning.organization}
          />
        ))}
      </ol>
      {rows.length > mostRows && (
        <p className="none">先列最重的 {mostRows} 条;其余在各乡镇和支部的页上</p>
      )}
    </section>
  )
}

/** Its board is the public's, which names no warning: it asks for its own. */
function OfBranch() {
  const { token } = useSession()
  const question = useCallback(() => ask(token, Told, '/v1/handling'), [token])
  const { value, trouble, again } = usePoll(question)
  return (
    <section className="card" aria-label="预警">
      <h2>本支部的预警 {value?.warnings.length ?? ''}</h2>
      <p role="alert">{trouble}</p>
      {value?.warnings.length === 0 && <p className="none">没有预警</p>}
      <ol className="rows">
        {value?.warnings.map(({ name, warning }) => (
          <WarningRow key={warning.id} warning={warning} name={name} onDone={again} />
        ))}
      </ol>
    </section>
  )
}
