/** `npm run roster`: a county's organisations from a spreadsheet, checked and compared before anything is sent. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse as parseCsv } from 'csv-parse/sync'
import readXlsx from 'read-excel-file/node'
import writeXlsx from 'write-excel-file/node'
import { toInstant } from '../../protocol/time.ts'
import { deliverRoster } from './deliver-roster.ts'
import { diffRoster, fieldNames, type Diff } from './diff-roster.ts'
import { divisionsOf, type Divisions } from './divisions.ts'
import { readRoster, type Cell, type RosterEntry, type RosterProblem } from './read-roster.ts'
import { RosterError } from './roster-error.ts'
import { rosterSecret } from './roster-secret.ts'
import { templateRows } from './template.ts'
import { inWords } from './words.ts'

export const help = `组织名册:从表格导入一个县的党组织。

  npm run roster -- template 名册.xlsx            生成空白模板
  npm run roster -- import 名册.xlsx              检查并比对,不写入(试运行)
  npm run roster -- import 名册.xlsx --apply      检查、比对并写入

  --county 431128     县代码(COUNTY,缺省 431128)
  --url URL           汇聚中心(http://127.0.0.1:PORT,缺省 8080)
  --all               列出全部变化,缺省只列前 40 条

汇聚中心须在运行;DATA_DIR(缺省 ./data)中有它的密钥。官方代码中没有的地方写在 DATA_DIR/units.yaml:
  - name: 芹阳办事处
    code: "330824901"
`

const shownRows = 40

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly geoDir: string
  readonly nowMs: number
  readonly print: (text: string) => void
}

/** Runs one command. Throws `RosterError` with a sentence for the person at the keyboard. */
export async function runRoster(words: readonly string[], around: Surroundings): Promise<void> {
  const { values, positionals } = readWords(words)
  const [command, file] = positionals
  if (command === undefined || values.help === true) return around.print(help)
  if (file === undefined) throw new RosterError(`缺少文件名:npm run roster -- ${command} 名册.xlsx`)
  if (command === 'template') return await writeTemplate(file, around)
  if (command !== 'import') throw new RosterError(`没有命令 "${command}":可用 template 或 import`)

  const { env, print } = around
  const county = values.county ?? env['COUNTY'] ?? '431128'
  if (!/^\d{6}$/.test(county)) throw new RosterError(`县代码 "${county}" 应为 6 位数字`)
  const url = values.url ?? `http://127.0.0.1:${env['PORT'] ?? '8080'}`
  const dataDir = env['DATA_DIR'] ?? './data'
  const rows = await readSheet(file)
  const divisions = divisionsOf(county, around.geoDir, dataDir)
  const now = await presentRoster(url, county, dataDir)
  const { entries, problems } = readRoster(rows, divisions, new Set(now.keys()))
  if (problems.length > 0) throw new RosterError(printedProblems(problems))
  const diff = diffRoster(entries, now)
  print(printedDiff(diff, divisions, values.all === true ? Infinity : shownRows))
  if (diff.differences.length === 0) return print('没有变化,无需写入。\n')
  if (values.apply !== true) return print('以上为试运行,尚未写入。确认后加 --apply 再执行一次。\n')
  const accepted = await deliverRoster(diff.differences, {
    url,
    county,
    secret: rosterSecret(dataDir, county, around.nowMs),
    time: toInstant(around.nowMs),
    onProgress: (sent, total) => print(`已发送 ${sent} / ${total} 条\n`),
  })
  print(`写入完成:汇聚中心接收 ${accepted} 条。\n`)
}

function readWords(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        county: { type: 'string' },
        url: { type: 'string' },
        apply: { type: 'boolean' },
        all: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (cause) {
    throw new RosterError(`无法识别的选项。请看 npm run roster -- --help`, { cause })
  }
}

async function writeTemplate(file: string, { print }: Surroundings): Promise<void> {
  if (existsSync(file)) throw new RosterError(`${file} 已存在:请换一个文件名`)
  const [organizations, notes] = templateRows()
  await writeXlsx([
    { data: organizations, sheet: '组织' },
    { data: notes, sheet: '填写说明' },
  ]).toFile(file)
  print(`模板已生成:${file}。第 2 行是示例,填写时请删除。\n`)
}

async function readSheet(file: string): Promise<readonly (readonly Cell[])[]> {
  if (!existsSync(file)) throw new RosterError(`没有文件 ${file}`)
  try {
    if (/\.csv$/i.test(file)) {
      const bytes = readFileSync(file)
      return parseCsv(decode(bytes), { bom: true, relax_column_count: true }) as string[][]
    }
    const [sheet] = await readXlsx(file)
    return (sheet?.data ?? []) as readonly (readonly Cell[])[]
  } catch (cause) {
    throw new RosterError(`${file} 无法读取:请另存为 .xlsx 或 UTF-8 的 .csv`, { cause })
  }
}

/** UTF-8 where it is; else what Chinese spreadsheets save. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  }
}

/** What the relay holds now. */
async function presentRoster(
  url: string,
  county: string,
  dataDir: string,
): Promise<ReadonlyMap<string, RosterEntry>> {
  const tokenFile = join(dataDir, 'operator.token')
  if (!existsSync(tokenFile))
    throw new RosterError(
      `${dataDir} 中没有 operator.token:请先启动汇聚中心(npm start),或设置 DATA_DIR`,
    )
  let response: Response
  try {
    response = await fetch(`${url}/v1/roster/${county}`, {
      headers: { authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` },
    })
  } catch (cause) {
    throw new RosterError(`连不上汇聚中心 ${url}:请先启动(npm start),或用 --url 指明地址`, {
      cause,
    })
  }
  if (!response.ok) {
    const { detail } = (await response.json()) as { readonly detail?: string }
    throw new RosterError(`汇聚中心答复 ${response.status}:${detail ?? ''}`)
  }
  const { organizations } = (await response.json()) as {
    readonly organizations: readonly RosterEntry[]
  }
  return new Map(organizations.map((entry) => [entry.id, entry]))
}

function printedProblems(problems: readonly RosterProblem[]): string {
  const lines = problems.map(
    ({ row, column, sentence }) =>
      `  第 ${row} 行${column === undefined ? '' : ` ${column} 列`} ${sentence}`,
  )
  return `发现 ${problems.length} 处问题,没有写入:\n${lines.join('\n')}`
}

function printedDiff(
  { differences, unchanged, missing }: Diff,
  divisions: Divisions,
  most: number,
): string {
  const lines = differences.slice(0, most).map(({ entry, kind, fields }) => {
    const name = `${entry.recorded.name}(${entry.id})`
    if (kind === 'new') return `  + ${name}`
    const changes = fields.map(
      ([field, before, after]) =>
        `${fieldNames[field] ?? field} ${inWords(field, before, divisions)} → ${inWords(field, after, divisions)}`,
    )
    return `  ~ ${name}:${changes.join(';')}`
  })
  const rest = differences.length - lines.length
  if (rest > 0) lines.push(`  … 另有 ${rest} 条(--all 列出全部)`)
  const added = differences.filter(({ kind }) => kind === 'new').length
  const gone =
    missing.length === 0
      ? ''
      : `系统中有而表中没有的 ${missing.length} 个,保持不变:${missing
          .slice(0, 5)
          .map(({ recorded }) => recorded.name)
          .join('、')}${missing.length > 5 ? ' …' : ''}\n`
  return `新增 ${added},变更 ${differences.length - added},不变 ${unchanged}。\n${lines.map((line) => `${line}\n`).join('')}${gone}`
}
