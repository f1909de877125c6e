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
type Path = readonly (string | number)[]

interface OpenOptions {
  readonly content: string
  /** Only for the sentence. */
  readonly file: string
  /** Where the settings are described. */
  readonly seeAlso: string
  readonly fail: (sentence: string) => Error
  /** What stands in it is told to nobody: of what is not even YAML only the kind of mistake is said. */
  readonly isSecret?: boolean
}

export interface YamlFile extends OpenOptions {
  readonly schema: Check
}

interface OpenYaml {
  /** {} where the file is empty. */
  readonly root: unknown
  /** The mistake at a place, to be thrown. */
  faultAt(path: Path, sentence: string): Error
  /** Throws the first mistake of what stands at a place. */
  check(schema: Check, value: unknown, path?: Path): void
}

/** Throws what `fail` makes of a file that is no YAML. */
export function openYamlFile({ content, file, seeAlso, fail, isSecret }: OpenOptions): OpenYaml {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number, sentence: string): Error => {
    const { line, col } = lines.linePos(offset)
    return fail(`${file}, line ${line}, column ${col}: ${sentence}.`)
  }
  const [broken] = document.errors
  if (broken !== undefined)
    throw at(
      broken.pos[0],
      `this is not YAML (${isSecret === true ? broken.code : broken.message})`,
    )

  /** The nearest thing that stands there. */
  function offsetOf(path: Path): number {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      if (isNode(node)) return node.range?.[0] ?? 0
    }
    return document.contents?.range[0] ?? 0
  }
  const faultAt = (path: Path, sentence: string): Error =>
    at(offsetOf(path), `${path.join('.') || 'the file'}: ${sentence}`)
  return {
    root: document.toJS({ maxAliasCount: 20 }) ?? {},
    faultAt,
    check(schema, value, path = []) {
      if (schema.Check(value)) return
      const [first] = schema.Errors(value)
      const steps = (first?.instancePath ?? '').split('/').slice(1)
      throw faultAt(
        [...path, ...steps, ...keysOf(first?.params)],
        `${first?.message ?? 'not a setting'}; ${seeAlso}`,
      )
    },
  }
}

/** The content as plain values, {} where the file is empty. Throws what `fail` makes of the first mistake. */
export function parseYamlFile({ schema, ...options }: YamlFile): unknown {
  const { root, check } = openYamlFile(options)
  check(schema, root)
  return root
}

/** The key that is too many, or missing. */
function keysOf(params: object | undefined): readonly string[] {
  const { additionalProperties } = (params ?? {}) as { readonly additionalProperties?: unknown }
  return Array.isArray(additionalProperties) ? additionalProperties.slice(0, 1).map(String) : []
}
