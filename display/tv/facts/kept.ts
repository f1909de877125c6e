/** The last board of this village and the county's television file, kept on the box: what it shows when the relay cannot be reached. */
import { boardOf } from '../../../protocol/apply.ts'
import type { Board, Row } from '../../../protocol/board.ts'
import type { Puts, Snapshot } from '../../../protocol/frames.ts'
import type { TelevisionFile } from '../../../protocol/television.ts'
import { instantMs, toInstant } from '../../../protocol/time.ts'
import { isSnapshot, isTelevisionFile } from '../../checks.ts'
import { ownOf, ranking } from './village.ts'

export interface Kept {
  readonly board: Board
  /** When the relay was last heard of, ms. */
  readonly at: number
  readonly file: TelevisionFile
}

type Shelf = Pick<Storage, 'getItem' | 'setItem'>

const shelfKey = 'flagwall-tv-board'
const mostRanks = 40

/** A box keeps little, and what is not about the village is of no use to it later. */
function keptTables(board: Board, village: string): Puts {
  const own = ownOf(board, village)
  const inTownship = own === undefined || own.township === '' ? null : own.township
  const shown = [
    ...ranking(board, null).slice(0, mostRanks),
    ...(inTownship === null ? [] : ranking(board, inTownship).slice(0, mostRanks)),
  ]
  const ids = new Set([
    ...shown.map(({ organization }) => organization.id),
    ...(own === undefined ? [] : [own.id]),
  ])
  const some = <T extends { readonly id: string }>(rows: ReadonlyMap<string, T>): T[] =>
    [...rows.values()].filter(({ id }) => ids.has(id))
  const all = <T>(rows: ReadonlyMap<string, T>): T[] => [...rows.values()]
  return {
    organizations: some(board.organizations),
    branches: some(board.branches),
    townships: all(board.townships),
    county: all(board.county),
    orders: all(board.orders),
    caseStages: all(board.caseStages),
    services: all(board.services),
    programmes: all(board.programmes),
    sources: all(board.sources),
    feed: all(board.feed).filter((row: Row<'feed'>) => row.organization === own?.id),
  }
}

interface Keep {
  readonly board: Board
  readonly at: number
  readonly scope: string
  readonly village: string
  readonly file: TelevisionFile
}

/** False where the box has no room: it will say that it has nothing, which is true. */
export function keep(shelf: Shelf, { board, at, scope, village, file }: Keep): boolean {
  const snapshot: Snapshot = {
    epoch: 'kept',
    version: 0,
    at: toInstant(at),
    scope,
    tables: keptTables(board, village),
  }
  try {
    shelf.setItem(shelfKey, JSON.stringify({ village, file, snapshot }))
    return true
  } catch (error) {
    console.warn('This television cannot keep its board:', error)
    return false
  }
}

/** Null where nothing was kept, or of another county or village, or by an older build. */
export function readKept(shelf: Shelf, scope: string, village: string): Kept | null {
  const text = shelf.getItem(shelfKey)
  if (text === null) return null
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null) return null
  if (!('village' in value) || !('snapshot' in value) || !('file' in value)) return null
  const { snapshot, file } = value
  if (value.village !== village || !isSnapshot(snapshot) || snapshot.scope !== scope) return null
  if (!isTelevisionFile(file)) return null
  return { board: boardOf(snapshot), at: instantMs(snapshot.at), file }
}
