/** How long it took to handle, in columns of some hours each. Pure. */

export interface Hours {
  /** Hours of one column: 1, 2, 3, 4 or 6, so that two dozen columns hold the slowest. */
  readonly step: number
  readonly columns: readonly number[]
  readonly handled: number
  /** Hours within which half of them were handled. */
  readonly middle: number
}

const mostColumns = 24

/** `hours[n]`: handled in the n-th hour; the last holds all that took longer. Null where nothing was. */
export function hoursOf(hours: readonly number[]): Hours | null {
  const handled = hours.reduce((sum, count) => sum + count, 0)
  if (handled === 0) return null
  const last = hours.findLastIndex((count) => count > 0)
  const step = [1, 2, 3, 4].find((each) => (last + 1) / each <= mostColumns) ?? 6
  const columns = Array.from({ length: Math.ceil((last + 1) / step) }, (_, column) =>
    hours.slice(column * step, (column + 1) * step).reduce((sum, count) => sum + count, 0),
  )
  let before = 0
  const middle = hours.findIndex((count) => (before += count) >= handled / 2)
  return { step, columns, handled, middle: middle + 1 }
}
