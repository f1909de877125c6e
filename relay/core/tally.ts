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

/**
 * The same for an organisation, by whole numbers: key, sum and count one after the other, in order of the keys.
 * A Map would take ten times the memory of what one organisation has.
 */
export type FlatTally = readonly number[]

export function tallied(sums: FlatTally, key: number, amount: number, sign: 1 | -1): FlatTally {
  const at = startOf(sums, key)
  if (sums[at] !== key) return sums.toSpliced(at, 0, key, sign * amount, sign)
  const count = (sums[at + 2] ?? 0) + sign
  if (count === 0) return sums.toSpliced(at, 3)
  return sums.toSpliced(at + 1, 2, (sums[at + 1] ?? 0) + sign * amount, count)
}

/** Of the keys `from` … `to`, both within. */
export function sumWithin(sums: FlatTally, from: number, to: number): number {
  let sum = 0
  for (let at = sums.length - 3; at >= 0; at -= 3) {
    const key = sums[at] ?? from
    if (key < from) break
    if (key <= to) sum += sums[at + 1] ?? 0
  }
  return sum
}

/** Where the first key that is not below `key` stands; most that is told is of the newest. */
function startOf(sums: FlatTally, key: number): number {
  let at = sums.length
  while (at > 0 && (sums[at - 3] ?? key) >= key) at -= 3
  return at
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

export function countBetween({ days, counts }: DayCounts, from: number, to: number): number {
  let sum = 0
  for (let index = days.length - 1; index >= 0; index -= 1) {
    const day = days[index] ?? from
    if (day < from) break
    if (day <= to) sum += counts.get(day) ?? 0
  }
  return sum
}
