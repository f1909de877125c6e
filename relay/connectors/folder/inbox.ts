import { existsSync } from 'node:fs'
import { lstat, mkdir, readdir, rename } from 'node:fs/promises'
import { extname, join, parse } from 'node:path'
import { Trouble } from '../connector.ts'

/** A file as it was when it was looked at. */
export interface Found {
  readonly name: string
  readonly bytes: number
  readonly mtimeMs: number
}

export interface Inbox {
  /** Files that have not changed for `settleMs`, by name; half-written ones wait. Rejects with `Trouble`. */
  settled(): Promise<readonly Found[]>
  find(name: string): Promise<Found | undefined>
  /** A name that is free in both subfolders. */
  freeName(name: string): string
  /** Does nothing for a file that was moved already. */
  move(name: string, to: 'done' | 'failed', as: string): Promise<void>
}

const readable = new Set(['.csv', '.xlsx', '.xls'])

export function openInbox(folder: string, settleMs: number, now: () => number): Inbox {
  let seen = new Map<string, Found & { readonly sinceMs: number }>()

  async function find(name: string): Promise<Found | undefined> {
    try {
      const stat = await lstat(join(folder, name))
      // A link could lead anywhere, and what it leads to would end up in a report.
      return stat.isFile() ? { name, bytes: stat.size, mtimeMs: stat.mtimeMs } : undefined
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  async function names(): Promise<readonly string[]> {
    try {
      await mkdir(join(folder, 'done'), { recursive: true })
      await mkdir(join(folder, 'failed'), { recursive: true })
      return await readdir(folder)
    } catch (cause) {
      throw new Trouble(
        'misconfigured',
        `文件夹 ${folder} 不能使用:请让汇聚中心的运行用户可写,或改正 folder。`,
        { cause },
      )
    }
  }

  return {
    find,
    async settled() {
      const next: typeof seen = new Map()
      for (const name of (await names()).toSorted()) {
        // Programs write under a hidden name or ~$ and rename at the end.
        if (/^[.~]/.test(name) || !readable.has(extname(name).toLowerCase())) continue
        const found = await find(name)
        if (found === undefined) continue
        const before = seen.get(name)
        const isSame = before?.bytes === found.bytes && before.mtimeMs === found.mtimeMs
        next.set(name, { ...found, sinceMs: isSame ? before.sinceMs : now() })
      }
      seen = next
      return [...seen.values()].filter(({ sinceMs }) => now() - sinceMs >= settleMs)
    },
    freeName(name) {
      const { name: stem, ext } = parse(name)
      const isTaken = (free: string) =>
        ['done', 'failed'].some((sub) => existsSync(join(folder, sub, free)))
      for (let count = 1; ; count++) {
        const free = count === 1 ? name : `${stem} (${count})${ext}`
        if (!isTaken(free)) return free
      }
    },
    async move(name, to, as) {
      try {
        await rename(join(folder, name), join(folder, to, as))
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      }
    },
  }
}
