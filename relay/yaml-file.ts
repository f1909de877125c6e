/** A settings file in YAML, held against a schema; a mistake is told with its line, its column and the setting's name. */
import { isNode, LineCounter, parseDocument } from 'yaml'

interface Check {
  Check(value: unknown): boolean
  Errors(value: unknown): readonly {
    readonly instancePath: string
    readonly message: string
    readonly params: object
  }[]
}

export interface YamlFile {
  readonly content: string
  /** Only for the sentence. */
  readonly file: string
  readonly schema: Check
  /** Where the settings are described. */
  readonly seeAlso: string
  readonly fail: (sentence: string) => Error
}

/** The content as plain values, {} where the file is empty. Throws what `fail` makes of the first mistake. */
export function parseYamlFile({ content, file, schema, seeAlso, fail }: YamlFile): unknown {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number, sentence: string): Error => {
    const { line, col } = lines.linePos(offset)
    return fail(`${file}, line ${line}, column ${col}: ${sentence}.`)
  }
  const [broken] = document.errors
  if (broken !== undefined) throw at(broken.pos[0], `this is not YAML (${broken.message})`)
  const root: unknown = document.toJS({ maxAliasCount: 20 }) ?? {}
  if (schema.Check(root)) return root
  const [first] = schema.Errors(root)
  const path = (first?.instancePath ?? '').split('/').slice(1)
  const named = [...path, ...keysOf(first?.params)]
  const node = document.getIn(named, true) ?? document.getIn(path, true)
  throw at(
    isNode(node) ? (node.range?.[0] ?? 0) : 0,
    `${named.join('.') || 'the file'}: ${first?.message ?? 'not a setting'}; ${seeAlso}`,
  )
}

/** The key that is too many, or missing. */
function keysOf(params: object | undefined): readonly string[] {
  const { additionalProperties } = (params ?? {}) as { readonly additionalProperties?: unknown }
  return Array.isArray(additionalProperties) ? additionalProperties.slice(0, 1).map(String) : []
}
