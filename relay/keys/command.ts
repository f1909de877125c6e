import { parseArgs } from 'node:util'
import { isValid, KeysError, makeKey, readKeys, revokeKey, rotateKey, type Key } from './store.ts'

export const help = `Keys with which platforms sign their deliveries.

  npm run keys -- make PLATFORM --counties 431128[,431129]   make a key; prints its secret once
                                                             (530000 covers the whole province)
  npm run keys -- list                                       show all keys, secrets masked
  npm run keys -- rotate PLATFORM                            make a new key; the old one is good for 24 h more
  npm run keys -- revoke ID                                  end a key at once

The keys are in DATA_DIR/keys.json (DATA_DIR is ./data unless set). A running relay follows every change.
`

/** Runs one command; returns what to print. Throws `KeysError` with a sentence for the operator. */
export function runKeys(args: readonly string[], directory: string, nowMs: number): string {
  const { positionals, values } = parse(args)
  const [command, name, ...rest] = positionals
  if (values.help === true || command === undefined || command === 'help') return help
  if (rest.length > 0)
    throw new KeysError(`Too many words: "${rest.join(' ')}". See npm run keys -- help.`)
  if (values.counties !== undefined && command !== 'make')
    throw new KeysError('--counties goes with make only.')
  switch (command) {
    case 'make':
      return printed(
        makeKey(directory, needed(name, 'make PLATFORM'), split(values.counties), nowMs),
      )
    case 'rotate':
      return `${printed(rotateKey(directory, needed(name, 'rotate PLATFORM'), nowMs))}The old key is good for 24 hours more.\n`
    case 'revoke': {
      const key = revokeKey(directory, needed(name, 'revoke ID'), nowMs)
      return `${key.id} of ${key.platform} is revoked.\n`
    }
    case 'list':
      return listed(readKeys(directory), nowMs)
    default:
      throw new KeysError(`There is no command "${command}": use make, list, rotate or revoke.`)
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { counties: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (cause) {
    throw new KeysError(
      `${cause instanceof Error ? cause.message.split('.')[0] : 'Unreadable options'}. See npm run keys -- help.`,
      { cause },
    )
  }
}

function needed(word: string | undefined, usage: string): string {
  if (word === undefined) throw new KeysError(`A word is missing: npm run keys -- ${usage}.`)
  return word
}

function split(counties: string | undefined): readonly string[] {
  return (counties ?? '')
    .split(',')
    .map((county) => county.trim())
    .filter((county) => county !== '')
}

function printed(key: Key): string {
  return `platform  ${key.platform}\nid        ${key.id}\ncounties  ${key.counties.join(', ')}\nsecret    ${key.secret}\nThe secret is not shown again: hand it to the platform now, over a safe channel.\n`
}

function listed(keys: readonly Key[], nowMs: number): string {
  if (keys.length === 0) return 'No keys yet: npm run keys -- make PLATFORM --counties 431128\n'
  const rows = keys.map((key) => [
    key.platform,
    key.id,
    'whsec_••••',
    stateOf(key, nowMs),
    key.counties.join(','),
  ])
  const all = [['PLATFORM', 'ID', 'SECRET', 'STATE', 'COUNTIES'], ...rows]
  const widths = all.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [],
  )
  return `${all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')}\n`
}

function stateOf(key: Key, nowMs: number): string {
  if (key.revokedAt !== undefined) return `revoked ${key.revokedAt}`
  if (isValid(key, nowMs))
    return key.notAfter === undefined ? 'valid' : `valid until ${key.notAfter}`
  return key.notAfter === undefined ? `not before ${key.notBefore}` : `ended ${key.notAfter}`
}
