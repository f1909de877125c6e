import type { ConfigOf } from '../config.ts'
import { Trouble, type Parcel, type Pulled, type Source } from '../connector.ts'
import { columnsOf, fill, rowKept, type Row } from '../template.ts'

/** Where a row stands in the order of the table: values as the server writes them. */
export interface Position {
  readonly id: string
  readonly updatedAt?: string
}

/** One database server. Every method rejects with `Trouble`. */
export interface Server {
  /** At most `limit` rows in the order of the mark: after `after`, or from `overlap` before `mark`, or from the first. */
  rows(from: From, limit: number): Promise<readonly Row[]>
  /** Rows after the mark, counted up to `most`. */
  waiting(mark: Position, most: number): Promise<number>
  close(): Promise<void>
}
export type From =
  | { readonly kind: 'first' }
  | { readonly kind: 'after'; readonly position: Position }
  /** `overlap` ids or seconds behind the mark. */
  | { readonly kind: 'behind'; readonly mark: Position; readonly overlap: number }

const countMost = 100_000
const countEveryMs = 10_000
/** Keys remembered at most. A row that is forgotten too early is delivered again, and counts once all the same. */
const rememberedMost = 200_000

/**
 * An exchange table (前置机), read in the order of its mark. A transaction that stays open longer than another
 * commits rows behind the mark; so each round begins `overlap` behind it and leaves out what was delivered already.
 */
export function createTable(config: ConfigOf<'table'>, server: Server, now: () => number): Source {
  const { mark: columns, batch = 500, body } = config
  const overlap = config.overlap ?? (columns.updatedAt === undefined ? 1000 : 60)
  /** The place within this round; undefined when the next pull begins one. */
  let place: Position | undefined
  let delivered = new Set<string>()
  let round = new Set<string>()
  let countedMs = 0
  let isChecked = false

  function checkColumns(row: Row): void {
    const wanted = [columns.id, columns.updatedAt ?? columns.id, ...columnsOf(body)]
    const missing = wanted.find((column) => !(column in row))
    if (missing !== undefined)
      throw new Trouble(
        'misconfigured',
        `表 ${config.table} 没有列 ${missing},现有列:${Object.keys(row).join('、')}。请改正 mark 或 body。`,
      )
    isChecked = true
  }

  function positionOf(row: Row): Position {
    const id = row[columns.id]
    if (columns.updatedAt === undefined && !/^-?\d+$/.test(String(id)))
      throw new Trouble(
        'misconfigured',
        `列 ${columns.id} 的值不是整数:请在 mark 中加上 updatedAt。`,
      )
    if (columns.updatedAt === undefined) return { id: String(id) }
    const updatedAt = row[columns.updatedAt]
    return { id: String(id), updatedAt: String(updatedAt) }
  }

  const keyOf = ({ id, updatedAt = '' }: Position): string => `${updatedAt} ${id}`

  function parcelOf(row: Row, position: Position): Parcel {
    const where = `${columns.id} ${position.id}`
    const filled = fill(body, row)
    return filled.ok
      ? { where, body: filled.body }
      : { where, wrong: filled.reason, kept: rowKept(row) }
  }

  function remember(keys: readonly string[]): void {
    for (const key of keys) {
      delivered.add(key)
      round.add(key)
    }
    for (const set of [delivered, round])
      for (const key of set) {
        if (set.size <= rememberedMost) break
        set.delete(key)
      }
  }

  async function lagAt(mark: Position | undefined, isLast: boolean): Promise<Pulled['lag']> {
    if (isLast || mark === undefined) return { rows: 0 }
    if (now() - countedMs < countEveryMs) return undefined
    countedMs = now()
    return { rows: await server.waiting(mark, countMost) }
  }

  return {
    async pull(saved): Promise<Pulled> {
      const mark = readMark(saved)
      const begins = place === undefined
      const from: From =
        place !== undefined
          ? { kind: 'after', position: place }
          : mark === undefined
            ? { kind: 'first' }
            : { kind: 'behind', mark, overlap }
      const rows = await server.rows(from, batch)
      const [first] = rows
      if (first !== undefined && !isChecked) checkColumns(first)
      if (begins) round = new Set()

      const found = rows.map((row) => ({ row, position: positionOf(row) }))
      const fresh = found.filter(({ position }) => !delivered.has(keyOf(position)))
      const last = found.at(-1)?.position
      const isLast = rows.length < batch
      const next = last !== undefined && isAfter(last, mark) ? last : mark
      const lag = await lagAt(next, isLast)
      return {
        parcels: fresh.map(({ row, position }) => parcelOf(row, position)),
        settle() {
          remember(found.map(({ position }) => keyOf(position)))
          place = isLast ? undefined : last
          // What this round did not meet again lies before the overlap and is not asked for any more.
          if (isLast) delivered = round
          return next === mark ? saved : next
        },
        isMore: !isLast,
        ...(lag === undefined ? {} : { lag }),
      }
    },
    close: () => server.close(),
  }
}

/** The server's own order decides what comes next; this only keeps the mark from going back within the overlap. */
function isAfter(position: Position, mark: Position | undefined): boolean {
  if (mark === undefined) return true
  if (position.updatedAt !== undefined && mark.updatedAt !== undefined)
    return (
      position.updatedAt > mark.updatedAt ||
      (position.updatedAt === mark.updatedAt && position.id !== mark.id)
    )
  return BigInt(position.id) > BigInt(mark.id)
}

function readMark(saved: unknown): Position | undefined {
  if (typeof saved !== 'object' || saved === null || !('id' in saved)) return undefined
  const { id } = saved
  if (typeof id !== 'string') return undefined
  return 'updatedAt' in saved && typeof saved.updatedAt === 'string'
    ? { id, updatedAt: saved.updatedAt }
    : { id }
}
