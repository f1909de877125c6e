import { parentPort, workerData } from 'node:worker_threads'
import { readSheet } from 'read-excel-file/node'
import type { XlsxMessage } from './xlsx.ts'

/** As a spreadsheet shows it: numbers with 15 digits, times without a zone, a plain date where there is no time. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  if (value instanceof Date) {
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString()
    return text.slice(11, 19) === '00:00:00'
      ? text.slice(0, 10)
      : `${text.slice(0, 10)} ${text.slice(11, 19)}`
  }
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  return String(value as string)
}

async function read(): Promise<XlsxMessage> {
  try {
    const rows = await readSheet(String(workerData))
    return { kind: 'rows', rows: rows.map((row) => row.map(textOf)) }
  } catch {
    // Whatever the library says of a damaged file, its sender can do but one thing.
    return { kind: 'unreadable' }
  }
}

parentPort?.postMessage(await read())
