/** Every kind of connector at once, and the relay killed in the middle of it again and again. Kafka's broker is a fake. */
import { fork } from 'node:child_process'
import { mkdirSync, writeFileSync, renameSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, it } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import {
  bodyOf,
  columns,
  idsOf,
  messagesOf,
  rowBody,
  rowOf,
  storedIds,
  untilHealth,
} from './county.ts'
import { startPages, type PagedPlatform } from './pages.ts'
import {
  password,
  startMariadb,
  startMosquitto,
  startPostgresql,
  user,
  type Server,
} from './servers.ts'
import {
  insertMariadb,
  insertPostgresql,
  makeMariadbTable,
  makePostgresqlTable,
  openMariadb,
  openPostgresql,
} from './tables.ts'

const count = 600
const sets = {
  postgresql: messagesOf('pg', count),
  mysql: messagesOf('my', count),
  csv: messagesOf('csv', count),
  xlsx: messagesOf('xlsx', count),
  poll: messagesOf('poll', count),
  mqtt: messagesOf('mqtt', count),
  push: messagesOf('push', count),
}
const expected = Object.values(sets).flatMap(idsOf)

let postgresql: Server
let mariadb: Server
let mosquitto: Server
let pages: PagedPlatform
let relay: Relay
const dataDir = makeDataDir()
const inbox = join(dataDir, 'inbox')

beforeAll(async () => {
  ;[postgresql, mariadb, mosquitto, pages] = await Promise.all([
    startPostgresql(),
    startMariadb(),
    startMosquitto(),
    startPages(sets.poll),
  ])
  const pgClient = await openPostgresql(postgresql)
  await makePostgresqlTable(pgClient)
  await insertPostgresql(pgClient, sets.postgresql)
  await pgClient.end()
  const myClient = await openMariadb(mariadb)
  await makeMariadbTable(myClient)
  await insertMariadb(myClient, sets.mysql)
  await myClient.end()
  mkdirSync(inbox)
  writeFileSync(join(dataDir, 'platforms.yaml'), configuration())
})
afterAll(async () => {
  await relay?.end('SIGKILL')
  await Promise.all([postgresql, mariadb, mosquitto].map((server) => server?.remove()))
  await pages?.close()
  removeDataDir(dataDir)
})

const configuration = () => `
connectors:
  - name: pg-table
    platform: xintian
    kind: table
    server: postgresql
    host: 127.0.0.1
    port: ${postgresql.port}
    database: postgres
    user: ${user}
    password: { env: SOURCE_PASSWORD }
    table: outbox
    mark: { id: id }
    batch: 20
    everySeconds: 0.2
    body:${rowBody}
  - name: my-table
    platform: xintian
    kind: table
    server: mysql
    host: 127.0.0.1
    port: ${mariadb.port}
    database: exchange
    user: ${user}
    password: { env: SOURCE_PASSWORD }
    table: outbox
    mark: { updatedAt: updated_at, id: id }
    batch: 20
    everySeconds: 0.2
    body:${rowBody}
  - name: files
    platform: xintian
    kind: folder
    folder: ${inbox}
    settleSeconds: 0.2
    everySeconds: 0.2
    batch: 20
    body:${rowBody}
  - name: pages
    platform: xintian
    kind: poll
    url: "${pages.url}"
    headers: { authorization: { env: SOURCE_PASSWORD, prefix: "Bearer " } }
    cursor: /next
    items: /data/list
    message: /data
    start: "0"
    everySeconds: 0.2
  - name: door
    platform: xintian
    kind: push
  - name: topics
    platform: xintian
    kind: mqtt
    url: mqtt://127.0.0.1:${mosquitto.port}
    topics: [xintian/#]
    user: ${user}
    password: { env: SOURCE_PASSWORD }
`

async function start(): Promise<Relay> {
  relay = await startRelay({ dataDir, env: { SOURCE_PASSWORD: password } })
  return relay
}

const versionOf = async (): Promise<number> =>
  ((await (await fetch(`${relay.url}/readyz`)).json()) as { readonly version: number }).version

async function publish(): Promise<void> {
  const client = await connectAsync(`mqtt://127.0.0.1:${mosquitto.port}`, {
    username: user,
    password,
  })
  await Promise.all(
    sets.mqtt.map((message) =>
      client.publishAsync('xintian/points', bodyOf([message]), { qos: 1 }),
    ),
  )
  await client.endAsync()
}

/** As the guide asks of senders: the same messages again after any doubt, until they are told to be on disk. */
async function push(): Promise<void> {
  for (let from = 0; from < count; from += 20) {
    const body = bodyOf(sets.push.slice(from, from + 20))
    await until(
      'an answer of 202',
      () =>
        relay.post(body, { type: 'application/json' }).then(
          ({ status }) => status === 202,
          () => false,
        ),
      60_000,
    )
  }
}

/** As programs do that know of drop folders: written under a hidden name, then renamed. */
async function drop(): Promise<void> {
  const lines = [columns, ...sets.csv.map(rowOf)].map((cells) =>
    cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','),
  )
  writeFileSync(join(inbox, '.points.csv'), lines.join('\r\n'))
  renameSync(join(inbox, '.points.csv'), join(inbox, 'points.csv'))
  await writeXlsx(
    [columns, ...sets.xlsx.map(rowOf)].map((cells) => cells.map((value) => ({ value }))),
  ).toFile(join(inbox, '.points.xlsx'))
  renameSync(join(inbox, '.points.xlsx'), join(inbox, 'points.xlsx'))
}

it('loses nothing and counts nothing twice when the relay is killed in the middle of every source', async () => {
  await start()
  await untilHealth(relay, 'topics', 'to subscribe', ({ lastOkAt }) => lastOkAt !== undefined)
  await Promise.all([publish(), drop()])
  const pushed = push()
  for (const share of [0.25, 0.6]) {
    const killAt = Math.round(expected.length * share)
    await until(`${killAt} events`, async () => (await versionOf()) >= killAt, 60_000)
    await relay.end('SIGKILL')
    expect((await storedIds(dataDir)).length).toBeLessThan(expected.length)
    await start()
  }
  // The midnight of the relay itself is the one event more.
  await until('all events', async () => (await versionOf()) > expected.length, 120_000)
  await pushed
  await until('the files to be done', () => readdirSync(join(inbox, 'done')).length === 2)
  await relay.end()
  const stored = await storedIds(dataDir)
  expect(stored.toSorted()).toEqual(expected.toSorted())
  expect(readdirSync(join(inbox, 'failed'))).toEqual([])
}, 300_000)

it('starts again where it stopped, and sends nothing twice after a quiet stop', async () => {
  await start()
  const names = ['pg-table', 'my-table', 'files', 'pages', 'topics']
  for (const name of names)
    await untilHealth(relay, name, 'to answer', ({ lastOkAt }) => lastOkAt !== undefined)
  const files = await untilHealth(relay, 'files', 'to answer', () => true)
  expect(files).toMatchObject({ accepted: 0, duplicate: 0 })
  const paged = await untilHealth(relay, 'pages', 'to answer', () => true)
  expect(paged).toMatchObject({ accepted: 0, duplicate: 0 })
  await relay.end()
  expect(await storedIds(dataDir)).toHaveLength(expected.length)
})

it('loses nothing of a Kafka topic and counts nothing twice, wherever it is killed', async () => {
  const folder = makeDataDir()
  const messages = messagesOf('kafka', count)
  writeFileSync(
    join(folder, 'topic.ndjson'),
    messages.map((message) => bodyOf([message])).join('\n'),
  )
  writeFileSync(join(folder, 'offset'), '0')
  /** Resolves when it has gone, by itself only after the last record. */
  const run = (accepted: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const child = fork(join(import.meta.dirname, 'kafka-child.ts'), [folder])
      child.on('message', (told) => {
        if (told === 'all' || Number(told) >= accepted) child.kill('SIGKILL')
      })
      child.once('exit', (code, signal) =>
        signal === 'SIGKILL' ? resolve(signal) : reject(new Error(`it ended with ${code}`)),
      )
    })
  const committed = (): number => Number(readFileSync(join(folder, 'offset'), 'utf8'))
  for (const accepted of [1, 90, 130]) {
    await run(accepted)
    expect(committed()).toBeLessThan(count)
  }
  expect((await storedIds(folder)).length).toBeGreaterThan(0)
  await run(Infinity)
  expect(committed()).toBe(count)
  expect((await storedIds(folder)).toSorted()).toEqual([...idsOf(messages)].toSorted())
  removeDataDir(folder)
}, 180_000)
