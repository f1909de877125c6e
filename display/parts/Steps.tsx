/** Seals of a way in a row, with what reached each today and what waits between: 点 64 — 待派 3 → 派 61. */
import type { StepWord } from '../case-words.ts'
import { thousands } from '../words.ts'
import { Digits } from './Digits.tsx'
import { Seal } from './Seal.tsx'
import './steps.css'

export interface StepCount {
  readonly today: number
  readonly year: number
  readonly waiting: number
  readonly late: number
}

interface Props<S extends string> {
  readonly steps: readonly StepWord<S>[]
  readonly counts: (stage: S) => StepCount
  readonly testid: string
}

export function Steps<S extends string>({ steps, counts, testid }: Props<S>) {
  return (
    <ol className="steps">
      {steps.map(({ stage, char, name, awaits }, index) => {
        const { today, year, waiting, late } = counts(stage)
        return (
          <li key={stage} className="step">
            <Seal char={char} variant={index === steps.length - 1 ? 'done' : 'now'} />
            <p className="step-count">
              <Digits value={today} delta testid={`${testid}-${stage}`} />
              <span>{name}</span>
              <span className="fig">今年 {thousands(year)}</span>
            </p>
            {index < steps.length - 1 && (
              <p className="step-wait">
                <span>
                  {awaits !== null && (
                    <>
                      {awaits} <b className="num">{thousands(waiting)}</b>
                    </>
                  )}
                </span>
                <i />
                <span className="step-late fig">{late > 0 && `◆ 超时 ${thousands(late)}`}</span>
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}
