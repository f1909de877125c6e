/** The last event beside the map; an empty slot shows nothing. */
import { useTable, useTrust, useWall } from '../../board.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { formNames, placeOf } from '../../words.ts'
import './event-card.css'

export function EventCard() {
  const current = useWall((state) => state.stage.current)
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const trust = useTrust()
  const row = current === null ? undefined : feed.get(current.id)
  if (current === null || row === undefined || trust === 'stale' || trust === 'unknown') return null
  const organization = organizations.get(row.organization)
  const name = organization?.name ?? row.organization
  return (
    <div className="event-card fades" key={current.seq} data-testid="event-card">
      <p className="event-place">{placeOf({ townships }, organization)}</p>
      <p className={name.length > 7 ? 'event-name is-long serif' : 'event-name serif'}>
        <BranchOpener id={row.organization} name={name} />
      </p>
      <p className="event-form">
        {formNames[row.form]}{' '}
        <span className="fig">
          {row.expected > 0 && `${row.present}/${row.expected}`}
          {current.more > 0 && ` +${current.more}`}
        </span>
      </p>
    </div>
  )
}
