/** How often a value has changed since the widget first showed it: the key of what marks a change. */
import { useState } from 'react'

export function useChanges(value: unknown): number {
  const [seen, setSeen] = useState({ value, count: 0 })
  if (Object.is(seen.value, value)) return seen.count
  const next = { value, count: seen.count + 1 }
  setSeen(next)
  return next.count
}
