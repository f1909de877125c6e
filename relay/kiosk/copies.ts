/** What the relay served last, on disk, so that a wall starts without a network: one file of the head and one of the body an address. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Copy {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  /** ms since the epoch, of this machine's clock. */
  readonly keptAt: number
}

export interface Copies {
  /** The relay says that this screen may see it no longer. */
  drop(address: string): void
  keep(address: string, copy: Copy, body: Buffer): void
  find(address: string): (Copy & { readonly body: Buffer }) | undefined
}

/** Pages, what they load, and the boards and files that they begin with; nothing that is asked for once. */
const kept =
  /^\/($|\?|(assets|geo|counties|tours|television|tv|v1\/(county|snapshot|screen|television))\b)/

export function isKept(address: string): boolean {
  return kept.test(address)
}

const sumOf = (body: Buffer): string => createHash('sha256').update(body).digest('hex')

/** Undefined where there is none, or half of one. */
function headOf(file: string): (Copy & { readonly sum: string }) | undefined {
  try {
    return JSON.parse(readFileSync(`${file}.head`, 'utf8')) as Copy & { readonly sum: string }
  } catch {
    return undefined
  }
}

export function openCopies(folder: string): Copies {
  mkdirSync(folder, { recursive: true })
  /** A page is the same whatever its settings are. */
  const nameOf = (address: string): string =>
    address.startsWith('/v1/') ? address : (address.split('?')[0] ?? '')
  const fileOf = (address: string): string =>
    join(folder, createHash('sha256').update(nameOf(address)).digest('hex').slice(0, 32))
  /** Whole or not at all, since the power may go at any time. */
  const put = (file: string, content: string | Buffer): void => {
    writeFileSync(`${file}.new`, content, { flush: true })
    renameSync(`${file}.new`, file)
  }
  return {
    keep(address, copy, body) {
      const file = fileOf(address)
      const sum = sumOf(body)
      // A page comes with a hundred files that hardly ever change, and each write waits for the disk.
      if (headOf(file)?.sum === sum) return
      put(`${file}.body`, body)
      put(`${file}.head`, JSON.stringify({ address, sum, ...copy }))
    },
    drop(address) {
      rmSync(`${fileOf(address)}.head`, { force: true })
      rmSync(`${fileOf(address)}.body`, { force: true })
    },
    find(address) {
      const file = fileOf(address)
      const head = headOf(file)
      if (head === undefined) return undefined
      const { sum, ...copy } = head
      try {
        const body = readFileSync(`${file}.body`)
        if (sumOf(body) === sum) return { ...copy, body }
      } catch {
        // The power went between the two.
      }
      rmSync(`${file}.head`)
      return undefined
    },
  }
}
