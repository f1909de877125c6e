import { rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { ConfigOf } from '../config.ts'
import type { Outcome, Parcel, Pulled, Source } from '../connector.ts'
import { columnAt, columnsOf, fill, rowKept, type Row } from '../template.ts'
import { openInbox, type Found } from './inbox.ts'
import { appendRefused, closeReport, type Counts, type Fault, type RefusedRow } from './report.ts'
import { openSheet, Unreadable, type Sheet, type SheetRow } from './sheet.ts'

/** How far a file was read; with `ended`, where it goes. */
interface Mark extends Found {
  readonly row: number
  readonly reportBytes: number
  readonly counts: Counts
  readonly ended?: { readonly to: 'done' | 'failed'; readonly as: string }
}

/** A file that is being read. */
interface Reading {
  readonly sheet: Sheet
  readonly columns: readonly string[]
}

const none: Counts = { accepted: 0, duplicate: 0, refused: 0 }
const metaColumns = new Set(['@file', '@row'])

/**
 * A drop folder. Each file is read row by row; then it goes to done/, or to failed/ with a report beside it
 * when any row did not get through. Marks say which row of which file was the last on disk.
 */
export function createFolder(config: ConfigOf<'folder'>, now: () => number): Source {
  const { folder, headerRow = 1, delimiter = ',', batch = 500, body } = config
  const inbox = openInbox(folder, (config.settleSeconds ?? 5) * 1000, now)
  let reading: Reading | undefined

  const reportOf = (name: string): string => join(folder, `.${name}.report`)

  /** Opens a file at the row after `row`. Rejects with `Unreadable`. */
  async function begin({ name, bytes }: Found, row: number): Promise<Reading> {
    if (extname(name).toLowerCase() === '.xls')
      throw new Unreadable('旧版 .xls 不能读取,请用 Excel 另存为 .xlsx 后再放入')
    const sheet = await openSheet(join(folder, name), bytes, delimiter)
    let columns: readonly string[] | undefined
    while (columns === undefined || row > 0) {
      const { value } = await sheet.rows.next()
      if (value === undefined) break
      if ('wrong' in value) throw new Unreadable(value.wrong)
      if (value.number === headerRow) columns = headerOf(value.cells)
      if (columns !== undefined && value.number >= row) break
    }
    if (columns === undefined) throw new Unreadable(`第 ${headerRow} 行没有表头,文件为空`)
    const missing = [...columnsOf(body)].find(
      (column) => !metaColumns.has(column) && columns?.includes(column) === false,
    )
    if (missing !== undefined)
      throw new Unreadable(`缺少列"${missing}";第 ${headerRow} 行的表头是:${columns.join('、')}`)
    return { sheet, columns }
  }

  function headerOf(cells: readonly string[]): readonly string[] {
    const columns = cells.map((text) => text.trim())
    const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index)
    if (twice !== undefined) throw new Unreadable(`表头中"${twice}"出现两次,请改名或删除一列`)
    return columns
  }

  function parcelOf(name: string, columns: readonly string[], row: SheetRow): Parcel {
    const where = `${name} 第 ${row.number} 行`
    if ('wrong' in row) return { where, wrong: row.wrong, kept: '' }
    if (row.cells.slice(columns.length).some((value) => value.trim() !== ''))
      return {
        where,
        wrong: `本行有 ${row.cells.length} 列,表头只有 ${columns.length} 列`,
        kept: rowKept(row.cells),
      }
    const cells: Row = Object.fromEntries(
      columns.flatMap((column, index) =>
        column === '' ? [] : [[column, (row.cells[index] ?? '').trim()]],
      ),
    )
    const filled = fill(
      body,
      body === undefined ? cells : { ...cells, '@file': name, '@row': row.number },
    )
    return filled.ok
      ? { where, body: filled.body }
      : { where, wrong: filled.reason, kept: rowKept(cells) }
  }

  async function readRows({ sheet }: Reading): Promise<{
    readonly rows: readonly SheetRow[]
    readonly isEnd: boolean
  }> {
    const rows: SheetRow[] = []
    while (rows.length < batch) {
      const { value } = await sheet.rows.next()
      if (value === undefined) return { rows, isEnd: true }
      const isBlank = 'cells' in value && value.cells.every((text) => text.trim() === '')
      if (!isBlank) rows.push(value)
    }
    return { rows, isEnd: false }
  }

  async function end(mark: Mark, encoding: string): Promise<Mark> {
    reading = undefined
    if (mark.counts.refused > 0 || mark.reportBytes > 0)
      await closeReport(reportOf(mark.name), mark.reportBytes, mark.counts, encoding)
    const to = mark.reportBytes > 0 ? 'failed' : 'done'
    return { ...mark, ended: { to, as: inbox.freeName(mark.name) } }
  }

  function refuseFile(mark: Mark, reason: string): Pulled {
    return {
      parcels: [],
      async settle() {
        const reportBytes = await appendRefused(reportOf(mark.name), mark.reportBytes, [
          { faults: [{ reason }] },
        ])
        return end({ ...mark, reportBytes }, '')
      },
      isMore: true,
    }
  }

  async function moveAway(mark: Mark, { to, as }: NonNullable<Mark['ended']>): Promise<Pulled> {
    await inbox.move(mark.name, to, as)
    if (to === 'failed') await inbox.move(`.${mark.name}.report`, to, `${as}.报告.csv`)
    else await rm(reportOf(mark.name), { force: true })
    return { parcels: [], settle: () => null, isMore: true }
  }

  async function pull(saved: unknown): Promise<Pulled> {
    const mark = readMark(saved)
    if (mark?.ended !== undefined) return moveAway(mark, mark.ended)
    const waiting = await inbox.settled()
    const isUnderWay = mark !== undefined && isSame(mark, await inbox.find(mark.name))
    const [first] = waiting
    const lag = { seconds: first === undefined ? 0 : Math.round((now() - oldest(waiting)) / 1000) }
    if (!isUnderWay) {
      reading = undefined
      if (first === undefined) return { parcels: [], settle: () => saved, isMore: false, lag }
    }
    const start: Mark | undefined = isUnderWay
      ? mark
      : first && { ...first, row: 0, reportBytes: 0, counts: none }
    if (start === undefined) throw new Error('a file was chosen and lost')
    try {
      reading ??= await begin(start, start.row)
      const { sheet, columns } = reading
      const { rows, isEnd } = await readRows(reading)
      return {
        parcels: rows.map((row) => parcelOf(start.name, columns, row)),
        async settle(outcomes) {
          const reportBytes = await appendRefused(
            reportOf(start.name),
            start.reportBytes,
            refusedOf(rows, outcomes, body),
          )
          const row = rows.at(-1)?.number ?? start.row
          const next = { ...start, row, reportBytes, counts: countsOf(start.counts, outcomes) }
          return isEnd ? end(next, sheet.encoding) : next
        },
        isMore: true,
        lag,
      }
    } catch (error) {
      // A row reader that has failed says "end" when asked again, and the rest of the file would be lost.
      reading = undefined
      if (!(error instanceof Unreadable)) throw error
      return refuseFile(start, error.message)
    }
  }

  return {
    pull,
    async close() {
      await reading?.sheet.rows.return()
    },
  }
}

const oldest = (files: readonly Found[]): number => Math.min(...files.map(({ mtimeMs }) => mtimeMs))

const isSame = (mark: Mark, found: Found | undefined): boolean =>
  found !== undefined && found.bytes === mark.bytes && found.mtimeMs === mark.mtimeMs

function refusedOf(
  rows: readonly SheetRow[],
  outcomes: readonly Outcome[],
  body: unknown,
): readonly RefusedRow[] {
  return rows.flatMap(({ number }, index) => {
    const faults = (outcomes[index]?.refused ?? []).map((reason): Fault => {
      const column = columnAt(body, reason)
      return column === undefined ? { reason } : { column, reason }
    })
    return faults.length === 0 ? [] : [{ row: number, faults }]
  })
}

function countsOf(before: Counts, outcomes: readonly Outcome[]): Counts {
  const refused = outcomes.filter((outcome) => outcome.refused.length > 0).length
  const accepted = outcomes.filter(
    (outcome) => outcome.refused.length === 0 && outcome.accepted > 0,
  ).length
  return {
    accepted: before.accepted + accepted,
    duplicate: before.duplicate + outcomes.length - refused - accepted,
    refused: before.refused + refused,
  }
}

function readMark(saved: unknown): Mark | undefined {
  // Written by this file alone, whole or not at all.
  return typeof saved === 'object' && saved !== null ? (saved as Mark) : undefined
}
