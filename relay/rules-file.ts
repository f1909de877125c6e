/** `DATA_DIR/rules.yaml`: which rules apply in which county, and with which thresholds. */
import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { RulesFile, rulesOf, type RulesConfig } from './core/rules/config.ts'

/** A mistake in `rules.yaml`: line, column, and what to write instead. */
export class RulesError extends Error {
  override readonly name = 'RulesError'
}

export interface Rules {
  /** The rules of a division; the same object for the same code. */
  of(code: string): RulesConfig
  /** Equal for equal files: other rules make other boards of the same log. */
  readonly digest: string
}

const File = Compile(
  Type.Object(
    {
      /** For every county. */
      all: Type.Optional(RulesFile),
      /** By six-digit code, over `all`, rule by rule. */
      counties: Type.Optional(
        Type.Record(Type.String({ pattern: '^\\d{6}$' }), RulesFile, {
          additionalProperties: false,
        }),
      ),
    },
    { additionalProperties: false },
  ),
)
type Written = Parameters<typeof rulesOf>[0] & object

/** The defaults where there is no file. Throws `RulesError`. */
export function readRules(dataDir: string): Rules {
  const file = join(dataDir, 'rules.yaml')
  return existsSync(file) ? parseRules(readFileSync(file, 'utf8'), file) : parseRules('', file)
}

/** `file` is only for the messages. Throws `RulesError`. */
export function parseRules(content: string, file: string): Rules {
  const lines = new LineCounter()
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false })
  const fail = (offset: number, sentence: string): never => {
    const { line, col } = lines.linePos(offset)
    throw new RulesError(`${file}, line ${line}, column ${col}: ${sentence}.`)
  }
  const [broken] = document.errors
  if (broken !== undefined) fail(broken.pos[0], `this is not YAML (${broken.message})`)
  const root: unknown = document.toJS({ maxAliasCount: 20 }) ?? {}
  if (!File.Check(root)) {
    const [first] = File.Errors(root)
    const path = (first?.instancePath ?? '').split('/').slice(1)
    const named = [...path, ...unknownIn(first?.params)]
    const node = document.getIn(named, true) ?? document.getIn(path, true)
    const at = isNode(node) ? (node.range?.[0] ?? 0) : 0
    fail(
      at,
      `${named.join('.') || 'the file'}: ${first?.message ?? 'not a setting'}; the rules and their settings are listed in CONTRIBUTING.md`,
    )
  }
  const { all = {}, counties = {} } = root as {
    readonly all?: Written
    readonly counties?: Readonly<Record<string, Written>>
  }
  const known = new Map<string, RulesConfig>()
  return {
    digest: hash('sha256', JSON.stringify(root), 'hex').slice(0, 8),
    of(code) {
      const before = known.get(code)
      if (before !== undefined) return before
      const made = rulesOf(merged(all, counties[code] ?? {}))
      known.set(code, made)
      return made
    },
  }
}

function unknownIn(params: object | undefined): readonly string[] {
  const { additionalProperties } = (params ?? {}) as { readonly additionalProperties?: unknown }
  return Array.isArray(additionalProperties) ? additionalProperties.slice(0, 1).map(String) : []
}

function merged(all: Written, own: Written): Written {
  const rules = { ...all.rules }
  for (const [name, setting] of Object.entries(own.rules ?? {})) {
    const key = name as keyof typeof rules
    const before = rules[key]
    rules[key] =
      typeof setting === 'object' && typeof before === 'object'
        ? { ...before, ...setting }
        : setting
  }
  return {
    ...all,
    ...own,
    rules,
    tiers: { ...all.tiers, ...own.tiers },
    escalation: { ...all.escalation, ...own.escalation },
  }
}
