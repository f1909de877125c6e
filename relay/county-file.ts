/** The county files: those that come with the product, and `DATA_DIR/county.yaml` over that of the relay's home. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { Basemap, CountyFile } from '../protocol/county-file.ts'
import { RulesFile } from './core/rules/config.ts'
import { parseYamlFile } from './yaml-file.ts'

/** A mistake in a county file: line, column, and what to write instead. */
export class CountyFileError extends Error {
  override readonly name = 'CountyFileError'
}

export interface CountyFiles {
  /** A division without a file of its own gets plain names and no map. */
  of(code: string): CountyFile
  /** Address of a tile of the map under the outline, with {z}, {x}, {y} and {key}; undefined where there is none. */
  tilesOf(code: string): string | undefined
  /** What the relay's home says of its rules in its own county file. */
  readonly rules: Static<typeof RulesFile> | undefined
}

interface Folders {
  readonly home: string
  readonly dataDir: string
  readonly publicDir: string
}

const tiles = '^(?=.*\\{z\\})(?=.*\\{x\\})(?=.*\\{y\\})https?://\\S+$'
const Written = Type.Object(
  {
    ...CountyFile.properties,
    basemap: Type.Optional(
      Type.Object(
        { ...Basemap.properties, url: Type.String({ pattern: tiles }) },
        { additionalProperties: false },
      ),
    ),
    /** As a county's in `rules.yaml`. */
    rules: Type.Optional(RulesFile),
  },
  { additionalProperties: false },
)
type Written = Static<typeof Written>
const File = Compile(Written)

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
      const file = byCode.get(code)
      return file === undefined ? { ...plain, ...named, code } : forScreens(file)
    },
    tilesOf: (code) => byCode.get(code)?.basemap?.url,
    rules: byCode.get(home)?.rules,
  }
}

/** What screens need of it. */
function forScreens({ rules: _rules, basemap, ...file }: Written): CountyFile {
  if (basemap === undefined) return file
  const { credit, look } = basemap
  return { ...file, basemap: { credit, look } }
}

const plain = { masthead: '智慧党建', office: '党建指挥中心', map: null, approval: null } as const

function readCountyFile(file: string): Written {
  return parseCountyFile(readFileSync(file, 'utf8'), file)
}

/** `file` is only for the messages. Throws `CountyFileError`. */
export function parseCountyFile(content: string, file: string): Written {
  return parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the settings of a county file are listed in CONTRIBUTING.md',
    fail: (sentence) => new CountyFileError(sentence),
  }) as Written
}
