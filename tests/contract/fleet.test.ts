/** Screens of the fleet against a real relay: how one is let in, what it sees then, and how that ends. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { Value } from 'typebox/value'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FleetPairing, FleetScreens, SentNotice, SentNotices } from '../../protocol/fleet.ts'
import type { Patch, Snapshot, Subscribed } from '../../protocol/frames.ts'
import {
  PairAnswer,
  PairOffer,
  WhoAmI,
  type Beat,
  type Command,
  type Notices,
  type ScreenSettings,
} from '../../protocol/screens.ts'
import { branchA, branchB, cloudEvent, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { townshipWall } from '../support/screen-settings.ts'

const county = '431128'
/** Of branch A. */
const township = '431128105'
/** As if it came from another machine. */
const afar = { 'x-forwarded-for': '10.0.0.9' } as const
let relay: Relay
const closing: (() => void)[] = []

beforeAll(async () => {
  relay = await startRelay()
  const meeting = { activity: 'x', form: 'lecture', title: '未审核的活动' } as const
  const posted = await relay.post([
    ...smallCounty(),
    cloudEvent('activity.started', branchA, { ...meeting, activity: 'a' }),
    cloudEvent('activity.started', branchB, { ...meeting, activity: 'b' }),
  ])
  expect(posted.status).toBe(202)
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const settings = townshipWall

const operator = (): Record<string, string> => ({
  authorization: `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`,
})
async function ask(
  path: string,
  {
    body,
    headers = {},
    method = body === undefined ? 'GET' : 'POST',
  }: {
    readonly body?: unknown
    readonly headers?: Readonly<Record<string, string>>
    readonly method?: 'GET' | 'POST'
  } = {},
) {
  const response = await fetch(`${relay.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const value: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, value }
}
const begin = async (): Promise<PairOffer> =>
  Value.Parse(
    PairOffer,
    (await ask('/v1/pair', { body: { profile: 'wall', engine: 'Chromium 120' }, headers: afar }))
      .value,
  )
const poll = async (deviceCode: string) => {
  const answer = await ask('/v1/pair/token', { body: { deviceCode }, headers: afar })
  return { ...Value.Parse(PairAnswer, answer.value), cookie: answer.headers.get('set-cookie') }
}
const approve = (code: string, body: unknown = { settings }) =>
  ask(`/v1/fleet/pairings/${code}`, { body, headers: operator() })
async function paired(more: Partial<ScreenSettings> = {}) {
  const { deviceCode, userCode } = await begin()
  expect((await approve(userCode, { settings: { ...settings, ...more } })).status).toBe(201)
  const answer = await poll(deviceCode)
  if (answer.state !== 'paired') throw new Error(answer.state)
  return { ...answer, headers: { ...afar, authorization: `Screen ${answer.token}` } }
}
const audited = (): string =>
  readdirSync(join(relay.dataDir, 'audit'))
    .map((file) => readFileSync(join(relay.dataDir, 'audit', file), 'utf8'))
    .join('')

interface Followed {
  readonly socket: Socket
  readonly patches: Patch[]
  readonly answer: Subscribed
}
async function follow(token: string | undefined, scope = county): Promise<Followed> {
  const socket = io(relay.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: afar,
    ...(token === undefined ? {} : { auth: { screen: token } }),
  })
  closing.push(() => socket.disconnect())
  const patches: Patch[] = []
  socket.on('patch', (patch: Patch) => patches.push(patch))
  const answer = (await socket.emitWithAck('subscribe', { scope })) as Subscribed
  return { socket, patches, answer }
}

it('lets a screen in by the code that it shows, and tells nobody its token but the screen', async () => {
  const offer = await begin()
  expect(offer).toMatchObject({ expiresIn: 600, interval: 5 })
  expect(offer.verificationUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/pair$/)
  expect(offer.verificationUriComplete).toBe(`${offer.verificationUri}#${offer.userCode}`)
  expect((await poll(offer.deviceCode)).state).toBe('pending')
  expect((await poll(offer.deviceCode)).state).toBe('slow-down')
  const seen = await ask(`/v1/fleet/pairings/${offer.userCode}`, { headers: operator() })
  expect(Value.Parse(FleetPairing, seen.value).engine).toBe('Chromium 120')

  const { token, screen, cookie, headers } = await paired()
  expect(screen).toMatchObject({ ...settings, number: 1 })
  expect(cookie).toMatch(
    new RegExp(`^flagwall-screen=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
  )
  for (const known of [headers, { ...afar, cookie: `flagwall-screen=${token}` }]) {
    const me = Value.Parse(WhoAmI, (await ask('/v1/screen', { headers: known })).value)
    expect([me.screen?.id, me.audience]).toEqual([screen.id, 'township'])
  }
  const list = await ask('/v1/fleet/screens', { headers: operator() })
  expect(Value.Parse(FleetScreens, list.value).screens).toHaveLength(1)
  expect(JSON.stringify(list.value) + relay.logs() + audited()).not.toContain(token)
  expect(audited()).toMatch(/screen\.approved.*township of 431128105[^]*screen\.paired/)
})

it('shows it what its audience and scope allow, by snapshot and by patch, and no more', async () => {
  const { token, headers } = await paired()
  const titles = (tables: Snapshot['tables']) => (tables.feed ?? []).map(({ id }) => id)
  const { value } = await ask(`/v1/snapshot/${county}`, { headers })
  expect(titles((value as Snapshot).tables)).toEqual([`${branchA}/a`])
  const other = await ask('/v1/snapshot/430000', { headers })
  const asPublic = await ask('/v1/snapshot/430000', { headers: afar })
  expect((other.value as Snapshot).tables).toEqual((asPublic.value as Snapshot).tables)

  const { patches, answer } = await follow(token)
  expect(answer.mode).toBe('snapshot')
  const heard = await follow(undefined)
  const next = { form: 'lecture', title: '又一场' } as const
  await relay.post([
    cloudEvent('activity.started', branchB, { ...next, activity: 'b2' }),
    cloudEvent('activity.started', branchA, { ...next, activity: 'a2' }),
  ])
  const ids = (all: readonly Patch[]) => all.flatMap(({ puts }) => titles(puts))
  await until('the patch of its own township', () => ids(patches).includes(`${branchA}/a2`))
  await until('the patch at the public', () => heard.patches.length > 0)
  expect(ids(patches)).not.toContain(`${branchB}/b2`)
  expect(ids(heard.patches)).toEqual([])
  const detail = async (id: string) =>
    (await ask(`/v1/branches/${id}`, { headers })).value as {
      readonly meetings: readonly unknown[]
    }
  expect((await detail(branchA)).meetings).not.toEqual([])
  expect((await detail(branchB)).meetings).toEqual([])
})

it('cuts everything that it has open in under a second when it is revoked, and knows it no more', async () => {
  const { token, screen, headers } = await paired({ name: '待撤' })
  const { socket } = await follow(token)
  const video = new WebSocket(`${relay.url.replace('http', 'ws')}/v1/video`, { headers })
  await new Promise((resolve, reject) => video.on('open', resolve).on('error', reject))
  closing.push(() => video.terminate())
  const since = performance.now()
  const revoke = () =>
    ask(`/v1/fleet/screens/${screen.id}/revoke`, { method: 'POST', headers: operator() })
  expect((await revoke()).status).toBe(200)
  await until(
    'both connections to be cut',
    () => !socket.connected && video.readyState === WebSocket.CLOSED,
    1_000,
  )
  console.info(`cut after ${Math.round(performance.now() - since)} ms`)
  const me = await ask('/v1/screen', { headers: { ...afar, cookie: `flagwall-screen=${token}` } })
  expect(me.status).toBe(401)
  expect(me.headers.get('set-cookie')).toMatch(/^flagwall-screen=; .*Max-Age=0/)
  expect((await ask(`/v1/snapshot/${county}`, { headers })).status).toBe(401)
  const stale = { ...afar, cookie: `flagwall-screen=${token}` }
  const { value } = await ask(`/v1/snapshot/${county}`, { headers: stale })
  expect((value as Snapshot).tables.feed).toEqual([])
  expect((await revoke()).status).toBe(422)
})

it('gives a new box the place of an old one, whose token ends', async () => {
  const old = await paired({ name: '换机' })
  const { socket } = await follow(old.token)
  const { deviceCode, userCode } = await begin()
  expect((await approve(userCode, { replaces: old.screen.id })).status).toBe(200)
  await until('the old box to be cut', () => !socket.connected)
  const now = await poll(deviceCode)
  expect(now).toMatchObject({ state: 'paired', screen: { id: old.screen.id, name: '换机' } })
  expect((await ask('/v1/screen', { headers: old.headers })).status).toBe(401)
})

it('keeps its pairing over a restart of the relay', async () => {
  const { screen, headers } = await paired({ name: '常在' })
  await relay.end()
  relay = await startRelay({ dataDir: relay.dataDir, port: Number(new URL(relay.url).port) })
  const me = Value.Parse(WhoAmI, (await ask('/v1/screen', { headers })).value)
  expect(me.screen).toEqual(screen)
})

it('takes new rights at once: the connection is cut and comes back with them', async () => {
  const { token, screen, headers } = await paired({ name: '改受众' })
  const { socket } = await follow(token)
  const changed = { ...settings, name: '改受众', scope: '431128101201', audience: 'public' }
  const answer = await ask(`/v1/fleet/screens/${screen.id}`, {
    body: changed,
    headers: operator(),
  })
  expect(answer.status).toBe(200)
  await until('the connection to be cut', () => !socket.connected)
  const { value } = await ask(`/v1/snapshot/${county}`, { headers })
  expect((value as Snapshot).tables.feed).toEqual([])
})

it('refuses settings that do not go together, and leaves the screen waiting', async () => {
  const { deviceCode, userCode } = await begin()
  for (const [wrong, sentence] of [
    [{ scope: '431129101' }, '不属于'],
    [{ county: '110101' }, '不在本中心服务范围内'],
    [{ audience: 'wall' }, '县本级'],
    [{ name: '\u202e' }, '名称'],
    [{ audience: 'all' }, '/settings'],
  ] as const) {
    const { status, value } = await approve(userCode, { settings: { ...settings, ...wrong } })
    expect([status, (value as { detail: string }).detail]).toEqual([
      422,
      expect.stringContaining(sentence),
    ])
  }
  expect((await poll(deviceCode)).state).toBe('pending')
  const refused = await ask(`/v1/fleet/pairings/${userCode}/refuse`, {
    method: 'POST',
    headers: operator(),
  })
  expect(refused.status).toBe(200)
  const next = await ask(`/v1/fleet/pairings/${userCode}`, { headers: operator() })
  expect(next.status).toBe(404)
})

const beat: Beat = {
  build: 'wall-1',
  wire: 26,
  engine: 'Chromium 120',
  heapMb: 40,
  frames: 60,
  width: 1920,
  height: 1080,
  boardVersion: 1,
  boardAsOf: null,
  scene: 'overview',
  lastError: null,
}
const listed = async (id: string) =>
  Value.Parse(
    FleetScreens,
    (await ask('/v1/fleet/screens', { headers: operator() })).value,
  ).screens.find(({ screen }) => screen.id === id)

it('is told by the screen itself that it is there, and tells it what to do', async () => {
  const { token, screen } = await paired({ name: '听令' })
  expect(await listed(screen.id)).toMatchObject({ state: 'lost', seenAt: null, beat: null })
  const command = (body: unknown) =>
    ask(`/v1/fleet/screens/${screen.id}/commands`, { body, headers: operator() })
  expect((await command({ do: 'reload' })).status).toBe(503)

  const { socket } = await follow(token)
  const heard: Command[] = []
  socket.on('command', (told: Command) => {
    heard.push(told)
    const ok = told.do !== 'reload'
    socket.emit('command-done', { id: told.id, ok, detail: ok ? null : '不能重载' })
  })
  socket.emit('beat', { ...beat, build: '' })
  socket.emit('beat', beat)
  await until('the beat', async () => (await listed(screen.id))?.state === 'online')
  expect(await listed(screen.id)).toMatchObject({ beat })
  const since = performance.now()
  expect((await command({ do: 'identify', seconds: 5 })).status).toBe(200)
  expect(performance.now() - since).toBeLessThan(1_000)
  expect(heard).toEqual([expect.objectContaining({ do: 'identify', number: screen.number })])
  expect(await command({ do: 'reload' })).toMatchObject({
    status: 422,
    value: { detail: '不能重载' },
  })
  for (const wrong of [
    { do: 'redirect', url: 'https://evil.example/' },
    { do: 'redirect', url: '//evil.example/' },
    { do: 'message', text: '\u202e', seconds: 5 },
    { do: 'explode' },
  ])
    expect((await command(wrong)).status).toBe(422)
  expect(heard).toHaveLength(2)
  expect(audited()).toContain(
    `"screen.commanded","by":"127.0.0.1","about":"${screen.id}, identify"`,
  )
})

it('tells several at once, by place or chosen, and says which of them did not', async () => {
  const there = await paired({ name: '在线屏' })
  const away = await paired({ name: '离线屏' })
  const { socket } = await follow(there.token)
  socket.on('command', ({ id }: Command) =>
    socket.emit('command-done', { id, ok: true, detail: null }),
  )
  const tell = (target: unknown) =>
    ask('/v1/fleet/commands', {
      body: { target, command: { do: 'message', text: '全镇检修', seconds: 5 } },
      headers: operator(),
    })
  const chosen = { kind: 'screens', ids: [there.screen.id, away.screen.id] }
  const failed = [{ id: away.screen.id, name: '离线屏', why: '不在线,或 3 秒内没有回应' }]
  expect(await tell(chosen)).toMatchObject({ status: 200, value: { asked: 2, done: 1, failed } })
  const { value } = await tell({ kind: 'place', scope: township })
  expect(value).toMatchObject({ done: 1, failed: expect.arrayContaining(failed) })
  expect((await tell({ kind: 'screens', ids: ['none'] })).status).toBe(404)
  expect((await tell({ kind: 'place', scope: '431128999' })).status).toBe(422)
  expect((await tell({ kind: 'screens', ids: [] })).status).toBe(422)
  expect((await ask('/v1/fleet/commands', { method: 'POST' })).status).toBe(401)
})

it('rolls a thousand screens out from a table, each let in once by its link, and refuses a table with a wrong row whole', async () => {
  const count = async () =>
    Value.Parse(FleetScreens, (await ask('/v1/fleet/screens', { headers: operator() })).value)
      .screens.length
  const post = (lines: readonly string[]) =>
    fetch(`${relay.url}/v1/fleet/roll-out`, {
      method: 'POST',
      headers: { ...operator(), 'content-type': 'text/csv' },
      body: ['名称,所在地,类型', ...lines].join('\n'),
    })
  const before = await count()
  const rows = Array.from({ length: 1_000 }, (_, at) => `第 ${at} 块,431128105201,电视`)
  const refused = await post([...rows, '坏,无此村,电视'])
  expect(refused.status).toBe(422)
  expect(await refused.json()).toMatchObject({
    detail: expect.stringContaining('没有建立任何屏幕'),
    problems: [{ row: 1_002, column: '所在地', sentence: expect.stringContaining('无此村') }],
  })
  expect(await count()).toBe(before)

  const since = performance.now()
  const answer = await post(rows)
  console.info(`1,000 screens after ${Math.round(performance.now() - since)} ms`)
  const [heads, ...links] = (await answer.text()).trim().split('\r\n')
  expect(heads).toContain('配对链接')
  expect([links.length, new Set(links).size]).toEqual([1_000, 1_000])
  expect(await count()).toBe(before + 1_000)
  const ticket = /\/tv#join=([\w-]{43})/.exec(links[7] ?? '')?.[1]
  const join = (word: unknown) => ask('/v1/pair/join', { body: { ticket: word }, headers: afar })
  const joined = await join(ticket)
  expect(joined).toMatchObject({
    status: 200,
    value: { state: 'paired', screen: { name: '第 7 块' } },
  })
  expect(joined.headers.get('set-cookie')).toMatch(/^flagwall-screen=.*HttpOnly/)
  expect((await join('x'.repeat(43))).status).toBe(404)
  expect((await join('short')).status).toBe(422)
  expect((await fetch(`${relay.url}/v1/fleet/roll-out`, { method: 'POST' })).status).toBe(401)
  expect(audited()).toContain('1000 screens')
  expect(relay.logs() + audited()).not.toContain(ticket)
})

it('takes over the screens that a notice is for within a second, and lets them go when it ends', async () => {
  const own = await paired({ name: '石羊大屏' })
  const other = await paired({ name: '别处大屏', scope: '431128101' })
  const screens = await Promise.all([own.token, other.token, undefined].map((t) => follow(t)))
  const told: Notices[] = [[], [], []]
  for (const [index, { socket }] of screens.entries())
    socket.on('notices', (notices: Notices) => {
      told[index] = notices
      for (const { id } of notices) socket.emit('notice-seen', { id })
    })
  const notice = {
    title: '山洪预警',
    text: '请立即转移到高处',
    from: '县防指',
    minutes: 5,
    target: { kind: 'place', scope: township },
  }
  const send = (more: object = {}) =>
    ask('/v1/notices', { body: { ...notice, ...more }, headers: operator() })
  const sent = Value.Parse(SentNotice, (await send()).value)
  await until('the notice', () => told[0]?.length === 1, 1_000)
  expect(told).toMatchObject([[{ title: '山洪预警', from: '县防指' }], [], []])
  const read = async (id: string) =>
    Value.Parse(
      SentNotices,
      (await ask('/v1/notices', { headers: operator() })).value,
    ).notices.find((each) => each.id === id)
  await until('its acknowledgement', async () => (await read(sent.id))?.seen.length === 1)
  expect((await read(sent.id))?.seen[0]?.id).toBe(own.screen.id)

  const all = Value.Parse(SentNotice, (await send({ target: { kind: 'all' } })).value)
  await until('it on all', () => told.every((each) => each.length > 0), 1_000)
  await until('both screens and the page', async () => {
    const now = await read(all.id)
    return now?.seen.length === 2 && now.others > 0
  })
  // Whoever comes later is told as well.
  const late = await paired({ name: '后来' })
  const { socket } = await follow(late.token)
  let after: Notices = []
  socket.on('notices', (notices: Notices) => (after = notices))
  await socket.emitWithAck('subscribe', { scope: county })
  await until('it on the late one', () => after.length === 2, 1_000)

  const end = (id: string) => ask(`/v1/notices/${id}/end`, { method: 'POST', headers: operator() })
  expect((await end(all.id)).status).toBe(200)
  await until('its end', () => told[1]?.length === 0 && told[0]?.length === 1, 1_000)
  expect((await end(all.id)).status).toBe(422)
  // Nor does one go on showing it that was away when it was ended.
  socket.disconnect()
  expect((await end(sent.id)).status).toBe(200)
  const back = await follow(late.token)
  let holding: Notices | undefined
  back.socket.on('notices', (notices: Notices) => (holding = notices))
  await back.socket.emitWithAck('subscribe', { scope: county })
  await until('that nothing holds any more', () => holding?.length === 0, 1_000)
  for (const [wrong, status] of [
    [{ title: '' }, 422],
    [{ text: '\u202e' }, 422],
    [{ minutes: 0 }, 422],
    [{ target: { kind: 'screen', id: 'none' } }, 404],
  ] as const)
    expect((await send(wrong)).status).toBe(status)
  expect(audited()).toMatch(/notice\.sent[^]*山洪预警[^]*notice\.ended/)
})

it('is for operators alone, and locks out whoever guesses codes', async () => {
  const { userCode } = await begin()
  for (const [path, method] of [
    ['screens', 'GET'],
    ['screens/s1', 'POST'],
    ['screens/s1/revoke', 'POST'],
    ['screens/s1/remove', 'POST'],
    ['screens/s1/commands', 'POST'],
    [`pairings/${userCode}`, 'GET'],
    [`pairings/${userCode}`, 'POST'],
    [`pairings/${userCode}/refuse`, 'POST'],
  ] as const)
    expect((await ask(`/v1/fleet/${path}`, { method })).status).toBe(401)
  const guess = (code: string) => ask(`/v1/fleet/pairings/${code}`, { headers: operator() })
  expect((await guess(userCode)).status).toBe(200)
  for (let tries = 0; tries < 5; tries += 1) expect((await guess('ZZZZZZZZ')).status).toBe(404)
  const locked = await guess(userCode)
  expect(locked.status).toBe(429)
  expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800)
})
