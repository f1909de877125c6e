/** A county's sheet through the door of the operator's view: checked, compared, and written as the command writes it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import writeXlsx from 'write-excel-file/node'
import type { ConsoleRoster } from '../../protocol/console.ts'
import { toInstant } from '../../protocol/time.ts'
import { openSheet } from '../connectors/folder/sheet.ts'
import { deliverRoster } from '../roster/deliver-roster.ts'
import { diffRoster, fieldNames, type Diff } from '../roster/diff-roster.ts'
import { divisionsOf, type Divisions } from '../roster/divisions.ts'
import { readRoster, type RosterEntry, type RosterProblem } from '../roster/read-roster.ts'
import { RosterError } from '../roster/roster-error.ts'
import { rosterSecret } from '../roster/roster-secret.ts'
import { templateRows } from '../roster/template.ts'
import { inWords } from '../roster/words.ts'

const rowsMost = 50_000
/** A full disk makes the door ask for patience, and a person's page can't wait for ever. */
const patienceMs = 60_000

export type Checked =
  | { readonly problems: readonly RosterProblem[] }
  | { readonly problems?: never; readonly diff: Diff; readonly divisions: Divisions }

interface Folders {
  readonly county: string
  readonly geoDir: string
  readonly dataDir: string
}

/** `now`: the organisations as they are recorded. Throws `RosterError`, or `Unreadable` of the folder connector. */
export async function checkSheet(
  bytes: Uint8Array,
  now: readonly RosterEntry[],
  { county, geoDir, dataDir }: Folders,
): Promise<Checked> {
  const divisions = divisionsOf(county, geoDir, dataDir)
  const rows = await readRows(bytes)
  const known = new Map(now.map((entry) => [entry.id, entry]))
  const { entries, problems } = readRoster(rows, divisions, new Set(known.keys()))
  return problems.length > 0 ? { problems } : { diff: diffRoster(entries, known), divisions }
}

/** A workbook is an archive and begins as one; all else is taken for CSV. Read from a file, since the worker reads files. */
async function readRows(bytes: Uint8Array): Promise<readonly (readonly string[])[]> {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b
  const folder = await mkdtemp(join(tmpdir(), 'flagwall-roster-'))
  try {
    const file = join(folder, isArchive ? 'sheet.xlsx' : 'sheet.csv')
    await writeFile(file, bytes, { mode: 0o600 })
    const rows: (readonly string[])[] = []
    for await (const row of (await openSheet(file, bytes.length, ',')).rows) {
      if ('wrong' in row) throw new RosterError(`第 ${row.number} 行:${row.wrong}`)
      if (rows.length >= rowsMost) throw new RosterError(`表格超过 ${rowsMost} 行:请分县导入`)
      rows.push(row.cells)
    }
    return rows
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Through the relay's own door at `url`, signed like any platform. Returns how many events that took. */
export async function writeSheet(
  { differences }: Diff,
  to: { readonly url: string; readonly by: string; readonly nowMs: number } & Folders,
): Promise<number> {
  if (differences.length === 0) return 0
  return await deliverRoster(differences, {
    url: to.url,
    county: to.county,
    secret: rosterSecret(to.dataDir, to.county, to.nowMs, to.by),
    time: toInstant(to.nowMs),
    onProgress: () => undefined,
    signal: AbortSignal.timeout(patienceMs),
  })
}

export function shownDiff(
  { differences, unchanged, missing }: Diff,
  divisions: Divisions,
): ConsoleRoster {
  return {
    differences: differences.map(({ entry, kind, fields }) => ({
      id: entry.id,
      name: entry.recorded.name,
      kind,
      fields:
        kind === 'new'
          ? []
          : fields.map(([field, before, after]) => ({
              title: fieldNames[field] ?? field,
              before: inWords(field, before, divisions),
              after: inWords(field, after, divisions),
            })),
    })),
    unchanged,
    missing: missing.map(({ id, recorded }) => ({ id, name: recorded.name })),
  }
}

export function templateFile(): Promise<Buffer> {
  const [organizations, notes] = templateRows()
  return writeXlsx([
    { data: organizations, sheet: '组织' },
    { data: notes, sheet: '填写说明' },
  ]).toBuffer()
}
