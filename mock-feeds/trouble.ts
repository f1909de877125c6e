/** What a troubled platform does to what it sends. */
import { randomOf } from './random.ts'

export const faults = ['duplicates', 'disorder', 'late', 'silence', 'flood', 'nonsense'] as const
export type Fault = (typeof faults)[number]

/** Turns what a tick would send into what arrives. `nonsense` is sent along where that fault is wanted. */
export function createTrouble<T>(active: readonly Fault[], seed: number, nonsense: readonly T[]) {
  const random = randomOf('faults', seed)
  const on = (fault: Fault) => active.includes(fault)
  let held: { readonly dueMs: number; readonly message: T }[] = []
  return (messages: readonly T[], nowMs: number): readonly T[] => {
    if (on('silence') && Math.floor(nowMs / 60_000) % 3 === 2) {
      held.push(...messages.map((message) => ({ dueMs: nowMs, message })))
      return []
    }
    let out = held.filter(({ dueMs }) => dueMs <= nowMs).map(({ message }) => message)
    held = held.filter(({ dueMs }) => dueMs > nowMs)
    for (const message of messages) {
      if (on('late') && random.chance(0.05))
        held.push({ dueMs: nowMs + random.between(5, 120) * 1000, message })
      else out.push(message)
    }
    if (on('duplicates')) out.push(...out.filter(() => random.chance(0.2)))
    if (on('flood')) out = Array.from({ length: 20 }, () => out).flat()
    if (on('nonsense')) out.push(...nonsense)
    return on('disorder') ? random.shuffled(out) : out
  }
}
