/**
 * What a period was like, made of the boards at the end of each of its days: as it is known now, and as it was known
 * when the period ended. Where the two differ, the period was corrected afterwards.
 */
import type { Board } from '../../protocol/board.ts'
import { covers } from '../../protocol/division.ts'
import { noTotals, type Measure } from '../../protocol/measures.ts'
import { dayMs, dayNumber, dayOfNumber, dayStartMs } from '../../protocol/time.ts'
import { monthStart } from '../core/calendar.ts'
import type { Division } from './division.ts'
import { createWalk, inSlices, lastReceivedBy, type Log } from './past.ts'

export type Period = 'day' | 'week' | 'month'

export interface Digest {
  /** Local days, both within. */
  readonly from: string
  readonly to: string
  readonly figures: Readonly<Record<string, number>>
  /** Figures that were known otherwise when the period ended, and how. */
  readonly corrected: Readonly<Record<string, { readonly was: number; readonly is: number }>>
}

/** The period that a local day is in; weeks begin on Monday. */
export function daysOf(
  period: Period,
  day: string,
): { readonly from: number; readonly to: number } {
  const number = dayNumber(day)
  if (period === 'day') return { from: number, to: number }
  if (period === 'week') {
    // 1970-01-01 was a Thursday.
    const from = number - ((((number + 3) % 7) + 7) % 7)
    return { from, to: from + 6 }
  }
  const from = monthStart(number)
  return { from, to: monthStart(from + 31) - 1 }
}

/** Counted anew each day, and added up. */
const daily: Readonly<Record<string, Measure>> = {
  activities: 'activitiesToday',
  learners: 'learnersToday',
}
/** How much more there was at the end than before. */
const grown: Readonly<Record<string, Measure>> = {
  organizations: 'organizations',
  members: 'members',
  online: 'online',
  silent: 'silent',
  serviceDone: 'serviceDone',
}

type Sums = Record<string, number>
type See = (board: Board, division: string) => Board

/** `days` that lie ahead of `nowMs` are left out. `see` is what the asker may see of a board. */
export async function digestOf(
  log: Log,
  scope: string,
  days: { readonly from: number; readonly to: number },
  nowMs: number,
  see: See,
): Promise<Digest> {
  const from = dayOfNumber(days.from)
  const to = dayOfNumber(days.to)
  const endMs = Math.min(dayStartMs(to) + dayMs - 1, nowMs)
  const head = log.journal.head().ordinal
  const knew = lastReceivedBy(log.journal, endMs)
  const now: Sums = {}
  const then: Sums = {}
  for (const division of log.living.divisions.values()) {
    if (!covers(scope, division.code)) continue
    await addUp(now, log, division, head, days, endMs, see)
    if (knew < head) await addUp(then, log, division, knew, days, endMs, see)
  }
  const corrected = Object.entries(now).flatMap(([name, value]) => {
    const before = knew < head ? (then[name] ?? 0) : value
    return before === value ? [] : [[name, { was: before, is: value }] as const]
  })
  return { from, to, figures: now, corrected: Object.fromEntries(corrected) }
}

async function addUp(
  sums: Sums,
  log: Log,
  division: Division,
  knows: number,
  { from, to }: { readonly from: number; readonly to: number },
  endMs: number,
  see: See,
): Promise<void> {
  const add = (name: string, amount: number): void => void (sums[name] = (sums[name] ?? 0) + amount)
  const fromMs = dayStartMs(dayOfNumber(from)) - 1
  const walk = createWalk(log, division, { knows, fromMs })
  let before: Board | undefined
  for (let day = from - 1; day <= to; day += 1) {
    const atMs = Math.min(dayStartMs(dayOfNumber(day)) + dayMs - 1, endMs)
    if (day >= from && atMs < dayStartMs(dayOfNumber(day))) break
    await walk.to(atMs)
    walk.beginDay(dayOfNumber(day))
    const { board: whole } = await inSlices(walk.division.looking(atMs))
    const board = see(whole, division.code)
    if (before !== undefined) addDay(add, before, board, monthStart(day) === day)
    before = board
  }
}

function addDay(
  add: (name: string, amount: number) => void,
  before: Board,
  board: Board,
  isFirstOfMonth: boolean,
): void {
  const [was = noTotals('')] = before.totals.values()
  const [is = noTotals('')] = board.totals.values()
  for (const [name, measure] of Object.entries(daily)) add(name, is[measure])
  for (const [name, measure] of Object.entries(grown)) add(name, is[measure] - was[measure])
  // Points begin anew with each month.
  add('points', is.points - (isFirstOfMonth ? 0 : was.points))
  add('warningsRaised', countOther(board.warnings, before.warnings))
  add('warningsCleared', countOther(before.warnings, board.warnings))
}

/** How many of these are not among those. */
function countOther(
  these: ReadonlyMap<string, unknown>,
  those: ReadonlyMap<string, unknown>,
): number {
  let count = 0
  for (const id of these.keys()) if (!those.has(id)) count += 1
  return count
}
