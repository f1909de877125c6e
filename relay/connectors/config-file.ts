import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { kinds, schemas, type Config, type Kind } from './config.ts'
import { secretsOf, type Secrets } from './secrets.ts'
import { templateFault } from './template.ts'

/** A mistake in `platforms.yaml`: file, line, column, and what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export interface Connectors {
  readonly connectors: readonly Config[]
  readonly secrets: Secrets
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dataDir: string
  /** Platforms with an adapter. */
  readonly hasAdapter: (platform: string) => boolean
}

type Path = readonly (string | number)[]

const validators = new Map(kinds.map((kind) => [kind, Compile(schemas[kind])] as const))

/** Reads the file named by PLATFORMS, or DATA_DIR/platforms.yaml where there is one. Throws `ConfigError`. */
export function readConnectors(surroundings: Surroundings): Connectors {
  const named = surroundings.env['PLATFORMS']
  const file = resolve(named ?? join(surroundings.dataDir, 'platforms.yaml'))
  if (named === undefined && !existsSync(file))
    return { connectors: [], secrets: secretsOf({}, []) }
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ConfigError(
      `PLATFORMS ${file} can't be read: name a file that this user may read, or unset PLATFORMS.`,
      { cause },
    )
  }
  return parseConnectors(content, file, surroundings)
}

/** `file` is only for the messages. Throws `ConfigError`. */
export function parseConnectors(
  content: string,
  file: string,
  { env, hasAdapter }: Omit<Surroundings, 'dataDir'>,
): Connectors {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })

  function fail(path: Path, sentence: string): never {
    const { line, col } = lines.linePos(startOf(document, path))
    const name = nameOf(path)
    throw new ConfigError(
      `${file}, line ${line}, column ${col}: ${name === '' ? '' : `${name}: `}${sentence}.`,
    )
  }

  const [broken] = document.errors
  if (broken !== undefined) {
    const { line, col } = lines.linePos(broken.pos[0])
    throw new ConfigError(
      `${file}, line ${line}, column ${col}: this is not YAML (${broken.message}); mend the line, with spaces for indentation and quotes around texts that hold ": " or begin with { or [.`,
    )
  }

  const root: unknown = document.toJS({ maxAliasCount: 20 })
  if (!isRecord(root) || !Array.isArray(root['connectors']))
    fail([], 'write connectors: and under it a list, one "- name: …" for each connector')
  for (const key of Object.keys(root))
    if (key !== 'connectors') fail([key], 'this key is not known; only connectors stands here')

  const connectors = root['connectors'].map((value: unknown, index): Config => {
    const path = ['connectors', index]
    if (!isRecord(value)) fail(path, 'write a connector as name: …, platform: …, kind: …')
    const { kind } = value
    if (!isKind(kind)) fail([...path, 'kind'], `write one of ${kinds.join(', ')}`)
    const validator = validators.get(kind)
    if (validator === undefined) throw new Error(`no validator for ${kind}`)
    if (!validator.Check(value)) {
      const { at, sentence } = faultOf(schemas[kind], validator.Errors(value))
      fail([...path, ...at], sentence)
    }
    return value as Config
  })

  const names = new Set<string>()
  connectors.forEach((config, index) => {
    const path = ['connectors', index]
    if (names.has(config.name))
      fail([...path, 'name'], `"${config.name}" is taken by a connector above; write another name`)
    names.add(config.name)
    if (config.format !== 'cloudevents' && !hasAdapter(config.platform) && config.kind !== 'push')
      fail(
        [...path, 'platform'],
        `"${config.platform}" has no file in relay/platforms/; write another platform, or format: cloudevents where it sends CloudEvents`,
      )
    if ('body' in config && config.body !== undefined) {
      const fault = templateFault(config.body)
      if (fault !== undefined) fail([...path, 'body', ...fault.at], fault.sentence)
    }
    if ('url' in config) {
      const fault = urlFault(config.kind, config.url)
      if (fault !== undefined) fail([...path, 'url'], fault)
    }
  })
  return { connectors, secrets: secretsOf(env, connectors, fail) }
}

function urlFault(kind: 'poll' | 'mqtt', text: string): string | undefined {
  const wanted = kind === 'poll' ? ['http:', 'https:'] : ['mqtt:', 'mqtts:', 'ws:', 'wss:']
  const url = URL.parse(text.replaceAll('{cursor}', '0'))
  if (url === null || !wanted.includes(url.protocol))
    return `write an address that begins with ${wanted.map((scheme) => `${scheme}//`).join(' or ')}`
  if (url.username !== '' || url.password !== '')
    return 'take the user and the password out of the address; write them as a header or as user and password, by { env: NAME }'
  if (kind === 'poll' && !text.includes('{cursor}'))
    return 'write {cursor} where the cursor goes, such as "https://host/api/events?after={cursor}"'
  return undefined
}

interface Complaint {
  readonly keyword: string
  readonly instancePath: string
  readonly params: object
}

/** The first complaint that an operator can act on: where, and the description of what belongs there. */
function faultOf(
  schema: TSchema,
  complaints: readonly Complaint[],
): { readonly at: Path; readonly sentence: string } {
  const first =
    complaints.find(({ keyword }) => keyword === 'additionalProperties') ??
    complaints.find(({ keyword }) => keyword !== 'boolean' && keyword !== 'anyOf') ??
    complaints[0]
  if (first === undefined) return { at: [], sentence: 'this has not the form of a connector' }
  const at = first.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const params = first.params as {
    readonly additionalProperties?: readonly string[]
    readonly requiredProperties?: readonly string[]
  }
  const [unknown] = params.additionalProperties ?? []
  if (first.keyword === 'additionalProperties' && unknown !== undefined)
    return {
      at: [...at, unknown],
      sentence: `this key is not known here; ${descriptionOf(schema, at) ?? 'remove it'}`,
    }
  const [missing] = params.requiredProperties ?? []
  if (first.keyword === 'required' && missing !== undefined)
    return {
      at,
      sentence: `${missing} is missing; ${descriptionOf(schema, [...at, missing]) ?? 'add it'}`,
    }
  return { at, sentence: descriptionOf(schema, at) ?? 'correct this value' }
}

/** The description of the deepest part of the schema on this way. */
function descriptionOf(schema: TSchema, path: Path): string | undefined {
  let here: unknown = schema
  let found: string | undefined = undefined
  for (const step of [undefined, ...path]) {
    if (step !== undefined) here = childOf(here, step)
    if (!isRecord(here)) return found
    if (typeof here['description'] === 'string') found = here['description']
  }
  return found
}

function childOf(schema: unknown, step: string | number): unknown {
  if (!isRecord(schema)) return undefined
  const { properties, items, patternProperties, additionalProperties } = schema
  if (isRecord(properties) && step in properties) return properties[step]
  if (items !== undefined) return items
  return isRecord(patternProperties) ? Object.values(patternProperties)[0] : additionalProperties
}

/** Where the value at `path` begins; the key of a pair where it has one, else the nearest thing around it. */
function startOf(document: Document.Parsed, path: Path): number {
  let start = document.contents?.range[0] ?? 0
  for (let depth = 1; depth <= path.length; depth++) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true)
    const last = path[depth - 1]
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => (isScalar(key) ? key.value === last : key === last))
      : undefined
    const node = pair?.key ?? document.getIn(path.slice(0, depth), true)
    if (!isNode(node) || !node.range) return start
    start = node.range[0]
  }
  return start
}

function nameOf(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step + 1}]` : `.${step}`))
    .join('')
    .replace(/^\./, '')
}

function isKind(value: unknown): value is Kind {
  return (kinds as readonly unknown[]).includes(value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
