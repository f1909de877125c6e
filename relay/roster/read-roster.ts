/** Rows of a sheet → organisations, or what is wrong with them, by row and column, in the words of the sheet. Pure. */
import { isRealDate } from '../../protocol/time.ts'
import type { EventData } from '../../protocol/events.ts'
import { columnLetter, columns, groupWords, kindWords, type Cells, type Column } from './columns.ts'
import type { Division, Divisions } from './divisions.ts'
import { suggest } from './suggest.ts'

/** A cell as a spreadsheet or a CSV file gives it; a date is midnight UTC of the day. */
export type Cell = string | number | boolean | Date | null

export interface RosterEntry {
  readonly id: string
  readonly recorded: EventData<'organization.recorded'>
  readonly members: number
}

export interface RosterProblem {
  /** From 1, as the spreadsheet counts; the titles are row 1. */
  readonly row: number
  /** `C`; absent where the whole row is meant. */
  readonly column?: string
  readonly sentence: string
}

export interface Read {
  readonly entries: readonly RosterEntry[]
  readonly problems: readonly RosterProblem[]
}

/** `known`: ids that the relay already has, so that a parent need not be in the sheet. */
export function readRoster(
  rows: readonly (readonly Cell[])[],
  divisions: Divisions,
  known: ReadonlySet<string>,
): Read {
  const problems: RosterProblem[] = []
  const at = placesOf(rows[0] ?? [], problems)
  if (problems.length > 0) return { entries: [], problems }

  const filled = rows
    .map((row, index) => ({ row: index + 1, cells: cellsOf(row, at) }))
    .slice(1)
    .filter(({ cells }) => Object.values(cells).some((cell) => cell !== ''))
  const inSheet = new Map<string, number>()
  const entries: RosterEntry[] = []
  for (const { row, cells } of filled) {
    const wrong = (key: keyof Cells, sentence: string): void => {
      problems.push({
        row,
        column: columnLetter(at.get(key) ?? 0),
        sentence: `${titleOf(key)}:${sentence}`,
      })
    }
    const before = problems.length
    const entry = readRow(cells, divisions, wrong)
    const first = inSheet.get(cells.id)
    if (cells.id !== '' && first !== undefined) wrong('id', `与第 ${first} 行重复`)
    else inSheet.set(cells.id, row)
    if (problems.length === before && entry !== undefined) entries.push(entry)
  }
  for (const { row, cells } of filled) {
    if (cells.parent === '' || inSheet.has(cells.parent) || known.has(cells.parent)) continue
    problems.push({
      row,
      column: columnLetter(at.get('parent') ?? 0),
      sentence: `上级组织编码:本表和系统中都没有 "${cells.parent}"`,
    })
  }
  if (filled.length === 0) problems.push({ row: 2, sentence: '表中没有组织' })
  return { entries, problems: problems.toSorted((a, b) => a.row - b.row) }
}

const titleOf = (key: keyof Cells): string => columns.find((each) => each.key === key)?.title ?? key

function placesOf(
  titles: readonly Cell[],
  problems: RosterProblem[],
): ReadonlyMap<keyof Cells, number> {
  const at = new Map<keyof Cells, number>()
  titles.forEach((title, index) => {
    const text = textOf(title).replace(/[*\s]/g, '')
    const column = columns.find((each) => each.title === text)
    if (column !== undefined) at.set(column.key, index)
    else if (text !== '') {
      const meant = suggest(
        text,
        columns.map((each) => each.title),
      )
      problems.push({
        row: 1,
        column: columnLetter(index),
        sentence: `不认识的列 "${text}"${meant === undefined ? '' : `,是不是 "${meant}"`}`,
      })
    }
  })
  for (const { key, title, isRequired } of columns)
    if (isRequired && !at.has(key)) problems.push({ row: 1, sentence: `缺少列 "${title}"` })
  return at
}

function cellsOf(row: readonly Cell[], at: ReadonlyMap<keyof Cells, number>): Cells {
  const text = (key: Column['key']): [Column['key'], string] => {
    const index = at.get(key)
    return [key, index === undefined ? '' : textOf(row[index] ?? null)]
  }
  return Object.fromEntries(columns.map(({ key }) => text(key))) as unknown as Cells
}

function textOf(cell: Cell): string {
  if (cell === null) return ''
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  return String(cell).trim()
}

type Wrong = (key: keyof Cells, sentence: string) => void

function readRow(cells: Cells, divisions: Divisions, wrong: Wrong): RosterEntry | undefined {
  for (const { key, isRequired } of columns)
    if (isRequired && cells[key] === '') wrong(key, '不能为空')
  const { id, name, parent } = cells
  if (id !== '' && !/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/.test(id))
    wrong('id', `"${id}" 应为 1–64 位字母、数字或 . _ : -,以字母或数字开头`)
  if (name.length > 60) wrong('name', `共 ${name.length} 字,不能超过 60 字`)
  const kind = wordOf(cells, 'kind', kindWords, wrong)
  const group = wordOf(cells, 'group', groupWords, wrong)
  if (group === 'territory' && cells.township === '') wrong('township', '乡镇类组织须填写')
  const township = placeOf(cells, 'township', divisions.townships, wrong)
  const inTownship = divisions.villages.filter(
    ({ code }) => township === undefined || code.startsWith(township),
  )
  const village = placeOf(cells, 'village', inTownship, wrong)
  const lng = numberOf(cells, 'lng', 73, 136, wrong)
  const lat = numberOf(cells, 'lat', 3, 54, wrong)
  if ((cells.lng === '') !== (cells.lat === ''))
    wrong(cells.lng === '' ? 'lng' : 'lat', '经度和纬度须同时填写')
  const foundedOn = dateOf(cells, 'foundedOn', wrong)
  const termEndsOn = dateOf(cells, 'termEndsOn', wrong)
  if (foundedOn !== undefined && termEndsOn !== undefined && termEndsOn < foundedOn)
    wrong('termEndsOn', `${termEndsOn} 早于成立日期 ${foundedOn}`)
  const electedOn = dateOf(cells, 'electedOn', wrong)
  if (foundedOn !== undefined && electedOn !== undefined && electedOn < foundedOn)
    wrong('electedOn', `${electedOn} 早于成立日期 ${foundedOn}`)
  const termPostponedTo = dateOf(cells, 'termPostponedTo', wrong)
  const members = /^\d{1,7}$/.test(cells.members) ? Number(cells.members) : undefined
  if (cells.members !== '' && members === undefined)
    wrong('members', `"${cells.members}" 不是 0 以上的整数`)
  if (kind === undefined || group === undefined || foundedOn === undefined || members === undefined)
    return undefined
  return {
    id,
    members,
    recorded: {
      name,
      kind,
      group,
      ...(parent !== '' && { parent }),
      ...(township !== undefined && { township }),
      ...(village !== undefined && { village }),
      ...(lng !== undefined && { lng }),
      ...(lat !== undefined && { lat }),
      foundedOn,
      ...(termEndsOn !== undefined && { termEndsOn }),
      ...(electedOn !== undefined && { electedOn }),
      ...(termPostponedTo !== undefined && { termPostponedTo }),
    },
  }
}

function wordOf<T>(
  cells: Cells,
  key: keyof Cells,
  words: Readonly<Record<string, T>>,
  wrong: Wrong,
): T | undefined {
  const given = cells[key]
  if (given === '') return undefined
  if (Object.hasOwn(words, given)) return words[given]
  wrong(key, `"${given}" 应为 ${Object.keys(words).join('、')} 之一`)
  return undefined
}

/** A name or a code → the code. */
function placeOf(
  cells: Cells,
  key: 'township' | 'village',
  divisions: readonly Division[],
  wrong: Wrong,
): string | undefined {
  const given = cells[key]
  if (given === '') return undefined
  const found = divisions.filter(({ code, name }) => code === given || name === given)
  const [only] = found
  if (only !== undefined && found.length === 1) return only.code
  if (found.length > 1) {
    wrong(
      key,
      `"${given}" 有 ${found.length} 个,请填代码:${found.map(({ code }) => code).join('、')}`,
    )
    return undefined
  }
  const meant = suggest(
    given,
    divisions.map(({ name }) => name),
  )
  wrong(
    key,
    `没有 "${given}"${meant === undefined ? ',官方代码中没有的地方可写入 units.yaml' : `,是不是 "${meant}"`}`,
  )
  return undefined
}

function numberOf(
  cells: Cells,
  key: 'lng' | 'lat',
  minimum: number,
  maximum: number,
  wrong: Wrong,
): number | undefined {
  const given = cells[key]
  if (given === '') return undefined
  const number = Number(given)
  if (Number.isFinite(number) && number >= minimum && number <= maximum) return number
  wrong(key, `"${given}" 应为 ${minimum} 至 ${maximum} 的小数`)
  return undefined
}

type DateKey = 'foundedOn' | 'termEndsOn' | 'electedOn' | 'termPostponedTo'

/** `2001-07-01`, `2001/7/1`, `2001年7月1日`. */
function dateOf(cells: Cells, key: DateKey, wrong: Wrong): string | undefined {
  const given = cells[key]
  if (given === '') return undefined
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(given)
  const day =
    match === null ? '' : `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`
  if (isRealDate(day)) return day
  wrong(key, `"${given}" 不是真实存在的日期(YYYY-MM-DD)`)
  return undefined
}
