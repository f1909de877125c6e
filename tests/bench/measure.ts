/** What the benches share: CPU of a process, percentiles, one row of the table. */
import { readFileSync } from 'node:fs'

export interface BenchRow {
  readonly name: string
  /** What the figure is a ratio of, measured in the same run. */
  readonly limit: string
  readonly measured: string
  readonly ratio: number
  readonly target: string
  readonly isMet: boolean
}

/** CPU seconds (user and system) that a process has used so far; Linux's /proc, 100 ticks a second. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** The value below which a share (0 … 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function atMost(
  name: string,
  limit: string,
  measured: string,
  ratio: number,
  target: number,
): BenchRow {
  return { name, limit, measured, ratio, target: `≤ ${target}`, isMet: ratio <= target }
}
export function atLeast(
  name: string,
  limit: string,
  measured: string,
  ratio: number,
  target: number,
): BenchRow {
  return { name, limit, measured, ratio, target: `≥ ${target}`, isMet: ratio >= target }
}
