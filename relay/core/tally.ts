import { monthStart } from './calendar.ts'

/** Sums that can be taken back: a key is gone when everything added under it is. */
export type Tally<K> = Map<K, readonly [sum: number, count: number]>

/** `sign` −1 takes back. */
export function tally<K>(sums: Tally<K>, key: K, amount: number, sign: 1 | -1): void {
  const [sum, count] = sums.get(key) ?? [0, 0]
  if (count + sign === 0) sums.delete(key)
  else sums.set(key, [sum + sign * amount, count + sign])
}

export function sumOf<K>(sums: Tally<K> | undefined, key: K): number {
  return sums?.get(key)?.[0] ?? 0
}

/** Sums over a month's days up to one day, kept beside what they are sums of. Never saved. */
const running = new WeakMap<object, { readonly upTo: number; readonly sum: number }>()

/** Call when something of `day` changed in `days`. */
export function forgetFrom(days: object, day: number): void {
  const known = running.get(days)
  if (known && day <= known.upTo) running.delete(days)
}

/** From the first of the month of `upTo` to the end of `upTo`, which stays right until a day in it changes. */
export function sumOfMonth<T>(
  days: ReadonlyMap<number, T>,
  upTo: number,
  sizeOf: (each: T) => number,
): number {
  const known = running.get(days)
  if (known?.upTo === upTo) return known.sum
  let sum = 0
  for (let day = monthStart(upTo); day <= upTo; day += 1) {
    const each = days.get(day)
    if (each !== undefined) sum += sizeOf(each)
  }
  running.set(days, { upTo, sum })
  return sum
}

/** How often each day occurs, with the days in order. Days are day numbers. */
export interface DayCounts {
  readonly days: number[]
  readonly counts: Map<number, number>
}

export function createDayCounts(): DayCounts {
  return { days: [], counts: new Map() }
}

export function countDay({ days, counts }: DayCounts, day: number, sign: 1 | -1): void {
  const count = (counts.get(day) ?? 0) + sign
  if (count === 0) {
    counts.delete(day)
    days.splice(days.lastIndexOf(day), 1)
    return
  }
  if (!counts.has(day)) {
    let index = days.length
    while (index > 0 && (days[index - 1] ?? day) > day) index -= 1
    days.splice(index, 0, day)
  }
  counts.set(day, count)
}

export function countOn(counts: DayCounts | undefined, day: number): number {
  return counts?.counts.get(day) ?? 0
}

/** The last day not after `day`. */
export function lastUpTo(counts: DayCounts | undefined, day: number): number | undefined {
  return counts?.days.findLast((each) => each <= day)
}

export function countBetween({ days, counts }: DayCounts, from: number, to: number): number {
  let sum = 0
  for (let index = days.length - 1; index >= 0; index -= 1) {
    const day = days[index] ?? from
    if (day < from) break
    if (day <= to) sum += counts.get(day) ?? 0
  }
  return sum
}
