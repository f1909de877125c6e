/** Whether a month is too young to be ranked, and the board of the month before as it ended. Pure. */
import type { Board } from '../../protocol/board.ts'
import { dayNumber, dayOfNumber } from '../../protocol/time.ts'

/** After this day of the month it is ranked, however few have points. */
const lastYoungDay = 7

/** How many organisations have points in the month of the board. */
export function scoringIn({ branches }: Pick<Board, 'branches'>): number {
  let scoring = 0
  for (const { points } of branches.values()) if (points > 0) scoring += 1
  return scoring
}

/** Fewer than half have points yet: a ranking says who was first to send some, and nothing of the others. */
export function isYoung(board: Pick<Board, 'branches'>, day: string): boolean {
  return Number(day.slice(8)) <= lastYoungDay && scoringIn(board) * 2 < board.branches.size
}

/** YYYY-MM-DD, of the month before that of a local day. */
export function lastDayBefore(day: string): string {
  return dayOfNumber(dayNumber(`${day.slice(0, 8)}01`) - 1)
}

/** At the end of a local day, as the relay is asked for it. */
export function endOf(day: string): string {
  return `${day}T23:59:59+08:00`
}

/** Nothing is gained by a month that the relay knows less of. */
export function isRicher(closed: Pick<Board, 'branches'>, now: Pick<Board, 'branches'>): boolean {
  return scoringIn(closed) > scoringIn(now)
}
