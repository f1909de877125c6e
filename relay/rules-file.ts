/** `DATA_DIR/rules.yaml`: which rules apply in which county, and with which thresholds. */
import { hash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { RulesFile, rulesOf, type RulesConfig } from './core/rules/config.ts'
import { parseYamlFile } from './yaml-file.ts'

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

/** Of one county, from a file of its own. */
interface OwnRules {
  readonly code: string
  readonly rules: Written | undefined
}

/** The defaults where there is no file. Throws `RulesError`. */
export function readRules(dataDir: string, own?: OwnRules): Rules {
  const file = join(dataDir, 'rules.yaml')
  return parseRules(existsSync(file) ? readFileSync(file, 'utf8') : '', file, own)
}

/** `file` is only for the messages. Throws `RulesError`. */
export function parseRules(content: string, file: string, own?: OwnRules): Rules {
  const root = parseYamlFile({
    content,
    file,
    schema: File,
    seeAlso: 'the rules and their settings are listed in CONTRIBUTING.md',
    fail: (sentence) => new RulesError(sentence),
  })
  const { all = {}, counties: written = {} } = root as {
    readonly all?: Written
    readonly counties?: Readonly<Record<string, Written>>
  }
  if (own?.rules !== undefined && written[own.code] !== undefined) {
    throw new RulesError(
      `${file}: the rules of ${own.code} stand here and in county.yaml; keep them in one of the two.`,
    )
  }
  const counties = own?.rules === undefined ? written : { ...written, [own.code]: own.rules }
  const known = new Map<string, RulesConfig>()
  return {
    digest: hash(
      'sha256',
      JSON.stringify(own?.rules === undefined ? root : { all, counties }),
      'hex',
    ).slice(0, 8),
    of(code) {
      const before = known.get(code)
      if (before !== undefined) return before
      const made = rulesOf(merged(all, counties[code] ?? {}))
      known.set(code, made)
      return made
    },
  }
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
    cases: { ...all.cases, ...own.cases },
  }
}
