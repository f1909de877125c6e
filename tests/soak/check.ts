/** Figures told by a relay against figures counted here. */
import { covers } from '../../protocol/division.ts'
import { measureNames } from '../../protocol/measures.ts'
import type { Counts } from './count-branches.ts'
import { figuresOfCounts } from './figures.ts'

export interface Verdicts {
  readonly compared: number
  readonly wrong: readonly string[]
}

export type Figures = Readonly<Record<string, unknown>>

/** What is beneath a scope, added up. */
export function sumBeneath(counts: ReadonlyMap<string, Counts>, scope: string): Counts {
  const sum: Counts = {}
  for (const [code, each] of counts) {
    if (!covers(scope, code)) continue
    for (const measure of measureNames) sum[measure] = (sum[measure] ?? 0) + (each[measure] ?? 0)
  }
  return sum
}

const isNear = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) < 1e-9

export function compareCounts(scope: string, told: Figures, counts: Counts): Verdicts {
  const expected = figuresOfCounts(counts)
  const wrong = Object.entries(expected)
    .filter(([name, value]) => !isNear(told[name], value))
    .map(([name, value]) => `${scope} ${name}: told ${String(told[name])}, counted ${value}`)
  return { compared: Object.keys(expected).length, wrong }
}

/** Every figure that one of them names. Ages are not figures. */
export function compareFigures(what: string, a: Figures, b: Figures): Verdicts {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (name) => name !== 'ages' && name !== 'asOf',
  )
  const wrong = names
    .filter((name) => a[name] !== b[name])
    .map((name) => `${what} ${name}: ${String(a[name])} and ${String(b[name])}`)
  return { compared: names.length, wrong }
}
