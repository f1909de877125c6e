/** The operator's endpoints against a real relay: who may, what is refused in which words, and what the audit keeps. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ConsolePlatforms,
  ConsoleRoster,
  ConsoleRules,
  ConsoleSecret,
} from '../../protocol/console.ts'
import { cloudEvent, smallCounty } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'

let relay: Relay
beforeAll(async () => {
  const dataDir = makeDataDir()
  writeFileSync(
    join(dataDir, 'rules.yaml'),
    'all:\n  rules:\n    silence: {yellowAfterDays: 25}\ncounties:\n  "431128":\n    rules:\n      lecture: off\n',
  )
  relay = await startRelay({ dataDir })
  const report = { feed: 'activities', cadenceSeconds: 60 } as const
  const old = { time: new Date(Date.now() - 240_000).toISOString() }
  await relay.post([...smallCounty(), cloudEvent('source.reported', 'xintian', report, old)])
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

interface Asked {
  readonly body?: string | Uint8Array
  readonly type?: string
  readonly token?: string
}
const token = (): string => readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()
async function ask(method: string, path: string, { body, type, token: given }: Asked = {}) {
  const response = await fetch(`${relay.url}/v1/console/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${given ?? token()}`,
      ...(type === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: body as string }),
  })
  const value = (await response.json()) as { readonly detail?: string }
  return { status: response.status, value, detail: value.detail ?? '' }
}
const post = (path: string, value: unknown) =>
  ask('POST', path, { type: 'application/json', body: JSON.stringify(value) })
const audited = (): readonly { act: string; by: string; about: string }[] =>
  readdirSync(join(relay.dataDir, 'audit')).flatMap((file) =>
    readFileSync(join(relay.dataDir, 'audit', file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { act: string; by: string; about: string }),
  )
async function platform(name: string) {
  const { value } = await ask('GET', 'platforms')
  return Value.Parse(ConsolePlatforms, value).platforms.find((each) => each.platform === name)
}

it.each([
  ['GET', 'platforms'],
  ['POST', 'keys'],
  ['POST', 'keys/xintian/rotate'],
  ['POST', 'keys/some/revoke'],
  ['GET', 'roster/template'],
  ['POST', 'roster/431128'],
  ['GET', 'rules/431128'],
] as const)('%s %s is for operators only', async (method, path) => {
  const response = await fetch(`${relay.url}/v1/console/${path}`, { method })
  expect(response.status).toBe(401)
  expect(response.headers.get('content-type')).toContain('application/problem+json')
})

it('shows what a platform sends, how old that is, its keys without secrets, and what was refused', async () => {
  await relay.post([cloudEvent('activity.started', 'x', { form: 'no' } as never)])
  const shown = await until('the refusal and the feed', async () => {
    const one = await platform('xintian')
    return one !== undefined && one.refusals > 0 && one.feeds.length > 0 && one
  })
  expect(shown.divisions).toEqual(['431128'])
  expect(shown.sinceStart).toEqual({ accepted: 10, duplicate: 0, rejected: 1 })
  expect(shown.perMinute.accepted).toBeGreaterThan(0)
  expect(shown.lastEventAt).toMatch(/\+08:00$/)
  expect(shown.feeds).toEqual([
    expect.objectContaining({ feed: 'activities', state: 'late', cadenceSeconds: 60 }),
  ])
  expect(shown.keys).toHaveLength(1)
  expect(JSON.stringify(shown)).not.toMatch(/whsec_[A-Za-z0-9]/)
})

it('makes, rotates and revokes a key, shows each secret once, and keeps who did it', async () => {
  const made = await post('keys', { platform: 'grid', counties: ['431128'] })
  expect(made.status).toBe(201)
  const { key, secret } = Value.Parse(ConsoleSecret, made.value)
  expect(secret).toMatch(/^whsec_.{44}$/)

  const rotated = await ask('POST', 'keys/grid/rotate')
  expect(Value.Parse(ConsoleSecret, rotated.value).secret).not.toBe(secret)
  expect((await platform('grid'))?.keys.map(({ state }) => state)).toEqual(['ending', 'valid'])

  expect((await ask('POST', `keys/${key.id}/revoke`)).status).toBe(200)
  const again = await ask('POST', `keys/${key.id}/revoke`)
  expect([again.status, again.detail]).toEqual([422, expect.stringContaining('作废')])
  expect((await platform('grid'))?.keys[0]?.state).toBe('revoked')

  const acts = audited().filter(({ about }) => about.includes('of grid'))
  expect(acts.map(({ act }) => act)).toEqual(['key.made', 'key.rotated', 'key.revoked'])
  for (const { by } of acts) expect(by).toMatch(/127\.0\.0\.1/)
  expect(JSON.stringify(audited())).not.toContain('whsec_')
})

it.each([
  ['not JSON', '{', 'application/json', 400],
  ['a key twice', '{"platform":"a","platform":"b","counties":["431128"]}', 'application/json', 400],
  ['another type', '{}', 'text/plain', 415],
  ['no counties', '{"platform":"a","counties":[]}', 'application/json', 422],
  ['a wrong county', '{"platform":"a","counties":["43112"]}', 'application/json', 422],
  ['a wrong name', '{"platform":"A b","counties":["431128"]}', 'application/json', 422],
  ['an unknown field', '{"platform":"a","counties":["431128"],"x":1}', 'application/json', 422],
  ['17 KB', `{"platform":"${'a'.repeat(17_000)}"}`, 'application/json', 413],
] as const)('refuses a key made with %s, and makes none', async (_what, body, type, status) => {
  const before = readFileSync(join(relay.dataDir, 'keys.json'), 'utf8')
  const { status: answered, detail } = await ask('POST', 'keys', { body, type })
  expect(answered).toBe(status)
  expect(detail).not.toBe('')
  expect(readFileSync(join(relay.dataDir, 'keys.json'), 'utf8')).toBe(before)
})

it('says so where there is no key to rotate or to revoke', async () => {
  expect((await ask('POST', 'keys/nobody/rotate')).detail).toContain('没有有效的密钥')
  expect((await ask('POST', 'keys/nobody-1/revoke')).status).toBe(404)
})

const titles = '组织编码,组织名称,组织类别,组织分类,所属乡镇,成立日期,党员人数'
const sheet = (township: string): string =>
  `${titles}\n43112810121701,篮田村党支部,党支部,乡镇,${township},2001-07-01,46\n`
const send = (body: string | Uint8Array, query = '') =>
  ask('POST', `roster/431128${query}`, { body, type: 'text/csv' })

it('lists the wrong cells of a sheet, and writes nothing', async () => {
  const { status, value } = await send(sheet('金陆镇'), '?apply=yes')
  expect(status).toBe(422)
  expect(value).toMatchObject({
    problems: [{ row: 2, column: 'E', sentence: '所属乡镇:没有 "金陆镇",是不是 "金陵镇"' }],
  })
})

it('compares a sheet first and writes it when told, like the command', async () => {
  const dry = Value.Parse(ConsoleRoster, (await send(sheet('金陵镇'))).value)
  expect(dry.differences.map(({ name, kind }) => [name, kind])).toEqual([['篮田村党支部', 'new']])
  expect(dry.missing).toHaveLength(3)
  expect(dry.written).toBeUndefined()
  expect((await send(sheet('金陵镇'))).value).toMatchObject({ differences: [{ kind: 'new' }] })

  const written = Value.Parse(ConsoleRoster, (await send(sheet('金陵镇'), '?apply=yes')).value)
  expect(written.written).toBe(2)
  expect((await send(sheet('金陵镇'))).value).toMatchObject({ differences: [], unchanged: 1 })
  const moved = sheet('金陵镇').replace('党支部,乡镇', '党总支,乡镇')
  const { differences } = Value.Parse(ConsoleRoster, (await send(moved)).value)
  expect(differences[0]?.fields).toEqual([{ title: '类别', before: '党支部', after: '党总支' }])
  const acts = audited().map(({ act }) => act)
  expect(acts).toEqual(expect.arrayContaining(['roster.checked', 'roster.applied']))
})

it('takes the template that it hands out, and refuses what is no sheet', async () => {
  const response = await fetch(`${relay.url}/v1/console/roster/template`, {
    headers: { authorization: `Bearer ${token()}` },
  })
  const template = new Uint8Array(await response.arrayBuffer())
  expect((await send(template)).value).toMatchObject({
    problems: [{ sentence: expect.stringContaining('上级组织编码') as string }],
  })
  const broken = template.slice(0, 200)
  expect((await send(broken)).detail).toContain('XLSX')
  expect((await send('')).status).toBe(422)
  expect((await send(sheet('金陵镇'), '?apply=maybe')).status).toBe(400)
  expect((await ask('POST', 'roster/43', { body: 'a', type: 'text/csv' })).status).toBe(404)
  expect(
    (await ask('POST', 'roster/431128', { body: '{}', type: 'application/json' })).status,
  ).toBe(415)
  expect(
    (await ask('POST', 'roster/110101', { body: sheet('a'), type: 'text/csv' })).detail,
  ).toContain('units.yaml')
})

it('shows which rules differ from the standard, and which are off', async () => {
  const { rules } = Value.Parse(ConsoleRules, (await ask('GET', 'rules/431128')).value)
  const silence = rules.find(({ name }) => name === 'silence')
  expect(silence?.thresholds).toContainEqual({ name: 'yellowAfterDays', value: 25, standard: 30 })
  expect(rules.filter(({ isOn }) => !isOn).map(({ name }) => name)).toEqual(['lecture'])
  expect(rules).toHaveLength(17)
  expect((await ask('GET', 'rules/4311')).status).toBe(404)
})

it('locks a guesser out, and says for how long', async () => {
  for (let tries = 0; tries < 5; tries += 1)
    expect((await ask('GET', 'platforms', { token: 'guess' })).status).toBe(401)
  const { status, detail } = await ask('GET', 'platforms', { token: 'guess' })
  expect([status, detail]).toEqual([429, expect.stringContaining('15 minutes')])
})
