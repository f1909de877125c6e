import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Account } from '../../protocol/people.ts'
import type { ScreenConfig } from '../../protocol/screens.ts'
import type { Act } from '../audit.ts'
import { createAccess } from './access.ts'
import { lockedMs } from './lockout.ts'

let dataDir: string
let nowMs = 0
let screens = new Map<string, ScreenConfig>()
let recorded: (readonly [Act, string])[] = []
let touched: string[] = []
let account: Account | undefined
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'access-'))
  nowMs = 0
  screens = new Map()
  recorded = []
  touched = []
  account = undefined
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const open = (localAudience?: 'public') =>
  createAccess({
    dataDir,
    localAudience,
    audit: { record: (act, by) => void recorded.push([act, by]) },
    findScreen: (token) => screens.get(token),
    findPerson: (word, isActive) => {
      if (isActive) touched.push(word)
      return word === 'word' ? account : undefined
    },
    clock: () => nowMs,
  })
function from(address: string, headers: Record<string, string> = {}): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  return Object.assign(new IncomingMessage(socket), { headers })
}
const token = (): string => readFileSync(join(dataDir, 'operator.token'), 'utf8').trim()
const bearing = (word: string, address = '10.0.0.9'): IncomingMessage =>
  from(address, { authorization: `Bearer ${word}` })

it('makes a long token of its own for each relay, which nobody else can read', () => {
  open()
  expect(token()).toMatch(/^[\w-]{43}$/)
  expect(statSync(join(dataDir, 'operator.token')).mode & 0o077).toBe(0)
})

it('lets the wall be the wall only on its own machine and without a proxy', () => {
  const access = open()
  const audienceAt = (request: IncomingMessage) => access.reachOf(request).audience
  expect(audienceAt(from('127.0.0.1'))).toBe('wall')
  expect(audienceAt(from('127.0.0.1', { 'x-forwarded-for': '10.0.0.9' }))).toBe('public')
  expect(audienceAt(from('10.0.0.9'))).toBe('public')
  expect(audienceAt(bearing(token()))).toBe('county')
})

it('locks an address out after five wrong tokens, even with the right one, and nobody else', () => {
  const access = open()
  for (let tries = 0; tries < 5; tries++) expect(access.standing(bearing('guess'))).toBe('wrong')
  expect(access.standing(bearing(token()))).toBe('locked')
  expect(access.standing(bearing(token(), '10.0.0.10'))).toBe('operator')
  nowMs += lockedMs - 1_500
  expect(access.lockedSeconds(bearing(token()))).toBe(2)
  expect(access.lockedSeconds(bearing(token(), '10.0.0.10'))).toBe(0)
  nowMs += 1_500
  expect(access.lockedSeconds(bearing(token()))).toBe(0)
  expect(access.standing(bearing(token()))).toBe('operator')
  expect(recorded.map(([act]) => act)).toEqual([
    ...Array.from({ length: 4 }, () => 'token.refused'),
    'token.locked',
  ])
})

it('counts a request once, and forgets wrong tokens after a right one', () => {
  const access = open()
  const request = bearing('guess')
  for (let asked = 0; asked < 9; asked++) access.isOperator(request)
  expect(recorded).toHaveLength(1)
  expect(access.standing(bearing(token()))).toBe('operator')
  for (let tries = 0; tries < 4; tries++) access.standing(bearing('guess'))
  expect(access.standing(bearing(token()))).toBe('operator')
})

const township: ScreenConfig = {
  id: 's1-0',
  number: 1,
  name: '石羊镇党建办',
  county: '431128',
  scope: '431128105',
  audience: 'township',
  profile: 'wall',
  scenes: [],
  size: null,
  keyMap: { set: 'pc', learned: {} },
  sleep: null,
  audio: 0,
  group: null,
}

it('knows a paired screen by header, cookie and the auth of its socket, and as no more than it was let in as', () => {
  screens.set('abc', township)
  const access = open()
  const ways: readonly (readonly [IncomingMessage, unknown?])[] = [
    [from('127.0.0.1', { authorization: 'Screen abc' })],
    [from('10.0.0.9', { cookie: 'a=b; flagwall-screen=abc' })],
    [from('10.0.0.9'), { screen: 'abc' }],
  ]
  for (const [request, auth] of ways) {
    expect(access.screenOf(request, auth)).toBe(township)
    expect(access.reachOf(request, auth)).toEqual({ audience: 'township', code: '431128105' })
    expect(access.isOperator(request)).toBe(false)
  }
  const [request] = ways[1] ?? []
  if (request === undefined) throw new Error('no request')
  expect(access.screenViewer(request, '431128')).toBe('township 431128105')
  expect(access.screenViewer(request, '431100')).toBe('public')
  expect(access.screenViewer(request, '511403')).toBe('public')
})

it("takes a screen whose token counts no longer for the public, on the wall's own machine as well, and locks nobody out", () => {
  const access = open()
  for (let tries = 0; tries < 9; tries += 1) {
    const stale = from('127.0.0.1', { cookie: 'flagwall-screen=abc' })
    expect(access.reachOf(stale).audience).toBe('public')
    expect(access.standing(from('10.0.0.9', { authorization: 'Screen abc' }))).toBe('unpaired')
  }
  expect(access.standing(bearing(token()))).toBe('operator')
  expect(recorded).toEqual([])
})

const official = (role: Account['role'], scope: string): Account => ({
  name: 'zhang',
  title: '张三',
  role,
  scope,
  state: 'active',
  hasTotp: false,
  madeAt: '2026-06-18T09:00:00+08:00',
  lastSignInAt: null,
})
const signedIn = (headers: Record<string, string> = {}, method = 'GET'): IncomingMessage =>
  Object.assign(from('10.0.0.9', { cookie: 'flagwall-person=word', host: 'wall', ...headers }), {
    method,
  })

it.each([
  ['county', '431128', 'county'],
  ['operator', '000000', 'wall'],
  ['auditor', '431128', 'wall'],
  ['township', '431128105', 'township 431128105'],
  ['branch', '431128105201', 'public'],
] as const)(
  'shows %s of %s a board as %s, and beyond its scope as the public',
  (role, scope, as) => {
    const access = open()
    account = official(role, scope)
    expect(access.screenViewer(signedIn(), '431128')).toBe(as)
    expect(access.callerViewer(signedIn(), '431128')).toBe(as)
    if (scope !== '000000') expect(access.screenViewer(signedIn(), '430102')).toBe('public')
  },
)

it('takes a cookie for an act only from a page of the same origin', () => {
  const access = open()
  account = official('county', '431128')
  const who = (headers: Record<string, string>) =>
    access.personOf(signedIn(headers, 'POST'))?.account?.name
  expect(who({ origin: 'http://wall' })).toBe('zhang')
  expect(who({ origin: 'http://wall:81' })).toBeUndefined()
  expect(who({ origin: 'null' })).toBeUndefined()
  expect(who({})).toBeUndefined()
})

it('does not take a page that asks by itself for somebody at it', () => {
  const access = open()
  account = official('county', '431128')
  expect(access.personOf(signedIn({ 'x-passive': '1' }))).toBeDefined()
  expect(touched).toEqual([])
  access.personOf(signedIn())
  expect(touched).toEqual(['word'])
})

it("lets an unpaired browser on the relay's own machine see what the public sees where the county says so", () => {
  const local = from('127.0.0.1')
  expect(open().screenViewer(local, '431128')).toBe('wall')
  expect(open('public').screenViewer(local, '431128')).toBe('public')
})
