/**
 * Every text of every kind of event is one of a kind and goes in through the real door; then every way out is walked
 * as each audience. What an audience may see is listed here, and everything else is a leak.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { boardOf } from '../../protocol/apply.ts'
import { tableNames, type TableName } from '../../protocol/board.ts'
import type { EventKind } from '../../protocol/events.ts'
import type { Snapshot } from '../../protocol/frames.ts'
import { sentKinds } from '../../protocol/schema.ts'
import { createPages } from '../../relay/http/pages.ts'
import { project, rowsOf } from '../../relay/project.ts'
import { createCanaries } from '../support/canaries.ts'
import { cloudEvent } from '../support/events.ts'
import { makeDataDir, removeDataDir, startRelay, until, type Relay } from '../support/relay.ts'
import { writeStreams } from '../support/streams.ts'

type Caller = 'public' | 'wall' | 'county'
const callers: readonly Caller[] = ['public', 'wall', 'county']
const county = '431128'
const canaries = createCanaries()

/** Fields that a public screen may show: names of organisations, cities, reviewed activities, and what is meant for everybody. */
const publicFields: readonly string[] = [
  'subject',
  'organization.recorded.name',
  'members.counted.away.city',
  'reviewed.title',
  'reviewed.activity',
  'honour.awarded.honour',
  'honour.awarded.title',
  'honour.awarded.name',
  'goods.listed.goods',
  'goods.listed.name',
  'programme.scheduled.programme',
  'programme.scheduled.title',
  'commerce.listed.listing',
  'commerce.listed.name',
  'commerce.listed.unit',
  'service.listed.item',
  'service.listed.title',
  'intake.reported.intake',
  'intake.reported.name',
]
/** What the board holds besides, for the command centre and the county. */
const boardFields: readonly string[] = [
  ...publicFields,
  'member.scored.member',
  'member.scored.name',
  'activity.started.title',
  'activity.started.activity',
  'activity.submitted.title',
  'activity.submitted.activity',
  'stream.up.title',
  'stream.up.stream',
  'stream.up.activity',
  'case.advanced.case',
  'case.advanced.category',
  'case.advanced.intake',
  'case.advanced.grid',
  'grid.recorded.grid',
  'grid.recorded.name',
  'team.recorded.team',
  'team.recorded.name',
  'relation.transferred.province',
  'floating.registered.city',
]
const operatorFields: readonly string[] = ['refused.title']

const own = canaries.put('subject')
const silent = canaries.put('subject')
const idOf = (subject: string): string => `org-${subject.replaceAll('柰', 'z')}`

const hoursAgo = (hours: number): string =>
  `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`

/** One organisation that is recorded nowhere, so that the comparison names all that are. */
const emptyRoster = `组织编码,组织名称,组织类别,组织分类,成立日期,党员人数
new-1,新支部,党支部,县直机关,2001-07-01,3
`

/** What is served where, by route: which callers get an answer, and what it may hold. A new route has to be added here. */
const routes: Readonly<
  Record<
    string,
    {
      readonly method?: 'POST' | 'DELETE'
      /** A sheet. */
      readonly body?: string
      readonly paths: readonly string[]
      readonly may: (caller: Caller) => readonly string[]
    }
  >
> = {
  '/v1/snapshot/:scope': {
    paths: [
      '/v1/snapshot/431128',
      '/v1/snapshot/431100',
      '/v1/snapshot/430000',
      '/v1/snapshot/no',
      '/v1/snapshot/431128?at=2026-01-10T00:00:00Z',
    ],
    may: (caller) => (caller === 'public' ? publicFields : boardFields),
  },
  '/v1/past/:scope': {
    paths: [
      `/v1/past/431128?from=${hoursAgo(2)}&to=${hoursAgo(0)}&step=300`,
      `/v1/past/430000?from=${hoursAgo(2)}&to=${hoursAgo(0)}&step=3600`,
      `/v1/past/431128?from=${hoursAgo(0)}&to=${hoursAgo(2)}`,
    ],
    may: (caller) => (caller === 'public' ? publicFields : boardFields),
  },
  '/v1/branches/:id': {
    paths: [
      `/v1/branches/${idOf(own)}`,
      `/v1/branches/${idOf(silent)}`,
      '/v1/branches/nothing',
      `/v1/branches/${idOf(own)}?at=${hoursAgo(1)}`,
    ],
    may: (caller) =>
      caller === 'public' ? publicFields : [...boardFields, 'organization.recorded.parent'],
  },
  '/v1/platforms': { paths: ['/v1/platforms'], may: () => [] },
  '/v1/digests/:scope': {
    paths: ['/v1/digests/431128', '/v1/digests/430000?period=month'],
    may: () => [],
  },
  '/v1/figures/:scope': {
    paths: [
      '/v1/figures/431128',
      '/v1/figures/430000',
      '/v1/figures/431128?at=2026-01-10T00:00:00Z',
    ],
    may: () => [],
  },
  '/v1/county': { paths: ['/v1/county'], may: () => [] },
  '/v1/basemap/:county/:z/:x/:y': { paths: ['/v1/basemap/431128/10/831/435'], may: () => [] },
  '/v1/county/:code': { paths: ['/v1/county/431128', '/v1/county/x'], may: () => [] },
  '/v1/video/:source/index.m3u8': {
    paths: ['/v1/video/camera-1/index.m3u8', '/v1/video/none/index.m3u8'],
    may: () => [],
  },
  '/v1/video/:source/still.jpg': { paths: ['/v1/video/camera-1/still.jpg'], may: () => [] },
  '/v1/video/:source/:part': { paths: ['/v1/video/camera-1/init-1.mp4'], may: () => [] },
  '/v1/video/:source/whep': { method: 'POST', paths: ['/v1/video/camera-1/whep'], may: () => [] },
  '/v1/video/:source/whep/:session': {
    method: 'DELETE',
    paths: ['/v1/video/camera-1/whep/none'],
    may: () => [],
  },
  '/v1/roster/:county': {
    paths: ['/v1/roster/431128'],
    may: (caller) => (caller === 'county' ? [...boardFields, 'organization.recorded.parent'] : []),
  },
  '/v1/refusals': {
    paths: ['/v1/refusals', '/v1/refusals?platform=xintian'],
    may: (caller) => (caller === 'county' ? [...boardFields, ...operatorFields] : []),
  },
  '/v1/connectors': { paths: ['/v1/connectors'], may: () => [] },
  '/v1/console/platforms': { paths: ['/v1/console/platforms'], may: () => [] },
  '/v1/console/keys': { method: 'POST', paths: ['/v1/console/keys'], may: () => [] },
  '/v1/console/keys/:platform/rotate': {
    method: 'POST',
    paths: ['/v1/console/keys/nobody/rotate'],
    may: () => [],
  },
  '/v1/console/keys/:id/revoke': {
    method: 'POST',
    paths: ['/v1/console/keys/nothing/revoke'],
    may: () => [],
  },
  '/v1/console/roster/template': { paths: ['/v1/console/roster/template'], may: () => [] },
  '/v1/console/roster/:county': {
    method: 'POST',
    body: emptyRoster,
    paths: ['/v1/console/roster/431128'],
    may: (caller) => (caller === 'county' ? [...boardFields, 'organization.recorded.parent'] : []),
  },
  '/v1/console/cameras': {
    paths: ['/v1/console/cameras'],
    may: (caller) => (caller === 'county' ? boardFields : []),
  },
  '/v1/console/cameras/:id/clearance': {
    method: 'POST',
    paths: ['/v1/console/cameras/camera-1/clearance'],
    may: () => [],
  },
  '/v1/console/walls': { paths: ['/v1/console/walls'], may: () => [] },
  '/v1/console/pins': { method: 'POST', paths: ['/v1/console/pins'], may: () => [] },
  '/v1/console/rules/:county': { paths: ['/v1/console/rules/431128'], may: () => [] },
  '/v1/pair': { method: 'POST', paths: ['/v1/pair'], may: () => [] },
  '/v1/pair/join': { method: 'POST', paths: ['/v1/pair/join'], may: () => [] },
  '/v1/pair/token': { method: 'POST', paths: ['/v1/pair/token'], may: () => [] },
  '/v1/screen': { paths: ['/v1/screen'], may: () => [] },
  '/pair': { paths: ['/pair'], may: () => [] },
  '/v1/fleet/commands': { method: 'POST', paths: ['/v1/fleet/commands'], may: () => [] },
  '/v1/fleet/roll-out': { method: 'POST', paths: ['/v1/fleet/roll-out'], may: () => [] },
  '/v1/handling': { method: 'POST', paths: ['/v1/handling'], may: () => [] },
  '/v1/fleet/screens': { paths: ['/v1/fleet/screens'], may: () => [] },
  '/v1/fleet/screens/:id': { method: 'POST', paths: ['/v1/fleet/screens/s1'], may: () => [] },
  '/v1/fleet/screens/:id/revoke': {
    method: 'POST',
    paths: ['/v1/fleet/screens/s1/revoke'],
    may: () => [],
  },
  '/v1/fleet/screens/:id/remove': {
    method: 'POST',
    paths: ['/v1/fleet/screens/s1/remove'],
    may: () => [],
  },
  '/v1/fleet/screens/:id/commands': {
    method: 'POST',
    paths: ['/v1/fleet/screens/s1/commands'],
    may: () => [],
  },
  '/v1/notices': { paths: ['/v1/notices'], may: () => [] },
  '/v1/notices/:id/end': { method: 'POST', paths: ['/v1/notices/n1/end'], may: () => [] },
  '/v1/fleet/pairings/:code': { paths: ['/v1/fleet/pairings/BCDFGHJK'], may: () => [] },
  '/v1/fleet/pairings/:code/refuse': {
    method: 'POST',
    paths: ['/v1/fleet/pairings/BCDFGHJK/refuse'],
    may: () => [],
  },
  '/v1/me': { paths: ['/v1/me'], may: () => [] },
  '/v1/me/sign-in': { method: 'POST', paths: ['/v1/me/sign-in'], may: () => [] },
  '/v1/me/sign-out': { method: 'POST', paths: ['/v1/me/sign-out'], may: () => [] },
  '/v1/me/password': { method: 'POST', paths: ['/v1/me/password'], may: () => [] },
  '/v1/me/totp': { method: 'POST', paths: ['/v1/me/totp'], may: () => [] },
  '/v1/me/totp/confirm': { method: 'POST', paths: ['/v1/me/totp/confirm'], may: () => [] },
  '/v1/me/totp/remove': { method: 'POST', paths: ['/v1/me/totp/remove'], may: () => [] },
  '/v1/invitations/look': { method: 'POST', paths: ['/v1/invitations/look'], may: () => [] },
  '/v1/invitations/accept': { method: 'POST', paths: ['/v1/invitations/accept'], may: () => [] },
  '/v1/people': { paths: ['/v1/people'], may: () => [] },
  '/v1/people/:name': { method: 'POST', paths: ['/v1/people/nobody'], may: () => [] },
  '/v1/people/:name/suspend': {
    method: 'POST',
    paths: ['/v1/people/nobody/suspend'],
    may: () => [],
  },
  '/v1/people/:name/resume': { method: 'POST', paths: ['/v1/people/nobody/resume'], may: () => [] },
  '/v1/people/:name/invite': { method: 'POST', paths: ['/v1/people/nobody/invite'], may: () => [] },
  '/v1/audit/:month': {
    paths: [`/v1/audit/${new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)}`],
    may: () => [],
  },
  '/console': { paths: ['/console'], may: () => [] },
  '/remote': { paths: ['/remote'], may: () => [] },
  '/tv': { paths: ['/tv'], may: () => [] },
  '/channel': { paths: ['/channel'], may: () => [] },
  '/review': { paths: ['/review'], may: () => [] },
  '/v1/television/:code': { paths: ['/v1/television/431128'], may: () => [] },
  '/healthz': { paths: ['/healthz'], may: () => [] },
  '/readyz': { paths: ['/readyz'], may: () => [] },
  '/metrics': { paths: ['/metrics'], may: () => [] },
  '/openapi.json': { paths: ['/openapi.json'], may: () => [] },
  '/asyncapi.json': { paths: ['/asyncapi.json'], may: () => [] },
  '/': { paths: ['/', '/keys.json', '/v1/nothing', '/geo/../data/keys.json'], may: () => [] },
  '/gallery': { paths: ['/gallery'], may: () => [] },
}

/** Whether the public sees rows of a table at all. A new table has to be added here. */
const tablesInPublic: Readonly<Record<TableName, boolean>> = {
  organizations: true,
  branches: true,
  trends: true,
  scores: false,
  townships: true,
  county: true,
  feed: true,
  totals: true,
  divisions: true,
  warnings: false,
  cleared: false,
  thresholds: false,
  foresight: false,
  floods: false,
  streams: false,
  sources: true,
  study: true,
  destinations: true,
  floating: false,
  orders: true,
  caseStages: true,
  cases: false,
  grids: false,
  categories: false,
  durations: false,
  studies: false,
  intakes: true,
  stations: true,
  communities: false,
  teams: false,
  basics: true,
  daily: true,
  goods: true,
  transfers: false,
  honours: true,
  programmes: true,
  prices: true,
  services: true,
}

let relay: Relay
const texts: { readonly caller: Caller; readonly heard: string[] }[] = []

const headersOf = (caller: Caller): Record<string, string> => {
  switch (caller) {
    case 'public':
      return { 'x-forwarded-for': '10.0.0.9' }
    case 'wall':
      return {}
    case 'county':
      return {
        authorization: `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`,
      }
  }
}

/** Two organisations; one acts, and the other is silent. Each subject is a canary, too. */

function everything(): readonly Record<string, unknown>[] {
  const at = (minute: number) => ({ time: new Date(Date.now() - minute * 60_000).toISOString() })
  const reviewed = canaries.put('reviewed.activity').replaceAll('柰', 'q')
  const title = canaries.put('reviewed.title')
  const away = [{ city: canaries.put('members.counted.away.city'), members: 7 }]
  const activity = { activity: reviewed, title }
  const verdict = { activity: reviewed, verdict: 'passed' } as const
  // The reviewed activity and the counts come last, so that the canaries before them are not the latest word.
  const kinds = sentKinds.filter(
    (kind) =>
      kind !== 'organization.dissolved' && kind !== 'branch.offline' && kind !== 'stream.down',
  )
  // Who registers members singly has no count of those away beside it.
  const subjects: Partial<Record<EventKind, string>> = {
    'source.reported': 'xintian',
    'floating.registered': idOf(silent),
  }
  const about = (kind: EventKind): string => subjects[kind] ?? idOf(own)
  return [
    ...kinds.map((kind, index) =>
      cloudEvent(kind, about(kind), canaries.dataOf(kind) as never, at(60 - (index % 50))),
    ),
    cloudEvent(
      'organization.recorded',
      idOf(silent),
      canaries.dataOf('organization.recorded', { foundedOn: '2001-07-01' }) as never,
      at(70),
    ),
    cloudEvent(
      'activity.submitted',
      idOf(own),
      canaries.dataOf('activity.submitted', { ...activity, heldAt: at(5).time }) as never,
      at(5),
    ),
    cloudEvent(
      'programme.scheduled',
      idOf(own),
      canaries.dataOf('programme.scheduled', { startsAt: at(0).time }) as never,
      at(5),
    ),
    cloudEvent('activity.reviewed', idOf(own), { ...verdict, level: 'township' }, at(4)),
    cloudEvent('activity.reviewed', idOf(own), { ...verdict, level: 'county' }, at(3)),
    cloudEvent(
      'members.counted',
      idOf(own),
      canaries.dataOf('members.counted', { members: 40, away }) as never,
      at(1),
    ),
  ]
}

/** A message of a platform's own format with what it must not send, in every field that is dropped. */
function personal(): unknown {
  const fields = ['dyxm', 'dymd', 'lxdh', 'sfzh', 'jlr', 'jnje', 'zz', 'xdnr']
  const payload = Object.fromEntries(fields.map((field) => [field, canaries.put('dropped')]))
  return {
    batchNo: 'b1',
    sysCode: 'XTZHDJ',
    areaCode: county,
    list: [
      {
        msgId: 'p1',
        msgType: 'ZBSX',
        ver: '1',
        czlx: 'xz',
        orgCode: idOf(own),
        occurTime: '2026-01-09 09:00:00',
        payload,
      },
    ],
  }
}

async function subscribe(caller: Caller): Promise<() => void> {
  const heard: string[] = []
  texts.push({ caller, heard })
  const socket = io(relay.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headersOf(caller),
  })
  socket.onAny((...message: unknown[]) => heard.push(JSON.stringify(message)))
  heard.push(JSON.stringify(await socket.emitWithAck('subscribe', { scope: county })))
  heard.push(JSON.stringify(await socket.emitWithAck('subscribe', { scope: '999999' })))
  heard.push(JSON.stringify(await socket.emitWithAck('subscribe', { scope: county })))
  return () => socket.disconnect()
}

const cameraUrl = `rtsp://${canaries.put('camera').replaceAll('柰', 'z')}.invalid/1`
const leaks = (text: string, may: readonly string[]): readonly string[] =>
  canaries.in(text).filter((field) => !may.includes(field))

beforeAll(async () => {
  const dataDir = makeDataDir()
  writeStreams(dataDir, [{ id: 'camera-1', kind: 'rtsp', url: cameraUrl }])
  relay = await startRelay({ dataDir, env: { LOG_LEVEL: 'trace' } })
  const stops = await Promise.all(callers.map(subscribe))
  const answer = await relay.post(everything())
  const { items } = (await answer.json()) as { items: readonly { reason?: string }[] }
  expect(items.flatMap(({ reason }) => reason ?? [])).toEqual([])
  const native = await relay.post(personal(), { type: 'application/json' })
  expect(native.status, await native.text()).toBe(202)
  const bad = {
    ...canaries.dataOf('activity.started'),
    title: canaries.put('refused.title'),
    form: 'no',
  }
  expect((await relay.post([cloudEvent('activity.started', idOf(own), bad as never)])).status).toBe(
    202,
  )
  const note = `${canaries.put('personal')}13800138000`
  await relay.post([cloudEvent('activity.started', idOf(own), { ...bad, note } as never)])
  await until('the patches', () =>
    texts.every(({ heard }) => heard.some((text) => canaries.in(text).includes('reviewed.title'))),
  )
  for (const stop of stops) stop()
})
afterAll(async () => {
  await relay.end()
  removeDataDir(relay.dataDir)
})

describe('what leaves the relay', () => {
  it('is listed here route by route', () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'))
    const pages = createPages({ displayDir: folder, publicDir: folder, dataDir: folder } as never)
    const { stack } = pages.router as unknown as {
      readonly stack: readonly { readonly route?: { readonly path: string } }[]
    }
    const served = stack.flatMap(({ route }) => (route === undefined ? [] : [route.path]))
    rmSync(folder, { recursive: true })
    // One path may be served by several methods.
    expect(Object.keys(routes).toSorted()).toEqual([...new Set(served)].toSorted())
  })

  it.each(Object.entries(routes))(
    'holds nothing at %s that the caller may not see',
    async (_route, { method = 'GET', body, paths, may }) => {
      for (const caller of callers)
        for (const path of paths) {
          const response = await fetch(`${relay.url}${path}`, {
            method,
            headers: {
              ...headersOf(caller),
              ...(body === undefined ? {} : { 'content-type': 'text/csv' }),
            },
            ...(body === undefined ? {} : { body }),
          })
          const text = `${JSON.stringify([...response.headers])} ${await response.text()}`
          expect([caller, path, leaks(text, may(caller))]).toEqual([caller, path, []])
        }
    },
  )

  it('does show what each may see, so that this test can fail', async () => {
    const seen = async (caller: Caller, path: string): Promise<readonly string[]> => {
      const response = await fetch(`${relay.url}${path}`, { headers: headersOf(caller) })
      return canaries.in(await response.text()).toSorted()
    }
    const publicIds = ['subject', 'reviewed.activity']
    const shown = (fields: readonly string[]) =>
      fields.filter((field) => !publicIds.includes(field))
    expect(shown(await seen('public', '/v1/snapshot/431128'))).toEqual(
      shown(publicFields).toSorted(),
    )
    expect(await seen('wall', '/v1/snapshot/431128')).toEqual(
      expect.arrayContaining(['activity.started.title', 'stream.up.title']),
    )
    expect(await seen('public', `/v1/branches/${idOf(own)}`)).toContain('reviewed.title')
    expect(await seen('wall', `/v1/branches/${idOf(own)}`)).toEqual(
      expect.arrayContaining(['activity.submitted.title', 'organization.recorded.parent']),
    )
    expect(await seen('county', '/v1/refusals')).toContain('refused.title')
  })

  it('tells no public screen what was refused, nor when', async () => {
    type Heard = { readonly refused: number | null; readonly trouble: { kind: string } | null }
    const heardBy = async (caller: Caller): Promise<readonly Heard[]> => {
      const response = await fetch(`${relay.url}/v1/platforms`, { headers: headersOf(caller) })
      return ((await response.json()) as { readonly platforms: readonly Heard[] }).platforms
    }
    for (const { refused, trouble } of await heardBy('public'))
      expect([refused, trouble]).toEqual([null, null])
    const troubled = (await heardBy('wall')).filter(({ refused }) => (refused ?? 0) > 0)
    expect(troubled.length).toBeGreaterThan(0)
    for (const { trouble } of troubled) expect(trouble?.kind).toBe('refused')
  })

  it('goes to a socket by the same rules', () => {
    for (const { caller, heard } of texts) {
      expect(heard.length).toBeGreaterThan(3)
      const may = caller === 'public' ? publicFields : boardFields
      expect([caller, leaks(heard.join(' '), may)]).toEqual([caller, []])
    }
  })

  it('never names where a camera is fetched from, and shows the public no camera', async () => {
    for (const caller of callers) {
      const socket = new WebSocket(`${relay.url.replace('http', 'ws')}/v1/video`, {
        headers: headersOf(caller),
      })
      const heard: string[] = []
      socket.on('message', (bytes) => heard.push(String(bytes)))
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
      for (const source of ['camera-1', 'none', cameraUrl])
        socket.send(JSON.stringify({ type: 'watch', source }))
      await until('three answers', () => heard.length >= 3)
      const told = heard.filter((text) => !text.includes(`"source":"${cameraUrl}"`)).join(' ')
      expect([caller, leaks(told, [])]).toEqual([caller, []])
      if (caller === 'public') expect(told).not.toMatch(/"state":"(connecting|live)"/)
      socket.close()
    }
  })

  it('puts no word of any event into the logs or the audit', () => {
    expect(relay.logs().length).toBeGreaterThan(100)
    expect(leaks(relay.logs(), [])).toEqual([])
    const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7)
    const audit = readFileSync(join(relay.dataDir, 'audit', `${month}.jsonl`), 'utf8')
    expect(audit).toContain('refusals.read')
    expect(leaks(audit, [])).toEqual([])
  })

  it('is decided table by table, for the public and for a township', async () => {
    expect(Object.keys(tablesInPublic).toSorted()).toEqual(tableNames.toSorted())
    const get = async (caller: Caller): Promise<Snapshot> =>
      (await (
        await fetch(`${relay.url}/v1/snapshot/${county}`, { headers: headersOf(caller) })
      ).json()) as Snapshot
    const [seen, whole] = [await get('public'), await get('county')]
    for (const table of tableNames)
      if (!tablesInPublic[table]) expect([table, seen.tables[table] ?? []]).toEqual([table, []])
    expect(whole.tables.warnings?.length).toBeGreaterThan(0)

    const board = boardOf(whole)
    const asTownship = (code: string): string =>
      JSON.stringify(rowsOf(project(board, 'township', code)))
    expect(leaks(asTownship('431128999'), publicFields)).toEqual([])
    expect(canaries.in(asTownship('431128105'))).toContain('activity.started.title')
    expect(leaks(asTownship('431128105'), boardFields)).toEqual([])
  })
})
