/** What of the warnings is shown under 督办: the gravest one by one, and those of one cause as one. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'
import { stepsDone } from '../../warning-words.ts'

export type Shown =
  | { readonly kind: 'one'; readonly warning: Row<'warnings'> }
  | { readonly kind: 'flood'; readonly flood: Row<'floods'> }

/**
 * Warnings of silence first, the gravest and of those the longest; then the others, those that somebody acts on first.
 * Warnings that a flood stands for come as that flood, after everything that is one branch's own.
 */
export function shownOf(board: Pick<Board, 'warnings' | 'floods' | 'organizations'>): Shown[] {
  const floods = [...board.floods.values()].sort((a, b) => b.warnings - a.warnings)
  const isFlooded = (warning: Row<'warnings'>) =>
    floods.some(
      ({ rule, township, raisedOn }) =>
        rule === warning.rule &&
        raisedOn === warning.raisedOn &&
        township === board.organizations.get(warning.organization)?.township,
    )
  const ones = [...board.warnings.values()]
    .filter((warning) => warning.level >= 2 && (floods.length === 0 || !isFlooded(warning)))
    .sort(
      (a, b) =>
        b.level - a.level ||
        Number(b.rule === 'silence') - Number(a.rule === 'silence') ||
        stepsDone(b) - stepsDone(a) ||
        b.amount - a.amount ||
        (a.id < b.id ? -1 : 1),
    )
  return [
    ...ones.map((warning) => ({ kind: 'one' as const, warning })),
    ...floods.map((flood) => ({ kind: 'flood' as const, flood })),
  ]
}

/** Warnings that somebody's act ended (销号), not the rule's own time. */
export function clearedByActs(cleared: Board['cleared']): number {
  let count = 0
  for (const { clearedBy } of cleared.values()) if (clearedBy !== 'lapse') count += 1
  return count
}

/** The middle of what it took from the first reminder to the act, hours; null where nobody has acted. */
export function middleHours(cleared: Board['cleared']): number | null {
  const hours = [...cleared.values()]
    .flatMap(({ hoursToAction }) => (hoursToAction === null ? [] : [hoursToAction]))
    .sort((a, b) => a - b)
  return hours[Math.floor(hours.length / 2)] ?? null
}
