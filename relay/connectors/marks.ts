import { mkdirSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Trouble } from './connector.ts'

/** How far a connector has come, in DATA_DIR/marks/NAME.json. Written only after the events are on disk. */
export interface Marks {
  /** Undefined before the first. Throws `Trouble` when the file is damaged or belongs to another source. */
  read(): Promise<unknown>
  save(mark: unknown): Promise<void>
}

/** `source` names what is read, such as the table: a mark of another source would skip rows in silence. */
export function openMarks(dataDir: string, name: string, source: string): Marks {
  const folder = join(dataDir, 'marks')
  const file = join(folder, `${name}.json`)

  return {
    async read() {
      let text: string
      try {
        text = await readFile(file, 'utf8')
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw new Trouble('misconfigured', `${file} 无法读取:请检查文件的所有者。`, {
          cause: error,
        })
      }
      const saved = parse(text)
      if (saved === undefined)
        throw new Trouble('misconfigured', `${file} 已损坏:删除后从头读取,已计入的事件不会重复。`)
      if (saved.source !== source)
        throw new Trouble(
          'misconfigured',
          `${file} 记录的是 ${saved.source} 的进度,而现在读取的是 ${source}:请给接入换一个 name,它会从头读取。`,
        )
      return saved.mark
    },

    /** Beside the file, to the disk, then renamed: a crash leaves the old mark or the new one. */
    async save(mark) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const fresh = `${file}.new`
      const handle = await open(fresh, 'w', 0o600)
      try {
        await handle.writeFile(JSON.stringify({ source, mark }))
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(fresh, file)
      const directory = await open(folder, 'r')
      try {
        await directory.sync()
      } finally {
        await directory.close()
      }
    },
  }
}

function parse(text: string): { readonly source: string; readonly mark: unknown } | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'mark' in value
    ? { source: value.source, mark: value.mark }
    : undefined
}
