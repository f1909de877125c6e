import { open } from 'node:fs/promises'

/** How many rows of a file became what. */
export interface Counts {
  readonly accepted: number
  readonly duplicate: number
  readonly refused: number
}

/** What is wrong with a row, and in which column where that can be told. */
export interface Fault {
  readonly column?: string
  readonly reason: string
}

export interface RefusedRow {
  /** Undefined for the file as a whole. */
  readonly row?: number
  readonly faults: readonly Fault[]
}

/** With a byte order mark, or Excel takes the Chinese for GBK. */
const head = '\ufeff行号,列,结果,原因\r\n'

const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Writes after the first `bytes` of the report and drops what a crash left behind them. Returns the new length, on disk. */
export async function appendRefused(
  file: string,
  bytes: number,
  rows: readonly RefusedRow[],
): Promise<number> {
  if (rows.length === 0) return bytes
  const lines = rows.map(({ row, faults }) => {
    const columns = faults.flatMap(({ column }) => column ?? []).join('、')
    const reasons = faults.map(({ reason }) => reason).join(';')
    return `${row ?? '整个文件'},${columns === '' ? '' : cell(columns)},${row === undefined ? '未读取' : '退回'},${cell(reasons)}\r\n`
  })
  return append(file, bytes, `${bytes === 0 ? head : ''}${lines.join('')}`)
}

/** The last line of a report. */
export function closeReport(
  file: string,
  bytes: number,
  counts: Counts,
  encoding: string,
): Promise<number> {
  const { accepted, duplicate, refused } = counts
  const sentence = `共 ${accepted + duplicate + refused} 行:入库 ${accepted},重复 ${duplicate},退回 ${refused}${encoding === '' ? '' : `;按 ${encoding} 读取`}。改正退回的行后重新放入即可,已入库的行不会重复计数。`
  return append(file, bytes, `合计,,,${cell(sentence)}\r\n`)
}

async function append(file: string, bytes: number, text: string): Promise<number> {
  const handle = await open(file, bytes === 0 ? 'w' : 'r+')
  try {
    await handle.truncate(bytes)
    const { bytesWritten } = await handle.write(text, bytes, 'utf8')
    await handle.sync()
    return bytes + bytesWritten
  } finally {
    await handle.close()
  }
}
