/** What is on screen as a file. Its name says of when it is. */
import { clockTime } from '../freshness.ts'
import { localDay } from '../../protocol/time.ts'
import { saveFile } from '../parts/save-file.ts'
import { csvOf } from './csv.ts'

type Kind = 'csv' | 'xlsx'

export async function saveTable(
  kind: Kind,
  title: string,
  cells: readonly (readonly (string | number)[])[],
  atMs: number,
): Promise<void> {
  const name = `${title} ${localDay(atMs)} ${clockTime(atMs).replace(':', '')}.${kind}`
  if (kind === 'csv') {
    saveFile(new Blob([csvOf(cells)], { type: 'text/csv;charset=utf-8' }), name)
    return
  }
  const { default: writeXlsx } = await import('write-excel-file/browser')
  saveFile(await writeXlsx(cells.map((row) => row.map((value) => ({ value })))).toBlob(), name)
}
