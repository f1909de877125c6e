/** Learners by 10-minute slots since midnight. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { slotMs, type State } from '../state.ts'
import { sumOf } from '../tally.ts'

const slotsOfDay = 144

/** Cumulative, up to the slot that the minute is in; yesterday whole. */
export function studyRows(
  learners: State['learners'],
  day: number,
  minute: number,
): readonly Row<'study'>[] {
  const upTo = (of: number, slots: number) => {
    const soFar: number[] = []
    let sum = 0
    for (let slot = 0; slot < slots; slot += 1) soFar.push((sum += sumOf(learners.get(of), slot)))
    return soFar
  }
  return [
    { id: 'today', learners: upTo(day, Math.floor((minute * 60_000) / slotMs) + 1) },
    { id: 'yesterday', learners: upTo(day - 1, slotsOfDay) },
  ]
}

/** Up to a minute of a day; the slot that the minute is in counts by its share. */
export function learnersUpTo(learners: State['learners'], day: number, minute: number): number {
  const slots = learners.get(day)
  const exact = (minute * 60_000) / slotMs
  let sum = sumOf(slots, Math.floor(exact)) * (exact % 1)
  for (let slot = 0; slot < Math.floor(exact); slot += 1) sum += sumOf(slots, slot)
  return Math.floor(sum + 1e-9)
}

export function learnersOf(learners: State['learners'], day: number): number {
  let sum = 0
  for (const [each] of learners.get(day)?.values() ?? []) sum += each
  return sum
}
