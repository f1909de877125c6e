/**
 * The board of a prefecture or a province: the sum of the divisions beneath it, made from their figures and short
 * tables and never from their branches, beside the facts that are told of the parent itself.
 */
import { apply, emptyBoard } from '../../protocol/apply.ts'
import { tableNames, type Row, type TableName } from '../../protocol/board.ts'
import { sumTotals, type Totals } from '../../protocol/measures.ts'
import { createDraft } from '../core/draft.ts'
import { averagesOf } from '../core/rows/county.ts'
import { tablesAbove } from './above.ts'
import type { Division, Published } from './division.ts'
import { createGathered } from './gather.ts'
import { createVersioned, nothing, wholeOf, type RowChange, type Versioned } from './versioned.ts'

type CountyRow = Row<'county'>

export interface RollUp {
  readonly code: string
  published(): Versioned
  /** A division beneath, or the parent's own, as it stands; `change` is what it last published. */
  take(division: Division, change?: RowChange): void
  /**
   * `shown`: up to which entry all beneath show what they were told. Undefined while that is nothing new, so that no version
   * is told twice, and while some beneath are on another day: no sum is half of yesterday.
   */
  publish(shown: number): Published | undefined
  /** After a replay: see `Division.begin`. */
  begin(): void
}

export function createRollUp(code: string): RollUp {
  const rows = new Map<string, CountyRow>()
  const totals = new Map<string, Totals>()
  const gathered = createGathered()
  /** Divisions of which the board does not show the last word. */
  const told = new Set<string>()
  let own = nothing
  let touched = 0
  let published = createVersioned(emptyBoard(), 0)

  function pending(): RowChange {
    const sums = sumTotals(code, totals.values())
    const draft = createDraft(published.board())
    gathered.put(draft)
    const { puts, deletes } = draft.frame()
    const change = {
      puts: {
        ...own.puts,
        ...puts,
        county: [sumOf([...rows.values()], sums)],
        totals: [sums],
        divisions: [...told].flatMap((each) => {
          const sum = totals.get(each)
          return sum === undefined || each === code ? [] : [rowOf(sum)]
        }),
      },
      deletes: { ...own.deletes, ...deletes },
    }
    own = nothing
    told.clear()
    return change
  }

  return {
    code,
    published: () => published,
    take(division, change) {
      const board = division.published().board()
      const row = board.county.get(division.code)
      if (row !== undefined) rows.set(division.code, row)
      const sum = board.totals.get(division.code)
      if (sum !== undefined) totals.set(division.code, sum)
      gathered.take(division.code, board)
      told.add(division.code)
      if (division.code === code) own = merge(own, change ?? wholeOf(board))
      touched = Math.max(touched, division.published().version())
    },
    publish(shown) {
      const version = Math.min(touched, shown)
      if (version <= published.version()) return undefined
      if (new Set([...rows.values()].map(({ day }) => day)).size > 1) return undefined
      const change = pending()
      const next = apply(published.board(), change.puts, change.deletes)
      return { ...change, base: published.put(change, next, version), version }
    },
    begin() {
      const { puts } = pending()
      published = createVersioned(apply(emptyBoard(), puts), touched)
    },
  }
}

function rowOf(t: Totals): Row<'divisions'> {
  return {
    id: t.id,
    organizations: t.organizations,
    members: t.members,
    online: t.online,
    silent: t.silent,
    activitiesToday: t.activitiesToday,
    learnersToday: t.learnersToday,
    points: t.points,
    warnings: t.warningsSilence + t.warningsDues + t.warningsTerm + t.warningsOther,
    stations: t.stations,
    casesOpen: t.casesOpen,
  }
}

const ownTables = tableNames.filter((name) => tablesAbove[name] === 'own')

/** What two changes, one after the other, do together to what is the parent's own. */
function merge(first: RowChange, second: RowChange): RowChange {
  const puts: Partial<Record<TableName, readonly Row<TableName>[]>> = {}
  const deletes: Partial<Record<TableName, readonly string[]>> = {}
  for (const table of ownTables) {
    const put: readonly Row<TableName>[] = second.puts[table] ?? []
    const gone = second.deletes[table] ?? []
    const told = new Set([...put.map((row) => row.id), ...gone])
    const kept = (first.puts[table] ?? []).filter((row) => !told.has(row.id))
    if (kept.length + put.length > 0) puts[table] = [...kept, ...put]
    const left = (first.deletes[table] ?? []).filter((id) => !told.has(id))
    if (left.length + gone.length > 0) deletes[table] = [...left, ...gone]
  }
  return { puts: puts as RowChange['puts'], deletes }
}

/** Counts add up, averages are made of the sums of what they average, the latest day holds. At least one row. */
function sumOf(rows: readonly CountyRow[], sums: Totals): CountyRow {
  const total: Record<string, number | string> = {}
  const read = (row: CountyRow, key: string): number => Number(row[key as keyof CountyRow])
  for (const [key, value] of Object.entries(rows[0] ?? {}))
    if (typeof value === 'number') total[key] = rows.reduce((all, row) => all + read(row, key), 0)
  const day = rows.reduce((latest, row) => (row.day > latest ? row.day : latest), '')
  return { ...total, ...averagesOf(sums), id: sums.id, day } as CountyRow
}
