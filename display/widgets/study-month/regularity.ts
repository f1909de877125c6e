/** Of the whole days: today is not over, and would pull every mean down until midnight. Pure. */

export interface Regularity {
  readonly mean: number
  /** Over all days, today so far included. */
  readonly most: number
  /** Of the whole days. */
  readonly least: number
}

/** Today last; null where nobody studied. */
export function regularityOf(values: readonly number[]): Regularity | null {
  const whole = values.slice(0, -1)
  if (values.every((value) => value === 0)) return null
  const sum = whole.reduce((all, value) => all + value, 0)
  return {
    mean: whole.length === 0 ? 0 : Math.round(sum / whole.length),
    most: Math.max(...values),
    least: whole.length === 0 ? 0 : Math.min(...whole),
  }
}
