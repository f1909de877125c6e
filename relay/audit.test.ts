import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAudit } from './audit.ts'
import { makeKey, revokeKey, rotateKey } from './keys/store.ts'

const now = Date.parse('2026-06-30T23:59:59+08:00')
let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'audit-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const lines = (month: string): readonly Record<string, string>[] =>
  readFileSync(join(dataDir, 'audit', `${month}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>)

it('writes a line a deed, a file a month by local time, for its owner only', () => {
  openAudit(dataDir, () => now).record('refusals.read', '10.0.0.9', '/v1/refusals')
  openAudit(dataDir, () => now + 1_000).record('roster.read', '10.0.0.9', '431128\n"')
  expect(lines('2026-06')).toEqual([
    {
      at: '2026-06-30T23:59:59+08:00',
      act: 'refusals.read',
      by: '10.0.0.9',
      about: '/v1/refusals',
    },
  ])
  expect(lines('2026-07')).toMatchObject([{ act: 'roster.read', about: '431128\n"' }])
  expect(statSync(join(dataDir, 'audit')).mode & 0o077).toBe(0)
  expect(statSync(join(dataDir, 'audit', '2026-06.jsonl')).mode & 0o077).toBe(0)
})

it('remembers each key that was made, rotated and revoked, and never its secret', () => {
  const first = makeKey(dataDir, 'grid', ['431128'], now)
  const second = rotateKey(dataDir, 'grid', now)
  revokeKey(dataDir, first.id, now)
  expect(lines('2026-06').map(({ act, about }) => [act, about])).toEqual([
    ['key.made', `${first.id} of grid for 431128`],
    ['key.rotated', `${second.id} of grid for 431128`],
    ['key.revoked', `${first.id} of grid for 431128`],
  ])
  expect(lines('2026-06').every(({ by }) => by?.startsWith('user '))).toBe(true)
  const written = readFileSync(join(dataDir, 'audit', '2026-06.jsonl'), 'utf8')
  for (const { secret } of [first, second]) expect(written).not.toContain(secret)
})

it('makes no key when that cannot be recorded', () => {
  writeFileSync(join(dataDir, 'audit'), 'not a folder')
  expect(() => makeKey(dataDir, 'grid', ['431128'], now)).toThrow()
  expect(statSync(join(dataDir, 'keys.json'), { throwIfNoEntry: false })).toBeUndefined()
})
