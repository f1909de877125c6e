/** The hours in which a screen is planned to be off: a page cannot switch a set off, so its picture is dark until a key is pressed. */
import { useEffect, useState } from 'react'
import { isBetween, toInstant } from '../../../protocol/time.ts'
import { clockTime } from '../../freshness.ts'
import { useMinute } from '../facts/use-village.ts'
import { useListener } from '../focus/use-focus.ts'
import { useTelevision, useTv } from '../television.ts'
import './rest.css'

/** After the last key. */
const awakeMs = 120_000

export function useRest(): boolean {
  const { clock } = useTelevision()
  const sleep = useTv((state) => state.sleep)
  const now = useMinute()
  const [keyAt, setKeyAt] = useState(-Infinity)
  useEffect(
    function hearAnyKey() {
      const hear = () => setKeyAt(clock())
      addEventListener('keydown', hear, true)
      return () => removeEventListener('keydown', hear, true)
    },
    [clock],
  )
  if (sleep === null || clock() - keyAt < awakeMs) return false
  return isBetween(sleep.from, sleep.to, toInstant(now).slice(11, 16))
}

export function Rest() {
  const now = useMinute()
  // The key that wakes it does nothing else.
  useListener(() => true)
  // Never at one place, that nothing burns in.
  const minute = Math.floor(now / 60_000)
  return (
    <div className="tv-rest">
      <p
        className="num"
        style={{
          left: `calc(var(--t) * ${12 + ((minute * 37) % 100)})`,
          top: `calc(var(--t) * ${10 + ((minute * 23) % 60)})`,
        }}
      >
        {clockTime(now)}
      </p>
    </div>
  )
}
