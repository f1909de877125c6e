/** What a year of residents' business comes to, of what the division's platforms tell. Pure. */
import type { Board } from '../../../protocol/board.ts'
import type { Totals } from '../../../protocol/measures.ts'

export interface Figure {
  readonly name: string
  readonly value: number
  /** Digits after the point. */
  readonly decimals: number
  readonly unit: string
  readonly isLate?: boolean
}

const percent = (part: number, whole: number) => (whole === 0 ? 0 : (part / whole) * 100)

/** Cases where they are told, else orders; what nobody rates has no rate. At most four. */
export function figuresOf(totals: Totals | undefined, orders: Board['orders']): readonly Figure[] {
  if (totals === undefined) return []
  const resolved: readonly Figure[] =
    totals.ordersResolved === 0
      ? []
      : [rate('满意率', percent(totals.ordersResolved, totals.ordersVerified))]
  if (totals.casesCollected > 0)
    return [
      { name: '受理', value: totals.casesCollected, decimals: 0, unit: '件' },
      rate('办结率', percent(totals.casesDisposed, totals.casesCollected)),
      ...resolved,
      late(totals.casesOverdue, '件'),
    ]
  if (totals.ordersRequested > 0)
    return [
      { name: '今年单数', value: totals.ordersRequested, decimals: 0, unit: '单' },
      rate('办结率', percent(totals.ordersVerified, totals.ordersRequested)),
      ...resolved,
      late(
        [...orders.values()].reduce((sum, { overtime }) => sum + overtime, 0),
        '单',
      ),
    ]
  return []
}

function rate(name: string, value: number): Figure {
  return { name, value, decimals: 1, unit: '%' }
}

function late(value: number, unit: string): Figure {
  return { name: '超时', value, decimals: 0, unit, isLate: value > 0 }
}

/** 作风投诉同比: −19 for a fifth fewer than in the same months of the year before; null where none was told. */
export function complaintsChange(totals: Totals | undefined): number | null {
  if (totals === undefined || totals.complaintsBefore === 0) return null
  return Math.round((totals.complaints / totals.complaintsBefore - 1) * 100)
}
