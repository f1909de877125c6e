/** Thirty days of what came in and what was closed. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'

export interface Month {
  readonly kind: 'cases' | 'orders'
  /** In, closed; orders are only told as they come in. Today last. */
  readonly days: readonly (readonly number[])[]
  readonly sums: readonly number[]
}

type Series = Row<'daily'>['series']

/** Cases where they are told of, else orders; null where neither was told in thirty days. */
export function monthOf(daily: Board['daily']): Month | null {
  const of = (series: Series) => daily.get(series)?.values ?? []
  const cases = [of('casesCollected'), of('casesHandled')]
  if (cases.some((values) => values.some((value) => value > 0))) return made('cases', cases)
  const orders = [of('orders')]
  return orders.some((values) => values.some((value) => value > 0)) ? made('orders', orders) : null
}

function made(kind: Month['kind'], series: readonly (readonly number[])[]): Month {
  const length = Math.max(...series.map((values) => values.length))
  return {
    kind,
    days: Array.from({ length }, (_, day) => series.map((values) => values[day] ?? 0)),
    sums: series.map((values) => values.reduce((sum, value) => sum + value, 0)),
  }
}
