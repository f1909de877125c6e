/** The county files: those that come with the product, and `DATA_DIR/county.yaml` over that of the relay's home. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { CountyFile } from '../protocol/county-file.ts'
import { parseYamlFile } from './yaml-file.ts'

/** A mistake in a county file: line, column, and what to write instead. */
export class CountyFileError extends Error {
  override readonly name = 'CountyFileError'
}

export interface CountyFiles {
  /** A division without a file of its own gets plain names and no map. */
  of(code: string): CountyFile
}

interface Folders {
  readonly home: string
  readonly dataDir: string
  readonly publicDir: string
}

const File = Compile(CountyFile)

/** Reads all at once, so that a mistake ends the start. Throws `CountyFileError`. */
export function readCountyFiles({ home, dataDir, publicDir }: Folders): CountyFiles {
  const folder = join(publicDir, 'counties')
  const files = readdirSync(folder).map((name) => readCountyFile(join(folder, name)))
  const own = join(dataDir, 'county.yaml')
  if (existsSync(own)) {
    const file = readCountyFile(own)
    if (file.code !== home) {
      throw new CountyFileError(
        `${own}: code is ${file.code}, and COUNTY is ${home}; make the two equal.`,
      )
    }
    files.push(file)
  }
  const byCode = new Map(files.map((file) => [file.code, file]))
  // A county that a province's or a prefecture's file names has at least its name.
  const names = new Map(
    files.flatMap(({ parts = [] }) => parts.map(({ code, name }) => [code, name] as const)),
  )
  return {
    of(code) {
      const name = names.get(code)
      const named = name === undefined ? {} : { masthead: `${name}智慧党建` }
      return byCode.get(code) ?? { ...plain, ...named, code }
    },
  }
}

const plain = { masthead: '智慧党建', office: '党建指挥中心', map: null, approval: null } as const

function readCountyFile(file: string): CountyFile {
  return parseCountyFile(readFileSync(file, 'utf8'), file)
}

/** `file` is only for the messages. Throws `CountyFileError`. */
export function parseCountyFile(content: string, file: string): CountyFile {
  return parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the settings of a county file are listed in CONTRIBUTING.md',
    fail: (sentence) => new CountyFileError(sentence),
  }) as CountyFile
}
