/** 流动党员: the county's members elsewhere; the threads to them start on the map. */
import { useCounty } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import './floating.css'

export function Floating() {
  const county = useCounty()
  const { phase } = useFreshness('organizations')
  return (
    <section className="floating" data-testid="floating" data-phase={phase} aria-label="流动党员">
      <h2 className="floating-title serif">流动党员</h2>
      {county === null || phase === 'error' ? (
        <>
          <span className="num">—</span>
          {phase === 'error' && <p className="floating-why broken">无法取得,已隐藏旧值</p>}
        </>
      ) : (
        <>
          <Digits value={county.floatingMembers} testid="floating-members" />
          <p className="fig">{county.floatingCommittees} 个流动党委</p>
          <p className="fig">{county.floatingBranches} 个流动党支部</p>
        </>
      )}
    </section>
  )
}
