/** A counter whose digits roll one by one; its width depends on the number of digits only. */
import { useEffect, useReducer, useRef, useState } from 'react'
import { useScreen } from '../kiosk/screen.ts'
import tokens from '../theme/tokens.json'
import { thousands } from '../words.ts'
import { coalesceMs, hold, turnOf, type Held } from './coalesce.ts'
import { useCue } from './cue.ts'
import './digits.css'

const freshMs = 6_000
const [counterMs = 0] = tokens.motion.event.counter

interface Props {
  readonly value: number
  /** Digits after the point. */
  readonly decimals?: number
  /** Shows ▲n or ▼n for 6 s and turns gold meanwhile. */
  readonly delta?: boolean
  /** Waits for the flag of the event that changed it. */
  readonly follows?: boolean
  readonly testid: string
}

interface Turn {
  readonly held: Held
  readonly before: number | null
}

export function Digits({ value, decimals = 0, delta = false, follows = false, testid }: Props) {
  const { reduced } = useScreen()
  const [turn, setTurn] = useState<Turn>(() => ({
    held: { shown: value, wanted: value, changedAt: -Infinity },
    before: null,
  }))
  const [, redraw] = useReducer((count: number) => count + 1, 0)
  const latest = useRef(turn)
  const cue = useCue(counterMs)

  useEffect(
    function coalesceChanges() {
      const take = () => {
        const held = hold(latest.current.held, value, performance.now())
        if (held === latest.current.held) return
        const before =
          held.shown === latest.current.held.shown
            ? latest.current.before
            : latest.current.held.shown
        latest.current = { held, before }
        setTurn(latest.current)
      }
      let timer: ReturnType<typeof setTimeout> | undefined
      const run = () => {
        take()
        if (latest.current.held.shown === value) return
        const wait = coalesceMs - (performance.now() - latest.current.held.changedAt)
        timer = setTimeout(take, Math.max(0, wait) + 1)
      }
      const cueMs = follows && latest.current.held.shown !== value ? cue() : 0
      if (cueMs > 0) timer = setTimeout(run, cueMs)
      else run()
      return () => clearTimeout(timer)
    },
    [value, follows, cue],
  )
  useEffect(
    function calmDown() {
      if (turn.before === null) return
      const timer = setTimeout(redraw, freshMs + 20)
      return () => clearTimeout(timer)
    },
    [turn],
  )

  const { shown, changedAt } = turn.held
  const isFresh = turn.before !== null && performance.now() - changedAt < freshMs
  const rolls = isFresh && !reduced && turnOf(turn.before, shown) === 'roll'
  const text = format(shown, decimals)
  const old =
    rolls && turn.before !== null ? format(turn.before, decimals).padStart(text.length) : text
  const change = turn.before === null ? 0 : shown - turn.before
  return (
    <span
      className={`digits num${delta && isFresh ? ' is-fresh' : ''}`}
      data-testid={testid}
      data-value={shown}
    >
      <span
        className={rolls ? 'digits-run' : 'digits-run fades'}
        key={rolls ? 'roll' : `fade-${text}`}
      >
        {Array.from(text, (char, index) => {
          const before = old[index] ?? ' '
          const fromRight = text.length - 1 - index
          return (
            <span
              key={before === char ? fromRight : `${fromRight}-${changedAt}`}
              className={
                before === char ? 'digit' : change >= 0 ? 'digit rolls up' : 'digit rolls down'
              }
              data-before={before}
              style={before === char ? undefined : { animationDelay: `${fromRight * 40}ms` }}
            >
              <span>{char}</span>
            </span>
          )
        })}
      </span>
      {delta && isFresh && change !== 0 && (
        <span className="digits-delta">
          {change > 0 ? '▲' : '▼'}
          {format(Math.abs(change), decimals)}
        </span>
      )}
    </span>
  )
}

function format(value: number, decimals: number): string {
  return decimals === 0 ? thousands(value) : value.toFixed(decimals)
}
