/** Rows that lead to a branch's page. */
import type { Row } from '../../protocol/board.ts'
import { useTable } from '../board.ts'
import { placeOf } from '../words.ts'
import type { Branch } from './facts.ts'
import { Glyph } from './Glyph.tsx'
import { addressOf } from './place.ts'

export function BranchLink({
  organization,
  more,
}: {
  readonly organization: Row<'organizations'>
  readonly more?: string
}) {
  const townships = useTable('townships')
  return (
    <a className="branch" href={addressOf('branch', organization.id)}>
      <bdi>{organization.name}</bdi>
      <small>
        {[placeOf({ townships }, organization), more ?? '']
          .filter((word) => word !== '')
          .join(' · ')}
      </small>
    </a>
  )
}

export function SilentRows({ rows }: { readonly rows: readonly Branch[] }) {
  const warnings = useTable('warnings')
  if (rows.length === 0) return <p className="none">没有静默的支部</p>
  return (
    <ol className="rows">
      {rows.map(({ organization, pulse }) => {
        const warning = warnings.get(`silence/${pulse.id}`)
        return (
          <li key={pulse.id}>
            <Glyph level={pulse.level === 0 ? 1 : pulse.level} />
            <BranchLink
              organization={organization}
              more={warning === undefined || warning.reminders === 0 ? '待提醒' : '督办中'}
            />
            <span className="num">
              <b>{pulse.silentDays}</b> 天
            </span>
          </li>
        )
      })}
    </ol>
  )
}
