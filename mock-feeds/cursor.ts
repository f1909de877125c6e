/** How far a feed has got, in a file of its own: a platform remembers what it has delivered and goes on from there. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export interface Position {
  readonly seed: number
  /** The day whose county was told (`County.asOf`), a plain date. */
  readonly asOf: string
  /** Everything from here … */
  readonly fromMs: number
  /** … up to here has been taken by the relay. Milliseconds since 1970. */
  readonly doneMs: number
}

export interface Cursor {
  /** Undefined where nothing was delivered yet or the file can't be understood: then all is sent again, which does no harm. */
  read(): Position | undefined
  write(position: Position): void
}

export function fileCursor(file: string): Cursor {
  return {
    read() {
      try {
        const told = JSON.parse(readFileSync(file, 'utf8')) as Partial<Position>
        const { seed, asOf, fromMs, doneMs } = told
        const isWhole =
          [seed, fromMs, doneMs].every(Number.isFinite) && /^\d{4}-\d\d-\d\d$/.test(asOf ?? '')
        return isWhole ? (told as Position) : undefined
      } catch {
        // Absent at the first start, torn after a crash: either way there is no position.
        return undefined
      }
    },
    write(position) {
      writeFileSync(`${file}.new`, JSON.stringify(position))
      renameSync(`${file}.new`, file)
    },
  }
}
