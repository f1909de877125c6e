/** The three counters of 预警: silence, dues, terms. */
import type { Row } from '../../../protocol/board.ts'
import { useThresholds } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { thousands } from '../../words.ts'
import { Change, Counter } from './Counter.tsx'
import './warnings.css'

interface Words {
  /** How many of each are orange or red. */
  readonly grave: { readonly silence: number; readonly dues: number; readonly term: number }
  /** What is said where nothing is open. */
  readonly calm: { readonly silence: string; readonly dues: string; readonly term: string }
  /** Behind the number of silent branches. */
  readonly ofSilent: string
}

interface Props extends Words {
  readonly county: Row<'county'>
}

export function Counters({ county, grave, calm, ofSilent }: Props) {
  const silence = useFreshness('activities')
  const dues = useFreshness('dues')
  const term = useFreshness('term')
  const soon = useThresholds()?.termSoonDays
  return (
    <div className="counters">
      <Counter
        label="静默支部"
        level={2}
        grave={grave.silence}
        freshness={silence}
        value={county.silent}
        testid="counter-silent"
        calm={calm.silence}
        split={ofSilent}
        then={<Change by={county.silent - county.silentYesterday} />}
      />
      <Counter
        label="党费未缴"
        level={2}
        grave={grave.dues}
        freshness={dues}
        value={county.duesUnpaid}
        testid="counter-dues"
        calm={calm.dues}
        split={`人 · ${thousands(county.duesUnpaidBranches)} 个支部`}
        then={<Change by={county.duesUnpaid - county.duesUnpaidYesterday} />}
      />
      <Counter
        label="换届到期"
        level={3}
        grave={grave.term}
        freshness={term}
        value={county.termDue}
        testid="counter-term"
        calm={calm.term}
        split={`个 · 逾期 ${county.termOverdue}`}
        then={
          <>
            {soon === undefined ? '近期' : `${soon} 天内`}另有 {county.termSoon}
          </>
        }
      />
    </div>
  )
}
