/**
 * What village televisions show besides the board: public/television/CODE.yaml, and DATA_DIR/television.yaml over that of
 * the relay's home. A county's own file is read again when it changes: a notice must not wait for a restart.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { TelevisionFile } from '../protocol/television.ts'
import { parseYamlFile } from './yaml-file.ts'

/** A mistake in a television file: line, column, and what to write instead. */
export class TelevisionFileError extends Error {
  override readonly name = 'TelevisionFileError'
}

export interface TelevisionFiles {
  /** A division without a file of its own has no lessons, columns or notices. */
  of(code: string): TelevisionFile
}

interface Options {
  readonly home: string
  readonly dataDir: string
  readonly publicDir: string
  /** Hears of a mistake made while the relay runs; the last good file stays in force. */
  readonly warn: (sentence: string) => void
}

const File = Compile(TelevisionFile)

/** Reads all at once, so that a mistake ends the start. Throws `TelevisionFileError`. */
export function readTelevisionFiles({ home, dataDir, publicDir, warn }: Options): TelevisionFiles {
  const folder = join(publicDir, 'television')
  const byCode = new Map(
    readdirSync(folder).map((name) => {
      const file = read(join(folder, name))
      return [file.code, file] as const
    }),
  )
  const own = join(dataDir, 'television.yaml')
  let readAt = 0

  function readOwn(): void {
    if (!existsSync(own)) return
    const changedAt = statSync(own).mtimeMs
    if (changedAt === readAt) return
    readAt = changedAt
    const file = read(own)
    if (file.code !== home)
      throw new TelevisionFileError(
        `${own}: code is ${file.code}, and COUNTY is ${home}; make the two equal.`,
      )
    byCode.set(home, file)
  }
  readOwn()

  return {
    of(code) {
      try {
        readOwn()
      } catch (error) {
        if (!(error instanceof TelevisionFileError)) throw error
        warn(`${error.message} The file before it stays in force.`)
      }
      return byCode.get(code) ?? { ...plain, code }
    },
  }
}

const plain: Omit<TelevisionFile, 'code'> = {
  callsign: null,
  title: '{村}党群服务中心',
  help: null,
  lessons: [],
  calendar: [],
  radio: [],
  notices: [],
}

function read(file: string): TelevisionFile {
  return parseTelevisionFile(readFileSync(file, 'utf8'), file)
}

/** `file` is only for the messages. Throws `TelevisionFileError`. */
export function parseTelevisionFile(content: string, file: string): TelevisionFile {
  return parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the settings of a television file are listed in CONTRIBUTING.md',
    fail: (sentence) => new TelevisionFileError(sentence),
  }) as TelevisionFile
}
