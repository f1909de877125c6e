/** A CSV or XLSX file as rows, one at a time. */
import { extname } from 'node:path'
import { readCsv } from './csv.ts'
import { readXlsx } from './xlsx.ts'

/** Cells of one row as text, empty ones as ''. `number` is the row as a spreadsheet counts it, from 1. */
export type SheetRow =
  | { readonly number: number; readonly cells: readonly string[] }
  /** From here on the file can't be read: the reason, in Chinese. */
  | { readonly number: number; readonly wrong: string }

export interface Sheet {
  /** How it was read, for the report: `UTF-8`, `GB18030`, `XLSX`. */
  readonly encoding: string
  readonly rows: AsyncGenerator<SheetRow, void, undefined>
}

/** A whole file that can't be read; the message is for whoever dropped it, in Chinese. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

export const bytesMost = { csv: 1024 * 1024 * 1024, xlsx: 64 * 1024 * 1024 } as const

/** Rejects with `Unreadable`. */
export function openSheet(file: string, bytes: number, delimiter: string): Promise<Sheet> {
  const kind = extname(file).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv'
  if (bytes > bytesMost[kind])
    throw new Unreadable(`文件超过 ${bytesMost[kind] / 1024 / 1024} MB,请拆分为多个文件后再放入`)
  return kind === 'xlsx' ? readXlsx(file) : readCsv(file, delimiter)
}
