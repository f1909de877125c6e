/** Which organisation is a village's own, and how it stands among others. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'

type Tables = Pick<Board, 'organizations' | 'branches' | 'townships'>

/**
 * `village` is an organisation's id, or the twelve digits of a village: then the organisation whose id begins with
 * them, the first by id where there are several.
 */
export function ownOf(
  { organizations }: Pick<Board, 'organizations'>,
  village: string,
): Row<'organizations'> | undefined {
  const exact = organizations.get(village)
  if (exact !== undefined || village.length !== 12) return exact
  let first: Row<'organizations'> | undefined
  for (const each of organizations.values())
    if (each.id.startsWith(village) && (first === undefined || each.id < first.id)) first = each
  return first
}

/** 天地山村党支部 → 天地山村 */
export function placeName(name: string): string {
  return name.replace(/(流动|联合)?(第.{1,3})?(党总支|党支部|党委|党工委)$/, '') || name
}

export interface Standing {
  readonly organization: Row<'organizations'>
  readonly branch: Row<'branches'>
}

/** By rank, of the county or of one township; what is offline or has no points yet is not compared. */
export function ranking(board: Tables, township: string | null): readonly Standing[] {
  const all: Standing[] = []
  for (const organization of board.organizations.values()) {
    if (township !== null && organization.township !== township) continue
    const branch = board.branches.get(organization.id)
    if (branch !== undefined && branch.state !== 'offline' && branch.points > 0)
      all.push({ organization, branch })
  }
  return all.sort((a, b) => a.branch.rank - b.branch.rank || (a.branch.id < b.branch.id ? -1 : 1))
}

/** With territory, by name: those that a television can be of. */
export function villagesOf(
  { organizations }: Pick<Board, 'organizations'>,
  township: string,
): readonly Row<'organizations'>[] {
  return [...organizations.values()]
    .filter((each) => each.township === township && each.group === 'territory')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Over the home page, see protocol/television.ts. */
export function titleOf(title: string, place: string): string {
  return place === '' ? '党建电视' : title.replace('{村}', place)
}
