/** What the parts share: CPU of a process, medians, rows of the table, and rounds that take turns. */
import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One line of the table. */
export interface BenchRow {
  readonly name: string
  /** Ours, with its unit. */
  readonly value: string
  /** What it is held against, measured in the same run, with its unit. */
  readonly limit: string
  /** Ours divided by the limit, or the other way round where more is better: see `target`. */
  readonly ratio: number
  /** Absent where the figure stands for itself. */
  readonly target?: { readonly atMost: number } | { readonly atLeast: number }
}

/** What a part may do besides measuring. */
export interface Bench {
  /** A line about how far it has come. */
  say(line: string): void
  /** A row that stands even when the part does not come to its end. */
  add(row: BenchRow): void
  /** Ms that the part may still take. */
  leftMs(): number
  /** As long as it is told to go on, where it goes on for minutes. */
  readonly minutes: number
  /** Ends with the part, also when that runs out of time. */
  own<T extends ChildProcess>(child: T): T
  /** Called when the part is over, however it ends. */
  atEnd(stop: () => unknown): void
}

export type Part = (bench: Bench) => Promise<readonly BenchRow[]>

/** CPU seconds (user and system) that a process has used so far; Linux's /proc, 100 ticks a second. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Resident memory of a process, MB. */
export function residentMb(pid: number): number {
  const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kb) / 1024
}

/** The value below which a share (0 … 1) of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return Number.isInteger(middle)
    ? ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
    : (sorted[Math.floor(middle)] ?? Number.NaN)
}

/** Medians of both sides, and of ours ÷ limit within each round. */
export interface Pair {
  readonly limit: number
  readonly ours: number
  readonly ratio: number
}

/**
 * Limit and ours by turns, so that whatever else the machine does disturbs both alike. A first round of each warms
 * up and does not count. On a busy machine there are fewer rounds than asked for, but one at least.
 */
export async function alternate(
  bench: Bench,
  rounds: number,
  limit: () => number | Promise<number>,
  ours: () => number | Promise<number>,
): Promise<Pair> {
  await limit()
  await ours()
  const samples: { limit: number; ours: number }[] = []
  while (samples.length < rounds) {
    const before = bench.leftMs()
    const first = await limit()
    samples.push({ limit: first, ours: await ours() })
    const tookMs = before - bench.leftMs()
    if (bench.leftMs() < 1.5 * tookMs + 2_000) break
  }
  if (samples.length < rounds)
    bench.say(`only ${samples.length} of ${rounds} rounds: the machine is busy`)
  return {
    limit: median(samples.map((each) => each.limit)),
    ours: median(samples.map((each) => each.ours)),
    ratio: median(samples.map((each) => each.ours / each.limit)),
  }
}

/** CPU seconds that `work` takes in this process. */
export function cpuOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

export const micro = (seconds: number): string =>
  `${(seconds * 1e6).toFixed(seconds < 1e-4 ? 1 : 0)} µs`
export const count = (amount: number): string => Math.round(amount).toLocaleString('en')

export function isMet({ ratio, target }: BenchRow): boolean {
  if (target === undefined) return true
  return 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast
}
