/** What the leaders' page says first, worked out from the board. Pure. */
import type { Board, Row } from '../../protocol/board.ts'
import { instantMs } from '../../protocol/time.ts'

export interface Branch {
  readonly organization: Row<'organizations'>
  readonly pulse: Row<'branches'>
}
export interface Counted {
  readonly id: string
  readonly count: number
}

/** `scope`: six digits are the whole board, nine a township of it. */
export function branchesOf(
  { organizations, branches }: Pick<Board, 'organizations' | 'branches'>,
  scope: string,
): readonly Branch[] {
  return [...branches.values()].flatMap((pulse) => {
    const organization = organizations.get(pulse.id)
    const isThere =
      organization !== undefined && (scope.length === 6 || organization.township === scope)
    return isThere ? [{ organization, pulse }] : []
  })
}

/** Those that are warned of silence, the longest first. */
export function silentOf(branches: readonly Branch[]): readonly Branch[] {
  return branches
    .filter(({ pulse }) => pulse.level >= 2)
    .sort((a, b) => b.pulse.silentDays - a.pulse.silentDays || (a.pulse.id < b.pulse.id ? -1 : 1))
}

/** How many of them stand in each township, the most first; those of none are left out. */
export function byTownship(branches: readonly Branch[]): readonly Counted[] {
  const counts = new Map<string, number>()
  for (const { organization } of branches)
    if (organization.township !== '')
      counts.set(organization.township, (counts.get(organization.township) ?? 0) + 1)
  return [...counts]
    .map(([id, count]) => ({ id, count }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))
}

/** Activities whose review by this level is due, those that wait longest first. */
export function pendingOf(
  { feed, organizations }: Pick<Board, 'feed' | 'organizations'>,
  scope: string,
): readonly Row<'feed'>[] {
  return [...feed.values()]
    .filter(({ organization, townshipReview, countyReview }) =>
      scope.length === 6
        ? countyReview === 'pending'
        : townshipReview === 'pending' && organizations.get(organization)?.township === scope,
    )
    .sort((a, b) => instantMs(a.at) - instantMs(b.at))
}

/** The gravest first, of those the ones that nobody has reminded of, then the longest. */
export function warningsOf(
  { warnings, organizations }: Pick<Board, 'warnings' | 'organizations'>,
  scope: string,
): readonly Row<'warnings'>[] {
  return [...warnings.values()]
    .filter(
      ({ level, organization }) =>
        level >= 2 && (scope.length === 6 || organizations.get(organization)?.township === scope),
    )
    .sort(
      (a, b) =>
        b.level - a.level ||
        Number(b.rule === 'silence') - Number(a.rule === 'silence') ||
        Math.abs(b.amount) - Math.abs(a.amount) ||
        (a.id < b.id ? -1 : 1),
    )
}
