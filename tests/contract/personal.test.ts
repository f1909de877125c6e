/**
 * What a platform knows of persons stops at its adapter: every personal field of the nine dialects holds a value that is one
 * of a kind, and so do fields that nobody agreed on and bodies that cannot be read. None of them is in a file of the relay,
 * in a socket, in an answer or in a log; what is refused is kept without them.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { zstdDecompressSync } from 'node:zlib'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { reportsAt, type MockPlatform } from '../../mock-feeds/platform.ts'
import { platforms } from '../../mock-feeds/registry.ts'
import type { Event } from '../../protocol/events.ts'
import { copyJournal } from '../../relay/journal/copy.ts'
import { changed, leaves, open, sentAs, type Opened, type Path } from '../support/native.ts'
import { createPersonal } from '../support/personal.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'

const callers = ['public', 'wall', 'county'] as const
type Caller = (typeof callers)[number]
const asOfMs = Date.parse('2026-06-18T09:41:26+08:00')
const personal = createPersonal()
const inbox = mkdtempSync(join(tmpdir(), 'flagwall-inbox-'))
const heard: { readonly caller: Caller; readonly texts: string[] }[] = []
const answered: string[] = []
/** Of bodies in which something is wrong. */
const statuses: number[] = []
let relay: Relay

/** Two events of each kind and stage that a platform says, from the beginning of its own stories. */
function samplesOf(platform: MockPlatform): readonly Event[] {
  const found = new Map<string, Event[]>()
  const kinds = new Set<string>(['source.reported'])
  const story = platform.tell({ seed: 3, asOfMs })
  for (const events of [story.published(), story.between(asOfMs - 6 * 3_600_000, asOfMs)]) {
    let looked = 0
    for (const event of events) {
      const key = `${event.kind} ${'stage' in event.data ? event.data.stage : ''}`
      const own = found.get(key) ?? []
      // What was told up to now is in both.
      const isNew = own.every(({ id }) => id !== event.id)
      if (own.length < 2 && isNew) found.set(key, [...own, event])
      kinds.add(event.kind)
      looked += 1
      if (looked > 50_000 && kinds.size === platform.kinds.length) break
    }
  }
  return [...[...found.values()].flat(), ...[...reportsAt(platform, asOfMs)].slice(0, 1)]
}

const isWeighed = (platform: MockPlatform, path: Path): boolean =>
  platform.weighed?.includes(String(path.at(-1))) ?? false

/** The same body with a value of its own in each of its personal fields: a text, or by turns of every form. */
function withPersons(
  platform: MockPlatform,
  body: Opened,
  { isText, told }: { isText: boolean; told: Set<string> },
): Opened {
  return leaves(body.tree).reduce((filled, path) => {
    if (isWeighed(platform, path)) {
      told.add(String(path.at(-1)))
      // In the form in which it came, so that the message is read.
      const amount = personal.amount(`${platform.platform} ${path.join('.')}`)
      return changed(filled, path, (holder, key) => {
        holder[key] = typeof holder[key] === 'string' ? String(amount) : amount
      })
    }
    const name = path.findLast((key) => platform.personal.includes(String(key)))
    if (name === undefined) return filled
    told.add(String(name))
    const field = `${platform.platform} ${path.join('.')}`
    const value = isText ? personal.text(field) : personal.put(field)
    return changed(filled, path, (holder, key) => (holder[key] = value))
  }, body)
}

/** Bodies that are refused: a stranger beside each field, and a nest in the place of each agreed value, once a name. */
function* refusedOf(platform: MockPlatform, body: Opened, done: Set<string>): Generator<Opened> {
  const isPersonal = (path: Path) => path.some((key) => platform.personal.includes(String(key)))
  for (const path of leaves(body.tree)) {
    const name = path.at(-1)
    if (typeof name !== 'string' || isPersonal(path) || done.has(name)) continue
    done.add(name)
    const field = `${platform.platform} beside ${path.join('.')}`
    const [beside, within] = [personal.put(field), personal.put(field)]
    yield changed(body, path, (holder) => (holder['wxyz'] = beside))
    yield changed(body, path, (holder, key) => (holder[key] = { wxyz: within }))
    if (!isWeighed(platform, path)) continue
    const wrong = personal.text(field)
    yield changed(body, path, (holder, key) => (holder[key] = wrong))
  }
}

async function send(
  platform: MockPlatform,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const answer = await relay.post(body, { platform: platform.platform, type, headers })
  answered.push(await answer.clone().text())
  return answer
}

/** What a body that holds persons may be broken by, before any adapter sees it. */
async function sendBroken(platform: MockPlatform, type: string, body: string): Promise<void> {
  const expectStatus = async (status: number, ...sent: Parameters<typeof send>) =>
    expect((await send(...sent)).status, sent.slice(1).join(' ')).toBe(status)
  await expectStatus(401, platform, type, body, { 'webhook-signature': 'v1,AAAA' })
  await expectStatus(415, platform, 'text/plain', body)
  await expectStatus(400, platform, 'application/cloudevents+json', body.slice(0, -9))
  if (type !== 'application/json') {
    await expectStatus(400, platform, type, `${body}&unit=1&unit=2`)
    return
  }
  await expectStatus(400, platform, type, body.slice(0, -9))
  await expectStatus(400, platform, type, `${body.slice(0, -1)},}`)
  await expectStatus(422, platform, 'application/cloudevents+json', body)
  await expectStatus(422, platform, type, JSON.stringify([personal.put('a list of texts')]))
}

const headersOf = (caller: Caller): Record<string, string> =>
  caller === 'public'
    ? { 'x-forwarded-for': '10.0.0.9' }
    : caller === 'wall'
      ? {}
      : {
          authorization: `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`,
        }
const scopes = [...new Set(platforms.flatMap(({ divisions }) => divisions))]

async function listen(caller: Caller): Promise<() => void> {
  const texts: string[] = []
  heard.push({ caller, texts })
  const sockets = await Promise.all(
    scopes.map(async (scope) => {
      const options = { transports: ['websocket'], reconnection: false, forceNew: true }
      const socket = io(relay.url, { ...options, extraHeaders: headersOf(caller) })
      socket.onAny((...message: unknown[]) => texts.push(JSON.stringify(message)))
      texts.push(JSON.stringify(await socket.emitWithAck('subscribe', { scope })))
      return socket
    }),
  )
  return () => sockets.forEach((socket) => socket.disconnect())
}

/** A folder whose sheet has columns of persons, which its template leaves out, and rows that do not fit. */
function dropSheet(): void {
  const row = (id: string, points: string, more = '') => {
    const [name, number] = [personal.text('column 姓名'), personal.text('column 身份证号')]
    return `${id},43112810121701,2026-06-01 09:00:00,${points},${name},${number}${more}`
  }
  const lines = ['编号,组织编码,时间,分值,姓名,身份证号', row('f-1', '1'), row('f-2', 'x')]
  lines.push(row('f-3', '1', `,${personal.text('a cell too many')}`), row('', '1'))
  writeFileSync(join(inbox, 'points.csv'), `${lines.join('\n')}\n`)
}

const configuration = `
connectors:
  - name: files
    platform: xintian
    kind: folder
    folder: ${inbox}
    settleSeconds: 0.2
    everySeconds: 0.2
    body:
      batchNo: "{编号}"
      sysCode: XTZHDJ
      areaCode: "431128"
      list:
        - { msgId: "{编号}", msgType: JFBD, ver: "1", czlx: xz, orgCode: "{组织编码}", occurTime: "{时间|time}", payload: { fz: "{分值|number}", jfly: XX } }
`

beforeAll(async () => {
  const samples = platforms.map((platform) => ({ platform, events: samplesOf(platform) }))
  const dataDir = makeDataDir()
  writeFileSync(join(dataDir, 'platforms.yaml'), configuration)
  relay = await startRelay({ dataDir, env: { LOG_LEVEL: 'trace' } })
  const stops = await Promise.all(callers.map(listen))
  for (const { platform, events } of samples) {
    const told = new Set<string>()
    const done = new Set<string>()
    let last = { type: '', body: '' }
    for (const [index, event] of events.entries())
      for (const delivery of platform.deliveries([event])) {
        const body = withPersons(platform, open(delivery), { isText: index % 2 === 0, told })
        const type = delivery.contentType
        const sent = sentAs(body)
        const answer = await send(platform, type, sent)
        expect(await answer.json(), sent).toMatchObject({ accepted: 1, rejected: 0 })
        for (const wrong of refusedOf(platform, body, done))
          statuses.push((await send(platform, type, sentAs(wrong))).status)
        last = { type, body: sent }
      }
    expect([...told].toSorted()).toEqual(
      [...platform.personal, ...(platform.weighed ?? [])].toSorted(),
    )
    await sendBroken(platform, last.type, last.body)
  }
  dropSheet()
  await until('the sheet to be done', () => readdirSync(join(inbox, 'failed')).length === 2)
  await until('a patch for each', () =>
    heard.every(({ texts }) => texts.length > 2 * scopes.length),
  )
  for (const stop of stops) stop()
}, 300_000)
afterAll(async () => {
  await relay?.end()
  removeDataDir(relay.dataDir)
  rmSync(inbox, { recursive: true })
})

it('is asked of enough values to mean something', () => {
  expect(personal.size).toBeGreaterThan(700)
  expect(new Set(statuses)).toEqual(new Set([202, 422]))
  // Only what no reader looks at, such as what a new message withdraws, is passed over when it is wrong.
  expect(statuses.filter((status) => status === 202).length).toBeLessThan(statuses.length / 10)
})

it('reaches no socket', () => {
  for (const { caller, texts } of heard)
    expect([caller, personal.in(texts.join(' '))]).toEqual([caller, []])
})

it('reaches no answer, whoever asks', async () => {
  const perScope = ['snapshot', 'figures', 'digests', 'roster', 'console/rules']
  const paths = [
    ...scopes.flatMap((scope) => perScope.map((name) => `/v1/${name}/${scope}`)),
    '/v1/connectors',
    '/v1/console/platforms',
    '/metrics',
    '/readyz',
    '/openapi.json',
    '/asyncapi.json',
  ]
  for (const caller of callers)
    for (const path of paths) {
      const text = await (await fetch(relay.url + path, { headers: headersOf(caller) })).text()
      expect([caller, path, personal.in(text)]).toEqual([caller, path, []])
    }
  expect(personal.in(answered.join(' '))).toEqual([])
})

it('is not among what was refused, which still says what and why', async () => {
  let before = ''
  let count = 0
  const reasons: string[] = []
  do {
    const address = `${relay.url}/v1/refusals?limit=500${before}`
    const page = (await (await fetch(address, { headers: headersOf('county') })).json()) as {
      readonly refusals: readonly { readonly reason: string; readonly body: string }[]
      readonly next?: number
    }
    expect(personal.in(JSON.stringify(page))).toEqual([])
    reasons.push(...page.refusals.map(({ reason }) => reason))
    count += page.refusals.length
    before = page.next === undefined ? '' : `&before=${page.next}`
    for (const { reason, body } of page.refusals)
      if (/"wxyz"(?!,应为)/.test(reason)) expect(body, reason).toContain('"wxyz":"•••"')
  } while (before !== '')
  expect(count).toBeGreaterThan(500)
  expect(reasons.filter((reason) => reason.includes('wxyz')).length).toBeGreaterThan(count / 3)
})

it('is in none of its files, also not in a backup or in a report beside a sheet', async () => {
  const { dataDir } = relay
  const journal = join(dataDir, 'journal.sqlite')
  await copyJournal(journal, join(dataDir, 'backup.sqlite'))
  const look = (folder: string, isOwn: (name: string) => boolean): number => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isOwn(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
    for (const file of files)
      expect([file, personal.in(readFileSync(file, 'utf8'))]).toEqual([file, []])
    return files.length
  }
  // Once with what waits beside the journal, and once when it has been written into it.
  expect(readdirSync(dataDir)).toContain('journal.sqlite-wal')
  expect(look(dataDir, () => true)).toBeGreaterThan(6)
  await relay.end()
  look(dataDir, () => true)
  expect(look(inbox, (name) => name.includes('报告'))).toBe(1)

  const database = new DatabaseSync(journal, { readOnly: true })
  for (const { state } of database.prepare('SELECT state FROM snapshots').all())
    expect(personal.in(zstdDecompressSync(state as Uint8Array).toString())).toEqual([])
  const stored = database.prepare('SELECT count(DISTINCT source) AS sources FROM entries').get()
  expect(stored?.['sources']).toBeGreaterThanOrEqual(platforms.length)
  database.close()
})

it('is in no log, however much is logged', () => {
  expect(relay.logs()).toContain('listening')
  expect(personal.in(relay.logs())).toEqual([])
})
