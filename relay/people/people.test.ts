import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { everywhere } from '../../protocol/division.ts'
import { mayGive, mistakeInPost, rights, rightsOf, roles } from '../../protocol/people.ts'
import { createFirstLink } from './first-link.ts'
import { hashPassword, isPassword, weakness } from './password.ts'
import { createSessions, idleMs, longestMs } from './sessions.ts'
import { openPeople, type PeopleStore } from './store.ts'
import { newTotpSecret, totpAt, totpStep, totpUri } from './totp.ts'

let dataDir: string
let nowMs: number
let people: PeopleStore
const open = (): PeopleStore => openPeople(dataDir, () => nowMs)
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'people-'))
  nowMs = Date.parse('2026-06-18T09:41:26+08:00')
  people = open()
})
afterEach(() => {
  people.close()
  rmSync(dataDir, { recursive: true })
})
const zhang = { name: 'zhang', title: '张三', role: 'township', scope: '431128105' } as const

it('reads the codes of RFC 6238, forgives half a minute, and takes none twice', () => {
  // Appendix B: the secret is the ASCII text 12345678901234567890; the last six of its eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ] as const) {
    expect(totpAt(secret, seconds * 1_000)).toBe(code)
    const step = totpStep(secret, code, seconds * 1_000 + 30_000, 0)
    expect(step).toBe(Math.floor(seconds / 30))
    expect(totpStep(secret, code, seconds * 1_000, step ?? 0)).toBeUndefined()
    expect(totpStep(secret, code, seconds * 1_000 + 90_000, 0)).toBeUndefined()
  }
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri(secret, 'zhang')).toBe(
    `otpauth://totp/%E7%BA%A2%E6%97%97%E5%A2%99:zhang?secret=${secret}&issuer=%E7%BA%A2%E6%97%97%E5%A2%99`,
  )
})

it.each([
  ['Ab1!Ab1!', '12'],
  ['Aa1!Aa1!Aa1!', '6 种'],
  ['my-Zhang-2026!', '账号名'],
  ['abcdefghijkl12', '三类'],
  ['Red-flag-0701', undefined],
  ['唱支山歌给党听我把党来比母亲母亲只生了我的身', undefined],
])('says of %s what it lacks: %s', (password, lack) => {
  const said = weakness(password, 'zhang')
  if (lack === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(lack)
})

it('keeps no password, and knows it again', async () => {
  const kept = await hashPassword('Red-flag-0701')
  expect(kept).not.toContain('Red')
  expect(await hashPassword('Red-flag-0701')).not.toBe(kept)
  expect(await isPassword('Red-flag-0701', kept)).toBe(true)
  expect(await isPassword('red-flag-0701', kept)).toBe(false)
  expect(await isPassword('', null)).toBe(false)
})

it('ends a session after half an hour without anybody, and after half a day in any case', () => {
  const sessions = createSessions(() => nowMs)
  const word = sessions.begin('zhang')
  const cut: string[] = []
  sessions.hold(word, () => cut.push('cut'))
  nowMs += idleMs - 1
  expect(sessions.find(word, false)).toBe('zhang')
  nowMs += 1
  expect(sessions.find(word, false)).toBeUndefined()
  expect(cut).toEqual(['cut'])

  const next = sessions.begin('zhang')
  for (let passedMs = 0; passedMs < longestMs - idleMs; passedMs += idleMs / 2) {
    nowMs += idleMs / 2
    expect(sessions.find(next, true)).toBe('zhang')
  }
  nowMs += idleMs - 1
  sessions.find(next, true)
  nowMs += 1
  expect(sessions.find(next, true)).toBeUndefined()
})

it('ends all sessions of one account and nobody else’s, and the oldest of too many', () => {
  const sessions = createSessions(() => nowMs)
  const [own, kept, other] = ['zhang', 'zhang', 'li'].map((name) => sessions.begin(name))
  sessions.endAll('zhang', kept)
  expect([own, kept, other].map((word) => sessions.find(word ?? '', true))).toEqual([
    undefined,
    'zhang',
    'li',
  ])
  for (let count = 0; count < 16; count += 1) sessions.begin('zhang')
  expect(sessions.find(kept ?? '', true)).toBeUndefined()
})

it('keeps accounts over a restart, their secrets unreadable, and links that count once and for three days', () => {
  const made = people.add(zhang)
  expect(people.add(zhang)).toBeUndefined()
  const ticket = made?.ticket ?? ''
  people.close()
  people = open()
  expect(people.invited(ticket)).toMatchObject({ ...zhang, state: 'invited' })
  expect(people.invited('another')).toBeUndefined()
  people.setPassword('zhang', 'scrypt$a$b')
  expect(people.invited(ticket)).toBeUndefined()
  expect(people.get('zhang')?.state).toBe('active')

  people.setTotp('zhang', 'SECRET', 7)
  const again = people.invite('zhang')
  expect(people.secretsOf('zhang')).toMatchObject({ password: null, totp: null })
  nowMs = again.untilMs
  expect(people.invited(again.ticket)).toBeUndefined()
  const file = join(dataDir, 'people.sqlite')
  expect(statSync(file).mode & 0o077).toBe(0)
  expect(readFileSync(`${file}-wal`).includes(again.ticket)).toBe(false)
})

it('suspends an account and takes it back as it was', () => {
  people.add(zhang)
  people.suspend('zhang', true)
  people.suspend('zhang', false)
  expect(people.get('zhang')?.state).toBe('invited')
  people.setPassword('zhang', 'scrypt$a$b')
  people.suspend('zhang', true)
  people.suspend('zhang', false)
  expect(people.get('zhang')?.state).toBe('active')
})

it('opens the first link once, for a day, and only while there is no account', () => {
  let has = false
  const link = createFirstLink(
    () => has,
    () => nowMs,
  )
  const ticket = link.ticket ?? ''
  expect([link.isOpen(ticket), link.isOpen('guess')]).toEqual([true, false])
  has = true
  expect(link.isOpen(ticket)).toBe(false)
  has = false
  nowMs += 24 * 3_600_000
  expect(link.isOpen(ticket)).toBe(false)
  expect(
    createFirstLink(
      () => true,
      () => nowMs,
    ).ticket,
  ).toBeNull()
})

it('gives nobody more than whoever gives it has', () => {
  const posts = roles.flatMap((role) =>
    [everywhere, '431128', '431129', '431128105', '431128105201', '431128101201']
      .map((scope) => ({ role, scope }))
      .filter((post) => mistakeInPost(post) === undefined),
  )
  for (const own of posts)
    for (const given of posts) {
      if (!mayGive(own, given)) continue
      expect(rightsOf(own)).toEqual(expect.arrayContaining([...rightsOf(given)]))
      expect(
        given.scope === own.scope || own.scope === everywhere || given.scope.startsWith(own.scope),
      ).toBe(true)
    }
  const gives = (own: (typeof posts)[number]) => posts.filter((post) => mayGive(own, post)).length
  expect(gives({ role: 'county', scope: everywhere })).toBe(posts.length)
  expect(gives({ role: 'township', scope: '431128105' })).toBe(2)
  for (const role of ['branch', 'operator', 'auditor'] as const)
    expect(gives({ role, scope: role === 'branch' ? '431128105201' : everywhere })).toBe(0)
  expect(rightsOf({ role: 'county', scope: everywhere })).toEqual(rights)
})
