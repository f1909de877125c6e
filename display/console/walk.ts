/** Up, down, Home and End walk from row to row; what they stop at bears `data-walk`, with one word a column. */
import type { KeyboardEvent } from 'react'

export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const { target, currentTarget, key } = event
  if (!(target instanceof HTMLElement)) return
  const column = target.dataset['walk']
  if (column === undefined) return
  const stops = [...currentTarget.querySelectorAll<HTMLElement>(`[data-walk="${column}"]`)]
  const at = stops.indexOf(target)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[key]
  if (to === undefined) return
  event.preventDefault()
  stops[to]?.focus()
}
