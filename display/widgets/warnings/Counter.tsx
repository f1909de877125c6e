/** One of the counters of the warnings: its glyph draws once when a grave one is added. */
import { useState, type ReactNode } from 'react'
import type { Freshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { WarningMark, type Level } from '../../parts/WarningMark.tsx'
import './warnings.css'

export function Change({ by }: { readonly by: number }) {
  if (by === 0) return <>较昨日持平</>
  return (
    <>
      较昨日 <b className={by > 0 ? 'late' : ''}>{by > 0 ? `+${by}` : `−${-by}`}</b>
    </>
  )
}

interface CounterProps {
  readonly label: string
  readonly level: Level
  /** Orange and red warnings of its kind. */
  readonly grave: number
  readonly freshness: Freshness
  readonly value: number
  readonly calm: string
  readonly split: string
  readonly then: ReactNode
  readonly testid: string
}

export function Counter({
  label,
  level,
  grave,
  freshness,
  value,
  calm,
  split,
  then,
  testid,
}: CounterProps) {
  const { phase, until, isCut } = freshness
  const [worst, setWorst] = useState({ grave, rises: 0 })
  if (worst.grave !== grave)
    setWorst({ grave, rises: grave > worst.grave ? worst.rises + 1 : worst.rises })
  return (
    <div className="counter" data-phase={phase}>
      <p className="counter-label">
        {value > 0 && phase !== 'error' && (
          <WarningMark key={worst.rises} level={level} draws={worst.rises > 0} />
        )}
        {label}
      </p>
      {phase === 'error' ? (
        <span className="num counter-dash">—</span>
      ) : (
        <Digits value={value} testid={testid} />
      )}
      {phase === 'error' ? (
        <p className="broken counter-says">规则服务未响应</p>
      ) : phase === 'stale' && !isCut ? (
        <>
          <p className="late counter-says fig">{until}</p>
          <p className="late counter-says">可能已有变化</p>
        </>
      ) : value === 0 ? (
        <p className="counter-says calm">{calm}</p>
      ) : (
        <>
          <p className="counter-says fig">{split}</p>
          <p className="counter-says fig">{then}</p>
        </>
      )}
    </div>
  )
}
