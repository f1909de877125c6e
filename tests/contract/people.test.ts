/** People against a real relay: the first account, signing in and out, who may do what and where, and what the audit keeps. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AuditPage, Invited, Me, People, type Post } from '../../protocol/people.ts'
import type { Snapshot } from '../../protocol/frames.ts'
import { totpAt } from '../../relay/people/totp.ts'
import { branchA, cloudEvent, smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { townshipWall } from '../support/screen-settings.ts'
import { writeStreams } from '../support/streams.ts'

const password = 'Red-flag-0701'
const afar = { 'x-forwarded-for': '10.0.0.9' } as const
let relay: Relay
beforeAll(async () => {
  const dataDir = makeDataDir()
  writeStreams(dataDir, [{ id: 'camera-1', kind: 'rtsp', url: 'rtsp://camera.invalid/1' }])
  relay = await startRelay({ dataDir })
  const meeting = { activity: 'a', form: 'lecture', title: '未审核的活动' } as const
  await relay.post([...smallCounty(), cloudEvent('activity.started', branchA, meeting)])
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

interface Asked {
  readonly body?: unknown
  readonly cookie?: string
  readonly token?: string
  readonly origin?: string | null
  readonly method?: string
}
async function ask(path: string, { body, cookie, token, origin, method }: Asked = {}) {
  const isPost = method === 'POST' || (method === undefined && body !== undefined)
  const response = await fetch(`${relay.url}${path}`, {
    method: isPost ? 'POST' : (method ?? 'GET'),
    headers: {
      ...afar,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(isPost && origin !== null ? { origin: origin ?? relay.url } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const value: unknown = text.startsWith('{') ? JSON.parse(text) : undefined
  const detail = (value as { detail?: string } | undefined)?.detail ?? ''
  const set = response.headers.get('set-cookie')
  return { status: response.status, value, detail, set, cookie: set?.split(';')[0] ?? '' }
}
const operator = (): string => readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
const signIn = (name: string, more: Record<string, string> = {}) =>
  ask('/v1/me/sign-in', { body: { name, password, ...more } })
const accept = (ticket: string, first?: { name: string; title: string }) =>
  ask('/v1/invitations/accept', { body: { ticket, password, ...(first && { first }) } })
const meOf = async (cookie: string) => Value.Parse(Me, (await ask('/v1/me', { cookie })).value).me
const audited = (): string =>
  readdirSync(join(relay.dataDir, 'audit'))
    .map((file) => readFileSync(join(relay.dataDir, 'audit', file), 'utf8'))
    .join('')

/** An account of a post, made by the first, with its cookie. */
async function member(name: string, post: Post): Promise<string> {
  const made = await ask('/v1/people', { cookie: first, body: { name, title: name, ...post } })
  expect([made.status, made.detail]).toEqual([201, ''])
  return (await accept(Value.Parse(Invited, made.value).ticket)).cookie
}
let first: string

it('has no account and no default password, and prints a link that makes the first', async () => {
  expect(Value.Parse(Me, (await ask('/v1/me')).value)).toEqual({ me: null, hasAccounts: false })
  expect((await signIn('admin')).status).toBe(401)
  const ticket = /#\/invitation\/([\w-]{43}) /.exec(relay.logs())?.[1] ?? ''
  expect((await ask('/v1/invitations/look', { body: { ticket } })).value).toEqual({ account: null })
  const weak = await ask('/v1/invitations/accept', {
    body: { ticket, password: 'password', first: { name: 'zhang', title: '张三' } },
  })
  expect([weak.status, weak.detail]).toEqual([422, expect.stringContaining('12')])
  expect((await accept(ticket)).status).toBe(422)
  const made = await accept(ticket, { name: 'zhang', title: '张三' })
  expect(made.status).toBe(201)
  expect(made.set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/)
  first = made.cookie
  expect(await meOf(first)).toMatchObject({
    account: { name: 'zhang', role: 'county', scope: '000000' },
    home: '431128',
  })
  expect((await accept(ticket, { name: 'li-si', title: '李四' })).status).toBe(404)
})

it('signs in and out, and knows a session no more once it has ended', async () => {
  const { cookie, status } = await signIn('zhang')
  expect(status).toBe(200)
  expect((await ask('/v1/console/platforms', { cookie })).status).toBe(200)
  expect((await ask('/v1/me/sign-out', { cookie, method: 'POST' })).set).toMatch(/Max-Age=0/)
  expect((await ask('/v1/console/platforms', { cookie })).status).toBe(401)
  expect(await meOf(cookie)).toBeNull()
  expect(await meOf(first)).not.toBeNull()
})

it('refuses what another page of the browser posts with its cookie', async () => {
  const body = { platform: 'grid', counties: ['431128'] }
  for (const [origin, status] of [
    ['http://evil.example', 403],
    ['null', 403],
    [null, 401],
  ] as const)
    expect((await ask('/v1/console/keys', { cookie: first, body, origin })).status).toBe(status)
  expect(readFileSync(join(relay.dataDir, 'keys.json'), 'utf8')).not.toContain('"grid"')
})

/** What stands behind each right, and of which place; a post that answers for it and has the right gets past the guard. */
const doors: readonly (readonly [right: string, place: string, method: string, path: string])[] = [
  ['platforms', '', 'GET', '/v1/console/platforms'],
  ['platforms', '', 'GET', '/v1/refusals'],
  ['platforms', '', 'GET', '/v1/connectors'],
  ['keys', '', 'POST', '/v1/console/keys'],
  ['keys', '', 'POST', '/v1/console/keys/nobody/rotate'],
  ['keys', '', 'POST', '/v1/console/keys/none/revoke'],
  ['roster', '', 'GET', '/v1/console/roster/template'],
  ['roster', '431128', 'GET', '/v1/roster/431128'],
  ['roster', '431128', 'POST', '/v1/console/roster/431128'],
  ['rules', '431128', 'GET', '/v1/console/rules/431128'],
  ['cameras', '', 'GET', '/v1/console/cameras'],
  ['cameras', '', 'GET', '/v1/console/walls'],
  ['clearances', '', 'POST', '/v1/console/cameras/camera-1/clearance'],
  ['pins', '', 'POST', '/v1/console/pins'],
  ['screens', '', 'GET', '/v1/fleet/screens'],
  ['fleet', '', 'GET', '/v1/fleet/pairings/BCDFGHJK'],
  ['fleet', '', 'POST', '/v1/fleet/pairings/BCDFGHJK'],
  ['fleet', '', 'POST', '/v1/fleet/pairings/BCDFGHJK/refuse'],
  ['fleet', '431128105', 'POST', '/v1/fleet/screens/SCREEN'],
  ['fleet', '431128105', 'POST', '/v1/fleet/screens/SCREEN/revoke'],
  ['fleet', '431128105', 'POST', '/v1/fleet/screens/SCREEN/commands'],
  ['screens', '', 'GET', '/v1/notices'],
  ['notices', '', 'POST', '/v1/notices'],
  ['people', '', 'GET', '/v1/people'],
  ['accounts', '', 'POST', '/v1/people'],
  ['accounts', '431128105201', 'POST', '/v1/people/cottage'],
  ['accounts', '431128105201', 'POST', '/v1/people/cottage/suspend'],
  ['accounts', '431128105201', 'POST', '/v1/people/cottage/resume'],
  ['accounts', '431128105201', 'POST', '/v1/people/cottage/invite'],
  ['audit', '', 'GET', '/v1/audit/2026-01'],
]
const posts: Readonly<Record<string, Post & { readonly may: readonly string[] }>> = {
  county: {
    role: 'county',
    scope: '431128',
    may: 'roster rules cameras clearances pins screens fleet notices people accounts'.split(' '),
  },
  elsewhere: {
    role: 'county',
    scope: '431129',
    may: 'roster rules cameras clearances pins screens fleet notices people accounts'.split(' '),
  },
  town: {
    role: 'township',
    scope: '431128105',
    may: ['screens', 'fleet', 'notices', 'people', 'accounts'],
  },
  next: {
    role: 'township',
    scope: '431128101',
    may: ['screens', 'fleet', 'notices', 'people', 'accounts'],
  },
  hamlet: { role: 'branch', scope: '431128105201', may: [] },
  engineer: {
    role: 'operator',
    scope: '000000',
    may: 'platforms keys roster rules cameras pins screens fleet'.split(' '),
  },
  auditor: {
    role: 'auditor',
    scope: '000000',
    may: 'platforms rules cameras screens people audit'.split(' '),
  },
}

it('lets each role past the doors of its rights and of its own part of the tree, and no others', async () => {
  const cookies = new Map<string, string>()
  for (const [name, { role, scope }] of Object.entries(posts))
    cookies.set(name, await member(name, { role, scope }))
  await member('cottage', { role: 'branch', scope: '431128105201' })
  const { userCode } = (await ask('/v1/pair', { body: { profile: 'tv', engine: 'Chromium 67' } }))
    .value as { userCode: string }
  const settings = { ...townshipWall, name: '石羊' }
  const approve = (cookie: string | undefined) =>
    ask(`/v1/fleet/pairings/${userCode}`, { cookie: cookie ?? '', body: { settings } })
  expect((await approve(cookies.get('next'))).status).toBe(404)
  const { value } = await approve(cookies.get('town'))
  const screen = (value as { screen: { id: string } }).screen.id

  const table: string[] = []
  const wanted: string[] = []
  for (const [right, place, method, path] of doors)
    for (const [name, { scope, may }] of Object.entries(posts)) {
      const { status } = await ask(path.replace('SCREEN', screen), {
        cookie: cookies.get(name) ?? '',
        method,
      })
      const answersFor = place === '' || scope === '000000' || place.startsWith(scope)
      // Behind the guard of a list nothing may be there by that name: only where a place is named does 404 mean the guard.
      const isStopped = status === 401 || status === 403 || (status === 404 && place !== '')
      table.push(`${method} ${path} ${name} ${isStopped ? status : 'past'}`)
      wanted.push(
        `${method} ${path} ${name} ${!may.includes(right) ? 403 : answersFor ? 'past' : 404}`,
      )
    }
  expect(table).toEqual(wanted)
  for (const [, , method, path] of doors) expect((await ask(path, { method })).status).toBe(401)

  const names = async (name: string) =>
    Value.Parse(
      People,
      (await ask('/v1/people', { cookie: cookies.get(name) ?? '' })).value,
    ).accounts.map((account) => account.name)
  expect(await names('town')).toEqual(['cottage', 'hamlet', 'town'])
  expect(await names('county')).toEqual(['cottage', 'county', 'hamlet', 'next', 'town'])
  const seen = async (name: string) =>
    (
      (await ask('/v1/fleet/screens', { cookie: cookies.get(name) ?? '' })).value as {
        screens: readonly unknown[]
      }
    ).screens.length
  expect([await seen('town'), await seen('next'), await seen('elsewhere')]).toEqual([1, 0, 0])
})

it('gives nobody rights that reach farther than its own, nor power over itself', async () => {
  const cookie = (await signIn('town')).cookie
  for (const [post, status] of [
    [{ role: 'branch', scope: '431128105202' }, 201],
    [{ role: 'branch', scope: '431128101202' }, 404],
    [{ role: 'county', scope: '431128' }, 404],
    [{ role: 'branch', scope: '431128105' }, 422],
  ] as const) {
    const body = { name: `made-${status}`, title: '新人', ...post }
    expect([post, (await ask('/v1/people', { cookie, body })).status]).toEqual([post, status])
  }
  expect((await ask('/v1/people/town/suspend', { cookie, method: 'POST' })).status).toBe(422)
  const up = { title: '自己', role: 'county', scope: '000000' }
  expect((await ask('/v1/people/town', { cookie, body: up })).status).toBe(422)
  const own = (await signIn('county')).cookie
  const whole = { name: 'too-much', title: '越权', role: 'auditor', scope: '000000' }
  expect((await ask('/v1/people', { cookie: own, body: whole })).status).toBe(404)
})

it('shows boards as its role may see them, and cuts what is open when an account is suspended', async () => {
  const cookie = await member('watcher', { role: 'township', scope: '431128105' })
  const feed = async (more: Asked) =>
    ((await ask('/v1/snapshot/431128', more)).value as Snapshot).tables.feed?.length
  expect([await feed({ cookie }), await feed({})]).toEqual([1, 0])
  const socket = io(relay.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { ...afar, cookie },
  })
  await until('the socket', () => socket.connected)
  await ask('/v1/people/watcher/suspend', { cookie: first, method: 'POST' })
  await until('the socket to be cut', () => !socket.connected, 1_000)
  expect((await signIn('watcher')).status).toBe(401)
  await ask('/v1/people/watcher/resume', { cookie: first, method: 'POST' })
  expect((await signIn('watcher')).status).toBe(200)
})

it('asks for the code of an authenticator, takes none twice, and lets it go with the password', async () => {
  const cookie = await member('coded', { role: 'operator', scope: '000000' })
  const { secret, uri } = (await ask('/v1/me/totp', { cookie, method: 'POST' })).value as {
    secret: string
    uri: string
  }
  expect(uri).toContain(`secret=${secret}`)
  const confirm = (code: string) => ask('/v1/me/totp/confirm', { cookie, body: { code } })
  const earlier = totpAt(secret, Date.now() - 30_000)
  expect((await confirm('000000')).status).toBe(422)
  expect((await confirm(earlier)).status).toBe(200)
  expect((await signIn('coded')).value).toEqual({ state: 'code' })
  expect((await signIn('coded', { code: earlier })).status).toBe(401)
  const code = totpAt(secret, Date.now())
  expect((await signIn('coded', { code })).value).toEqual({ state: 'in' })
  expect((await signIn('coded', { code })).status).toBe(401)
  const remove = (word: string) => ask('/v1/me/totp/remove', { cookie, body: { password: word } })
  expect((await remove('wrong')).status).toBe(422)
  expect((await remove(password)).status).toBe(200)
  expect((await signIn('coded')).value).toEqual({ state: 'in' })
})

it('changes a password, ends the other sessions, and refuses the old one', async () => {
  const cookie = await member('changer', { role: 'operator', scope: '000000' })
  const other = (await signIn('changer')).cookie
  const change = (current: string, next: string) =>
    ask('/v1/me/password', { cookie, body: { current, next } })
  expect((await change('wrong', 'Another-0701')).status).toBe(422)
  expect((await change(password, 'short')).status).toBe(422)
  expect((await change(password, 'Another-0701')).status).toBe(200)
  expect([await meOf(other), (await meOf(cookie))?.account?.name]).toEqual([null, 'changer'])
  expect((await signIn('changer')).status).toBe(401)
})

it('locks an account after five wrong passwords, and says for how long', async () => {
  await member('locked', { role: 'operator', scope: '000000' })
  for (let tries = 0; tries < 5; tries += 1)
    expect((await signIn('locked', { password: 'guess' })).status).toBe(401)
  const { status, detail } = await signIn('locked')
  expect([status, detail]).toEqual([429, expect.stringContaining('15 分钟')])
  expect((await signIn('zhang')).status).toBe(200)
})

it('keeps accounts over a restart, and asks everybody to sign in again', async () => {
  await relay.end()
  relay = await startRelay({ dataDir: relay.dataDir, port: Number(new URL(relay.url).port) })
  expect(await meOf(first)).toBeNull()
  expect(relay.logs()).not.toContain('#/invitation/')
  first = (await signIn('zhang')).cookie
  expect(await meOf(first)).not.toBeNull()
})

it('keeps who did what, shows it to who may read it, and writes down no secret', async () => {
  const cookie = (await signIn('auditor')).cookie
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
  const page = async (query: string) =>
    Value.Parse(AuditPage, (await ask(`/v1/audit/${month}?${query}`, { cookie })).value)
  const { lines, months } = await page('find=screen.approved')
  expect(months).toContain(month)
  expect(lines).toMatchObject([{ act: 'screen.approved', by: 'account town at 127.0.0.1' }])
  const [newest] = (await page('find=')).lines
  expect(newest).toMatchObject({ act: 'audit.read', by: 'account auditor at 127.0.0.1' })
  const text = audited()
  for (const act of [
    'account.made',
    'account.accepted',
    'account.suspended',
    'account.resumed',
    'person.signed-in',
    'person.signed-out',
    'person.refused',
    'person.locked',
    'password.changed',
    'totp.added',
    'totp.removed',
  ])
    expect(text).toContain(`"${act}"`)
  expect(text + relay.logs()).not.toContain(password)
  expect(text).not.toContain(first.split('=')[1])
})

it('does not take the operator’s token for anybody’s account', async () => {
  const token = operator()
  expect((await ask('/v1/me/totp', { token, method: 'POST' })).status).toBe(422)
  expect((await ask('/v1/people', { token })).status).toBe(200)
})
