import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startAgent, type Agent } from './agent.ts'
import { openCopies } from './copies.ts'

let folder: string
let relay: Server
let agent: Agent
let answer: { status: number; body: string }
let heard: (string | undefined)[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flagwall-agent-'))
  answer = { status: 200, body: 'first' }
  heard = []
  relay = createServer((request, response) => {
    heard.push(request.headers.origin, request.headers.host)
    response.writeHead(answer.status, { 'content-type': 'text/plain', 'set-cookie': 'secret=1' })
    response.end(answer.body)
  })
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
  agent = await startAgent({
    relay: new URL(`http://127.0.0.1:${(relay.address() as AddressInfo).port}`),
    port: 0,
    copies: openCopies(folder),
    tell: () => ({ fine: true }),
    clock: () => 1_000_000,
  })
})
afterEach(async () => {
  await agent.stop()
  relay.close()
  rmSync(folder, { recursive: true, force: true })
})

const unplug = () => new Promise((done) => relay.close(done))
const ask = async (address: string) => {
  const response = await fetch(`${agent.url}${address}`, { headers: { connection: 'close' } })
  return { status: response.status, body: await response.text(), headers: response.headers }
}

it('answers as the relay did last, without what was said to one browser', async () => {
  await ask('/?rotation=off')
  await unplug()
  const kept = await ask('/?at=2026-06-18')
  expect([kept.status, kept.body]).toEqual([200, 'first'])
  expect(kept.headers.get('set-cookie')).toBeNull()
  expect(Date.parse(kept.headers.get('date') ?? '')).toBe(1_000_000)
  expect(agent.reachedAt()).toBe(1_000_000)
})

it('says so where nothing is kept, and keeps nothing that is asked for once', async () => {
  await ask('/v1/branches/1')
  await unplug()
  for (const address of ['/v1/branches/1', '/assets/none.js'])
    expect(await ask(address)).toMatchObject({
      status: 502,
      body: expect.stringContaining('does not answer'),
    })
})

it.each([401, 403, 404])('forgets what the relay answers with %i', async (status) => {
  await ask('/v1/snapshot/431128')
  answer = { status, body: 'no' }
  expect((await ask('/v1/snapshot/431128')).status).toBe(status)
  expect(readdirSync(folder)).toEqual([])
  await unplug()
  expect((await ask('/v1/snapshot/431128')).status).toBe(502)
})

it('goes on with the copy while the relay is being started behind its own door', async () => {
  await ask('/')
  answer = { status: 503, body: 'starting' }
  expect(await ask('/')).toMatchObject({ status: 200, body: 'first' })
})

it('takes half a copy for none', async () => {
  await ask('/')
  const [body = ''] = readdirSync(folder).filter((name) => name.endsWith('.body'))
  writeFileSync(join(folder, body), 'fir')
  await unplug()
  expect((await ask('/')).status).toBe(502)
})

it('asks as the relay’s own page would, and tells of itself', async () => {
  await fetch(`${agent.url}/v1/county`, { method: 'POST', headers: { origin: agent.url } })
  const { port } = relay.address() as AddressInfo
  expect(heard).toEqual([`http://127.0.0.1:${port}`, `127.0.0.1:${port}`])
  expect((await ask('/-/kiosk')).body).toBe('{"fine":true}')
})
