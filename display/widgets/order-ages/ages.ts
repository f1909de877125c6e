/** Orders that residents have not verified, by the whole days since they were requested. Pure. */
import type { Board } from '../../../protocol/board.ts'

/** Over all stages, from today on; empty days at the end left out, but for the first week. */
export function agesOf(orders: Board['orders']): readonly number[] {
  const days: number[] = [0, 0, 0, 0, 0, 0, 0]
  for (const { waitingDays } of orders.values())
    for (const [day, count] of waitingDays.entries())
      if (count > 0 || day < days.length) days[day] = (days[day] ?? 0) + count
  return Array.from(days, (count) => count ?? 0)
}

/** From which day on they are past their time: as many of the oldest as the relay says are; null where none is. */
export function lateFrom(days: readonly number[], overtime: number): number | null {
  let late = 0
  for (let day = days.length - 1; day >= 0; day -= 1) {
    late += days[day] ?? 0
    if (late > overtime) return day === days.length - 1 ? null : day + 1
  }
  return overtime === 0 ? null : 0
}
