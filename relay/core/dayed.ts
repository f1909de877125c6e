/** Sums by key and local day number, for keys such as a community or a basic. Pure. */
import { sumOf, tally, type Tally } from './tally.ts'

export interface Dayed<K> {
  add(key: K, day: number, amount: number, sign: 1 | -1): void
  between(key: K, from: number, to: number): number
  keys(): Iterable<K>
}

export function createDayed<K>(): Dayed<K> {
  const sums = new Map<K, Tally<number>>()
  return {
    add(key, day, amount, sign) {
      const days = sums.get(key) ?? new Map<number, readonly [number, number]>()
      tally(days, day, amount, sign)
      if (days.size === 0) sums.delete(key)
      else sums.set(key, days)
    },
    between(key, from, to) {
      const days = sums.get(key)
      let sum = 0
      for (let day = from; days && day <= to; day += 1) sum += sumOf(days, day)
      return sum
    },
    keys: () => sums.keys(),
  }
}
