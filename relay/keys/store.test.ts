import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { runKeys } from './command.ts'
import { makeKey, openKeys, revokeKey, rotateKey } from './store.ts'

const now = Date.parse('2026-06-18T09:41:26+08:00')
const hour = 3_600_000
let directory = ''
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'keys-')), 'data')
})
const fail = (error: Error) => {
  throw error
}

test('the keys file is for its owner alone', () => {
  makeKey(directory, 'xintian', ['431128'], now)
  expect(statSync(directory).mode & 0o777).toBe(0o700)
  expect(statSync(join(directory, 'keys.json')).mode & 0o777).toBe(0o600)
  chmodSync(join(directory, 'keys.json'), 0o644)
  expect(() => openKeys(directory, fail)).toThrow(/chmod 600/)
})

test('a running relay follows make, rotate and revoke from its next turn on', async () => {
  const keys = openKeys(directory, fail)
  expect(keys.valid('xintian', now)).toBeUndefined()
  const first = makeKey(directory, 'xintian', ['431128'], now)
  await nextTurn()
  expect(keys.valid('xintian', now)?.map(({ id }) => id)).toEqual([first.id])
  const second = rotateKey(directory, 'xintian', now)
  await nextTurn()
  expect(second.counties).toEqual(['431128'])
  expect(keys.valid('xintian', now + 23 * hour)?.map(({ id }) => id)).toEqual([first.id, second.id])
  expect(keys.valid('xintian', now + 25 * hour)?.map(({ id }) => id)).toEqual([second.id])
  revokeKey(directory, second.id, now + hour)
  await nextTurn()
  expect(keys.valid('xintian', now + 25 * hour)).toEqual([])
})

test('damage that comes later is reported and the last good keys stay in force', () => {
  makeKey(directory, 'xintian', ['431128'], now)
  const errors: string[] = []
  const keys = openKeys(directory, (error) => errors.push(error.message))
  writeFileSync(join(directory, 'keys.json'), '{"keys": [ whsec_half')
  expect(keys.valid('xintian', now)).toHaveLength(1)
  expect(errors).toHaveLength(1)
  expect(errors[0]).toMatch(/not JSON/)
  expect(errors[0]).not.toMatch(/whsec/)
})

test('the command prints a secret once and masks it in the list', () => {
  const secret =
    /whsec_\S+/.exec(
      runKeys(['make', 'xintian', '--counties', '431128,431129'], directory, now),
    )?.[0] ?? ''
  expect(readFileSync(join(directory, 'keys.json'), 'utf8')).toContain(secret)
  const list = runKeys(['list'], directory, now)
  expect(list).toMatch(/xintian .* valid .*431128,431129/)
  expect(list).not.toContain(secret)
})

test('a wrong command says what to type', () => {
  expect(() => runKeys(['make', 'xintian'], directory, now)).toThrow(/--counties 431128/)
  expect(() => runKeys(['make', 'Xin Tian', '--counties', '431128'], directory, now)).toThrow(
    /lower-case/,
  )
  expect(() => runKeys(['rotate', 'xintian'], directory, now)).toThrow(/no valid key/)
  expect(() => runKeys(['revoke', 'x'], directory, now)).toThrow(/keys -- list/)
  expect(() => runKeys(['list', '--loud'], directory, now)).toThrow(/help/)
  expect(() => runKeys(['dance'], directory, now)).toThrow(/make, list, rotate or revoke/)
  expect(runKeys([], directory, now)).toMatch(/npm run keys/)
})

test('two commands at once do not lose a key', () => {
  makeKey(directory, 'xintian', ['431128'], now)
  writeFileSync(join(directory, 'keys.json.new'), '')
  expect(() => makeKey(directory, 'xintian', ['431128'], now)).toThrow(/another keys command/)
})
