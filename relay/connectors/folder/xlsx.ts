import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Unreadable, type Sheet, type SheetRow } from './sheet.ts'

const unpackedMost = 512 * 1024 * 1024
const unreadable =
  '不是可读取的 XLSX 文件,请用 Excel 另存为 .xlsx 后再放入(加密的工作簿须先取消密码)'

/** Rows of the first sheet, as the worker sends them. */
export type XlsxMessage =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'unreadable' }

/**
 * The first sheet of a workbook. A workbook can only be unpacked whole, so that happens in a worker with a
 * memory of its own: the board goes on, and a workbook that is too much ends the worker and not the relay.
 * Rejects with `Unreadable`.
 */
export async function readXlsx(file: string): Promise<Sheet> {
  const unpacked = await unpackedBytes(file)
  if (unpacked === undefined) throw new Unreadable(unreadable)
  if (unpacked > unpackedMost)
    throw new Unreadable(
      `工作簿解压后超过 ${unpackedMost / 1024 / 1024} MB,请拆分为多个文件后再放入`,
    )
  const rows = await readInWorker(file)
  return { encoding: 'XLSX', rows: numbered(rows) }
}

async function* numbered(
  rows: readonly (readonly string[])[],
): AsyncGenerator<SheetRow, void, undefined> {
  for (const [index, cells] of rows.entries()) yield { number: index + 1, cells }
}

function readInWorker(file: string): Promise<readonly (readonly string[])[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
      workerData: file,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    worker.once('message', (message: XlsxMessage) => {
      if (message.kind === 'rows') resolve(message.rows)
      else reject(new Unreadable(unreadable))
    })
    worker.once('error', (error: Error & { readonly code?: string }) =>
      reject(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new Unreadable('工作簿太大,请拆分为多个文件后再放入')
          : error,
      ),
    )
    worker.once('exit', () => reject(new Unreadable(unreadable)))
  })
}

/** The size of everything inside, by the directory at the end of the archive; undefined when there is none. */
async function unpackedBytes(file: string): Promise<number | undefined> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const tail = Buffer.alloc(Math.min(size, 65_557))
    await handle.read(tail, 0, tail.length, size - tail.length)
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end === -1 || end + 22 > tail.length) return undefined
    const directory = Buffer.alloc(Math.min(tail.readUInt32LE(end + 12), size))
    await handle.read(directory, 0, directory.length, tail.readUInt32LE(end + 16))
    let total = 0
    for (let at = 0; at + 46 <= directory.length;) {
      if (directory.readUInt32LE(at) !== 0x02014b50) return undefined
      total += directory.readUInt32LE(at + 24)
      at +=
        46 +
        directory.readUInt16LE(at + 28) +
        directory.readUInt16LE(at + 30) +
        directory.readUInt16LE(at + 32)
    }
    return total
  } finally {
    await handle.close()
  }
}
