/** 金 or 银 where a branch is on such a list; a flag that flies where it is on none: nothing else of lists is public. */
import type { Row } from '../../../protocol/board.ts'

type Standing = Pick<Row<'branches'>, 'tier' | 'state'>

export function TierSeal({ branch }: { readonly branch: Standing }) {
  if (branch.tier === 'gold' || branch.tier === 'silver')
    return (
      <span className={`tv-seal tv-tier tv-seal-${branch.tier}`}>
        {branch.tier === 'gold' ? '金' : '银'}
      </span>
    )
  return <Flag branch={branch} />
}

/** A plain red cloth while the branch is online; a bare ring where it is not. */
export function Flag({ branch }: { readonly branch: Standing }) {
  const isOnline = branch.state !== 'offline'
  return (
    <svg className="tv-flag" viewBox="0 0 30 30" data-flag={branch.state}>
      {isOnline ? (
        <>
          <path d="M7 28V3" stroke="var(--c-pole)" strokeWidth="2" />
          <path d="M8 4h19v13H8z" fill="var(--c-flag)" />
        </>
      ) : (
        <circle cx="15" cy="15" r="9" fill="none" stroke="var(--c-offline)" strokeWidth="2.5" />
      )}
    </svg>
  )
}
