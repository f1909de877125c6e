/** What an operator sees when a source is down, refuses, or holds bad rows. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import {
  bodyOf,
  columns,
  healthOf,
  messagesOf,
  refusalsOf,
  rowBody,
  rowOf,
  storedIds,
  untilHealth,
} from './county.ts'
import { startPages, type PagedPlatform } from './pages.ts'
import { password, startMosquitto, startPostgresql, user, type Server } from './servers.ts'
import { insertPostgresql, makePostgresqlTable, openPostgresql } from './tables.ts'

const wrongPassword = 'wrong-horse-4711'

let postgresql: Server
let mosquitto: Server
let pages: PagedPlatform
let client: pg.Client
let relay: Relay
const dataDir = makeDataDir()
const inbox = join(dataDir, 'inbox')

const tableOf = (name: string, secret: string, table: string) => `
  - name: ${name}
    platform: xintian
    kind: table
    server: postgresql
    host: 127.0.0.1
    port: ${postgresql.port}
    database: postgres
    user: ${user}
    password: { env: ${secret} }
    table: ${table}
    mark: { id: id }
    everySeconds: 0.2
    body:${rowBody}`
const topicOf = (name: string, secret: string) => `
  - name: ${name}
    platform: xintian
    kind: mqtt
    url: mqtt://127.0.0.1:${mosquitto.port}
    topics: [xintian/#]
    user: ${user}
    password: { env: ${secret} }`
const pollOf = (name: string, secret: string) => `
  - name: ${name}
    platform: xintian
    kind: poll
    url: "${pages.url}"
    headers: { authorization: { env: ${secret}, prefix: "Bearer " } }
    cursor: /next
    items: /data/list
    message: /data
    start: "0"
    everySeconds: 0.2`

beforeAll(async () => {
  ;[postgresql, mosquitto, pages] = await Promise.all([
    startPostgresql(),
    startMosquitto(),
    startPages([]),
  ])
  client = await openPostgresql(postgresql)
  await makePostgresqlTable(client)
  mkdirSync(inbox)
  writeFileSync(
    join(dataDir, 'platforms.yaml'),
    `connectors:
  - { name: door, platform: xintian, kind: push }
  - name: files
    platform: xintian
    kind: folder
    folder: ${inbox}
    settleSeconds: 0.5
    everySeconds: 0.2
    body:${rowBody}${tableOf('table', 'RIGHT', 'outbox')}${topicOf('topics', 'RIGHT')}${pollOf('pages', 'RIGHT')}${tableOf('table-refused', 'WRONG', 'outbox')}${tableOf('table-missing', 'RIGHT', 'outbx')}${topicOf('topics-refused', 'WRONG')}${pollOf('pages-refused', 'WRONG')}
`,
  )
  relay = await startRelay({ dataDir, env: { RIGHT: password, WRONG: wrongPassword } })
})
afterAll(async () => {
  await client?.end().catch(() => undefined)
  await relay?.end('SIGKILL')
  await Promise.all([postgresql, mosquitto].map((server) => server?.remove()))
  await pages?.close()
  removeDataDir(dataDir)
})

it.each([
  ['table-refused', /password authentication failed.*。请改正 user 或 password。/],
  ['table-missing', /"?outbx"? does not exist。请改正 table。/],
  ['topics-refused', /不接受该用户名或密码:请改正 user 或 password。/],
  ['pages-refused', /不接受凭据\(401\):请改正 headers 所引用的密钥。/],
])('%s says in one sentence what to correct, and never the secret', async (name, sentence) => {
  const health = await untilHealth(
    relay,
    name,
    'to say what is wrong',
    ({ state }) => state === 'misconfigured',
  )
  expect(health.lastError).toMatch(sentence)
  expect(health.lastError).not.toContain('\n')
  const metrics = await (await fetch(`${relay.url}/metrics`)).text()
  expect(metrics).toContain(`flagwall_connector_running{connector="${name}",platform="xintian"`)
  for (const secret of [password, wrongPassword])
    expect(`${metrics}${JSON.stringify(health)}`).not.toContain(secret)
})

it('the list of connectors is for operators only', async () => {
  expect((await fetch(`${relay.url}/v1/connectors`)).status).toBe(401)
})

it('what is pushed over HTTP shows beside the others', async () => {
  const body = JSON.parse(bodyOf(messagesOf('push', 3))) as unknown
  expect((await relay.post(body, { type: 'application/json' })).status).toBe(202)
  expect(await healthOf(relay, 'door')).toMatchObject({ state: 'running', accepted: 3 })
})

it('a bad row is refused with its id, and the rows around it count', async () => {
  const [first, second, third] = messagesOf('bad', 3)
  if (!first || !second || !third) throw new Error('three messages')
  await insertPostgresql(client, [first, { ...second, czlx: 'xx' as 'xz' }, third])
  const health = await untilHealth(relay, 'table', 'to read three rows', (one) => one.rejected > 0)
  expect(health).toMatchObject({ accepted: 2, rejected: 1, state: 'running' })
  const reasons = (await refusalsOf(relay)).map(({ reason }) => reason)
  expect(reasons).toContain('id 2: 字段 czlx 应为代码 xz/xg/cx 之一,收到 "xx"')
})

it('a row that was committed late, behind others, is not skipped', async () => {
  const [late, early] = messagesOf('late', 2)
  if (!late || !early) throw new Error('two messages')
  const slow = await openPostgresql(postgresql)
  await slow.query('BEGIN')
  await insertPostgresql(slow, [late])
  const before = (await healthOf(relay, 'table')).accepted
  await insertPostgresql(client, [early])
  await untilHealth(relay, 'table', 'to read the row', ({ accepted }) => accepted === before + 1)
  await slow.query('COMMIT')
  await slow.end()
  const health = await untilHealth(
    relay,
    'table',
    'to read the late row',
    ({ accepted }) => accepted === before + 2,
  )
  expect(health.duplicate).toBe(0)
})

it('a database that goes down is waited for, and what it gets meanwhile is read afterwards', async () => {
  await postgresql.crash()
  const down = await untilHealth(
    relay,
    'table',
    'to back off',
    ({ state }) => state === 'backing-off',
  )
  expect(down.lastError).toMatch(/^PostgreSQL 127\.0\.0\.1 无法查询\(.+\),稍后自动重试。$/)
  await postgresql.start()
  client = await openPostgresql(postgresql)
  await insertPostgresql(client, messagesOf('after', 5))
  const up = await untilHealth(
    relay,
    'table',
    'to be back',
    ({ state, accepted }) => state === 'running' && accepted === down.accepted + 5,
  )
  expect(up.lag).toEqual({ rows: 0 })
})

it('a platform that answers 500 is waited for, and its pages are read afterwards', async () => {
  pages.status = 500
  const down = await untilHealth(
    relay,
    'pages',
    'to back off',
    ({ state }) => state === 'backing-off',
  )
  expect(down.lastError).toMatch(/应答 500,稍后自动重试。$/)
  pages.messages.push(...messagesOf('page', 45))
  pages.status = undefined
  await untilHealth(
    relay,
    'pages',
    'to be back',
    ({ state, accepted }) => state === 'running' && accepted === 45,
  )
})

it('a broker that goes down is waited for, and a message that is no JSON is refused', async () => {
  await untilHealth(relay, 'topics', 'to subscribe', ({ lastOkAt }) => lastOkAt !== undefined)
  await mosquitto.crash()
  await untilHealth(relay, 'topics', 'to back off', ({ state }) => state === 'backing-off')
  await mosquitto.start()
  await untilHealth(relay, 'topics', 'to be back', ({ state }) => state === 'running')
  const publisher = await connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, {
    username: user,
    password,
  })
  await publisher.publishAsync('xintian/points', '积分', { qos: 1 })
  await publisher.publishAsync('xintian/points', bodyOf(messagesOf('mq', 4)), { qos: 1 })
  await publisher.endAsync()
  const health = await untilHealth(relay, 'topics', 'to read both', (one) => one.accepted === 4)
  expect(health.rejected).toBe(1)
  const reasons = (await refusalsOf(relay)).map(({ reason }) => reason)
  expect(reasons).toContainEqual(expect.stringMatching(/^xintian\/points: 消息不是可读取的 JSON/))
})

const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n')

it('a file with bad rows goes to failed/ with a report beside it, and its good rows count', async () => {
  const [first, second, third] = messagesOf('file', 3).map(rowOf)
  if (!first || !second || !third) throw new Error('three rows')
  const bad = second.with(3, '新增')
  writeFileSync(join(inbox, '六月.csv'), csvOf([columns, first, bad, third, third]))
  await until('the report', () => readdirSync(join(inbox, 'failed')).length === 2)
  expect(readdirSync(join(inbox, 'failed')).toSorted()).toEqual(['六月.csv', '六月.csv.报告.csv'])
  expect(readFileSync(join(inbox, 'failed', '六月.csv.报告.csv'), 'utf8').split('\r\n')).toEqual([
    '\ufeff行号,列,结果,原因',
    '3,"czlx",退回,"字段 czlx 应为代码 xz/xg/cx 之一,收到 ""新增"""',
    '合计,,,"共 4 行:入库 2,重复 1,退回 1;按 UTF-8 读取。改正退回的行后重新放入即可,已入库的行不会重复计数。"',
    '',
  ])
})

it('a relay that stops lets go in peace, and everything that was told as accepted is in its log', async () => {
  const names = ['door', 'files', 'table', 'topics', 'pages']
  const healths = await Promise.all(names.map((name) => healthOf(relay, name)))
  await relay.end()
  expect(await storedIds(dataDir)).toHaveLength(
    healths.reduce((sum, { accepted }) => sum + accepted, 0),
  )
})

it('a mistake in platforms.yaml ends the relay with one sentence', async () => {
  writeFileSync(
    join(dataDir, 'platforms.yaml'),
    'connectors:\n  - name: grid\n    platform: xintian\n    kind: ftp\n',
  )
  await expect(startRelay({ dataDir })).rejects.toThrow(
    /platforms\.yaml, line 4, column 5: connectors\[1\]\.kind: write one of push, poll, table, folder, mqtt, kafka\.\n$/,
  )
})
