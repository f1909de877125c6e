import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { Instant } from '../../protocol/fields.ts'
import { instantMs, toInstant } from '../../protocol/time.ts'
import { commandUser, openAudit, type Act } from '../audit.ts'

const overlapMs = 24 * 3_600_000

const Key = Type.Object(
  {
    platform: Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' }),
    id: Type.String({ pattern: '^[a-z0-9-]{1,64}$' }),
    /** `whsec_` and the base64 of at least 24 bytes. */
    secret: Type.String({
      pattern: '^whsec_(?:[A-Za-z0-9+/]{4}){8,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    }),
    notBefore: Instant,
    notAfter: Type.Optional(Instant),
    revokedAt: Type.Optional(Instant),
    /** Division codes that the platform may speak for; a province's or prefecture's covers all beneath it. */
    counties: Type.Array(Type.String({ pattern: '^\\d{6}$' }), { minItems: 1, maxItems: 200 }),
  },
  { additionalProperties: false },
)
export type Key = Static<typeof Key>
const keysFile = Compile(Type.Object({ keys: Type.Array(Key) }, { additionalProperties: false }))

/** Something about the keys that the operator has to put right; the message says how. */
export class KeysError extends Error {
  override readonly name = 'KeysError'
}

/** A key that the door can use. */
export interface ValidKey {
  readonly id: string
  readonly secret: KeyObject
  readonly counties: readonly string[]
}

export interface Keys {
  /** Keys valid at an instant; undefined when the platform never had one. Reads the file again when it changed. */
  valid(platform: string, nowMs: number): readonly ValidKey[] | undefined
  /** Platforms with a key, valid or not. */
  platforms(): readonly string[]
}

/**
 * The keys of `directory`/keys.json; none while the file is absent. Throws `KeysError` when the file is
 * unreadable, damaged or open to other users. Damage that comes later is given to `onError`, and the
 * last good keys stay in force.
 */
export function openKeys(directory: string, onError: (error: KeysError) => void): Keys {
  const path = join(directory, 'keys.json')
  let stamp = stampOf(path)
  let byPlatform = index(readKeys(directory))

  let isLooked = false
  function refresh(): void {
    // One look serves all deliveries of a turn of the loop: under load it is a tenth of what one costs.
    if (isLooked) return
    isLooked = true
    setImmediate(() => (isLooked = false))
    const now = stampOf(path)
    if (now === stamp) return
    stamp = now
    try {
      byPlatform = index(readKeys(directory))
    } catch (error) {
      if (!(error instanceof KeysError)) throw error
      onError(error)
    }
  }

  return {
    valid(platform, nowMs) {
      refresh()
      return byPlatform
        .get(platform)
        ?.filter(({ fromMs, untilMs }) => fromMs <= nowMs && nowMs < untilMs)
        .map(({ key }) => key)
    },
    platforms() {
      refresh()
      return [...byPlatform.keys()]
    },
  }
}

interface Timed {
  readonly key: ValidKey
  readonly fromMs: number
  readonly untilMs: number
}

function index(keys: readonly Key[]): ReadonlyMap<string, readonly Timed[]> {
  const byPlatform = new Map<string, Timed[]>()
  for (const { platform, id, secret, counties, notBefore, notAfter, revokedAt } of keys) {
    const timed = {
      key: { id, counties, secret: createSecretKey(secret.slice('whsec_'.length), 'base64') },
      fromMs: instantMs(notBefore),
      untilMs: Math.min(
        ...[notAfter, revokedAt].map((end) => (end === undefined ? Infinity : instantMs(end))),
      ),
    }
    byPlatform.set(platform, [...(byPlatform.get(platform) ?? []), timed])
  }
  return byPlatform
}

/** Changes with every write of the file: it is replaced, never written in place. */
function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
  return stat === undefined ? '' : `${stat.ino}:${stat.mtimeNs}:${stat.size}:${stat.mode}`
}

export function readKeys(directory: string): readonly Key[] {
  const path = join(directory, 'keys.json')
  let text: string
  try {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) return []
    if ((stat.mode & 0o077) !== 0)
      throw new KeysError(
        `${path} can be read by other users: run chmod 600 ${path}, then rotate its keys.`,
      )
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    if (cause instanceof KeysError) throw cause
    throw new KeysError(
      `${path} cannot be read (${messageOf(cause)}): check its owner and its mode (600).`,
      { cause },
    )
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text around the fault, and that is a secret.
    throw new KeysError(
      `${path} is not JSON: restore it from a backup, or delete it and make new keys.`,
    )
  }
  if (!keysFile.Check(value)) {
    const [first] = keysFile.Errors(value)
    throw new KeysError(
      `${path} is damaged at ${first?.instancePath || '/'} (${first?.message ?? 'wrong form'}): restore it from a backup, or delete it and make new keys.`,
    )
  }
  return value.keys
}

/** Makes the first key of a platform, or one more; `by` is for the audit. The secret is in the answer and nowhere else but the file. */
export function makeKey(
  directory: string,
  platform: string,
  counties: readonly string[],
  nowMs: number,
  by = commandUser(),
): Key {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(platform))
    throw new KeysError(
      `"${platform}" cannot name a platform: use lower-case letters, digits and "-", such as xintian.`,
    )
  if (counties.length === 0)
    throw new KeysError(
      'Say which counties the platform may speak for: --counties 431128 (several with commas).',
    )
  const wrong = counties.find((county) => !/^\d{6}$/.test(county))
  if (wrong !== undefined)
    throw new KeysError(
      `"${wrong}" is not a county: give six-digit codes, such as --counties 431128,431129.`,
    )
  return change(directory, 'key.made', nowMs, by, (keys) => {
    const key = fresh(platform, [...new Set(counties)], nowMs)
    return { keys: [...keys, key], result: key }
  })
}

/** Makes a new key with the rights of the newest valid one; the valid ones end 24 hours from now, or earlier if they did already. */
export function rotateKey(
  directory: string,
  platform: string,
  nowMs: number,
  by = commandUser(),
): Key {
  return change(directory, 'key.rotated', nowMs, by, (keys) => {
    const valid = keys.filter((key) => key.platform === platform && isValid(key, nowMs))
    const newest = valid.at(-1)
    if (newest === undefined)
      throw new KeysError(
        `${platform} has no valid key to rotate: run npm run keys -- make ${platform} --counties …`,
      )
    const key = fresh(platform, newest.counties, nowMs)
    const ends = nowMs + overlapMs
    const older = keys.map((old) =>
      valid.includes(old) && (old.notAfter === undefined || instantMs(old.notAfter) > ends)
        ? { ...old, notAfter: toInstant(ends) }
        : old,
    )
    return { keys: [...older, key], result: key }
  })
}

/** Ends a key at once. */
export function revokeKey(directory: string, id: string, nowMs: number, by = commandUser()): Key {
  return change(directory, 'key.revoked', nowMs, by, (keys) => {
    const found = keys.find((key) => key.id === id)
    if (found === undefined)
      throw new KeysError(`No key has the id "${id}": see npm run keys -- list.`)
    if (found.revokedAt !== undefined)
      throw new KeysError(`${id} was revoked at ${found.revokedAt} already.`)
    const revoked = { ...found, revokedAt: toInstant(nowMs) }
    return { keys: keys.map((key) => (key === found ? revoked : key)), result: revoked }
  })
}

export function isValid(key: Key, nowMs: number): boolean {
  return (
    instantMs(key.notBefore) <= nowMs &&
    (key.notAfter === undefined || nowMs < instantMs(key.notAfter)) &&
    (key.revokedAt === undefined || nowMs < instantMs(key.revokedAt))
  )
}

function fresh(platform: string, counties: readonly string[], nowMs: number): Key {
  return {
    platform,
    id: `${platform}-${randomBytes(4).toString('hex')}`,
    secret: `whsec_${randomBytes(32).toString('base64')}`,
    notBefore: toInstant(nowMs),
    counties: [...counties],
  }
}

/** Writes beside the file and renames. The new file's name is the lock: two commands at once never lose a key. */
function change(
  directory: string,
  act: Act,
  nowMs: number,
  by: string,
  edit: (keys: readonly Key[]) => { readonly keys: readonly Key[]; readonly result: Key },
): Key {
  const path = join(directory, 'keys.json')
  const next = `${path}.new`
  let file: number
  try {
    if (mkdirSync(directory, { recursive: true, mode: 0o700 }) === undefined)
      chmodSync(directory, 0o700)
    file = openSync(next, 'wx', 0o600)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')
      throw new KeysError(
        `${next} exists: another keys command is running. If none is, delete that file and try again.`,
        { cause },
      )
    throw new KeysError(
      `${directory} cannot be written (${messageOf(cause)}): set DATA_DIR to a directory that you own.`,
      { cause },
    )
  }
  try {
    let result: Key
    try {
      const edited = edit(readKeys(directory))
      writeSync(file, `${JSON.stringify({ keys: edited.keys }, null, 2)}\n`)
      fsyncSync(file)
      result = edited.result
      const about = `${result.id} of ${result.platform} for ${result.counties.join(', ')}`
      openAudit(directory, () => nowMs).record(act, by, about)
    } finally {
      closeSync(file)
    }
    renameSync(next, path)
    return result
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
