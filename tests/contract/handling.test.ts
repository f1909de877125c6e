/** 督办 against a real relay: who may remind of what and answer it, what bad requests are told, and what outlives a restart. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Handled, Handlings } from '../../protocol/handling.ts'
import { Invited, type Post } from '../../protocol/people.ts'
import { branchB, smallCounty } from '../support/events.ts'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'

const password = 'Red-flag-0701'
const silence = `silence/${branchB}`
let relay: Relay

async function ask(path: string, { body, cookie = '' }: { body?: unknown; cookie?: string } = {}) {
  const response = await fetch(`${relay.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-forwarded-for': '10.0.0.9',
      origin: relay.url,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === ''
        ? {}
        : cookie.startsWith('Bearer')
          ? { authorization: cookie }
          : { cookie }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const value = (await response.json()) as { readonly detail?: string }
  const set = response.headers.get('set-cookie')?.split(';')[0] ?? ''
  return { status: response.status, value, detail: value.detail ?? '', set }
}
const operator = () =>
  `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`

const posts: Readonly<Record<string, Post>> = {
  county: { role: 'county', scope: '431128' },
  elsewhere: { role: 'county', scope: '431129' },
  town: { role: 'township', scope: '431128101' },
  next: { role: 'township', scope: '431128105' },
  branch: { role: 'branch', scope: '431128101001' },
  neighbour: { role: 'branch', scope: '431128101002' },
  organ: { role: 'branch', scope: '431128' },
  engineer: { role: 'operator', scope: '431128' },
  auditor: { role: 'auditor', scope: '431128' },
}
const cookies = new Map<string, string>()

const handle = async (name: string, act: string, warning = silence) => {
  const { status, value, detail } = await ask('/v1/handling', {
    cookie: cookies.get(name) ?? '',
    body: { warning, act },
  })
  return status === 200 ? Value.Parse(Handled, value).warning : `${status} ${detail}`
}

beforeAll(async () => {
  relay = await startRelay()
  const events = smallCounty().map((event) =>
    event['type'] === 'cn.flagwall.organization.recorded' && event['subject'] === branchB
      ? { ...event, data: { ...(event['data'] as object), village: '431128101001' } }
      : event,
  )
  expect((await relay.post(events)).status).toBe(202)
  for (const [name, post] of Object.entries(posts)) {
    const made = await ask('/v1/people', {
      cookie: operator(),
      body: { name: `a-${name}`, title: name, ...post },
    })
    const { ticket } = Value.Parse(Invited, made.value)
    cookies.set(name, (await ask('/v1/invitations/accept', { body: { ticket, password } })).set)
  }
}, 60_000)
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

it('shows everyone the warnings of the own part of the tree, and no others', async () => {
  const seen: Record<string, unknown> = {}
  for (const [name, cookie] of cookies) {
    const { status, value } = await ask('/v1/handling', { cookie })
    seen[name] =
      status === 200
        ? Value.Parse(Handlings, value).warnings.some(({ warning }) => warning.id === silence)
        : status
  }
  expect(seen).toEqual({
    county: true,
    elsewhere: false,
    town: true,
    next: false,
    branch: true,
    neighbour: false,
    organ: false,
    engineer: 403,
    auditor: 403,
  })
  expect((await ask('/v1/handling')).status).toBe(401)
})

it('refuses who may not, hides what lies elsewhere, and says what is wrong with a request', async () => {
  for (const name of ['elsewhere', 'next', 'neighbour', 'organ'])
    expect([name, await handle(name, 'remind')]).toEqual([name, expect.stringMatching(/^404 没有/)])
  for (const name of ['engineer', 'auditor'])
    expect([name, await handle(name, 'remind')]).toEqual([name, expect.stringMatching(/^403 /)])
  expect(await handle('branch', 'remind')).toMatch(/^403 支部不能/)
  expect(await handle('county', 'acknowledge')).toMatch(/^403 签收/)
  expect(await handle('branch', 'acknowledge')).toMatch(/^409 没有待签收/)
  expect(await handle('county', 'withdraw')).toMatch(/^409 没有可撤回/)
  expect(await handle('county', 'shout')).toMatch(/^422 .*act 应为/)
  expect(await handle('county', 'remind', 'silence/nobody')).toMatch(/^404 没有编号/)
})

it('goes from the reminder to its answers, takes one back, and tells the same after a restart', async () => {
  expect(await handle('county', 'remind')).toMatchObject({ stage: 'reminded', reminders: 1 })
  expect(await handle('town', 'withdraw')).toMatch(/^409/)
  expect(await handle('county', 'withdraw')).toMatchObject({ stage: 'raised', reminders: 0 })
  expect(await handle('town', 'remind')).toMatchObject({ remindedBy: 'township', reminders: 1 })
  expect(await handle('branch', 'acknowledge')).toMatchObject({ acknowledgedBy: 'branch' })
  expect(await handle('branch', 'rectify')).toMatchObject({ stage: 'rectified' })
  expect(await handle('county', 'remind')).toMatch(/^409 已报整改/)

  const folder = join(relay.dataDir, 'audit')
  const audit = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  for (const [act, who] of [
    ['remind', 'a-county'],
    ['withdraw', 'a-county'],
    ['remind', 'a-town'],
    ['acknowledge', 'a-branch'],
    ['rectify', 'a-branch'],
  ])
    expect(audit.join('')).toMatch(
      new RegExp(`"act":"warning.${act}","by":"account ${who} at [^"]+","about":"${silence} as`),
    )

  const told = async () =>
    Value.Parse(Handlings, (await ask('/v1/handling', { cookie: operator() })).value).warnings.find(
      ({ warning }) => warning.id === silence,
    )?.warning
  const before = await told()
  await relay.end()
  relay = await startRelay({ dataDir: relay.dataDir })
  expect(await told()).toEqual(before)
})
