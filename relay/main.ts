/** Composition root: environment → parts → listen. */
import { randomInt } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { WebSocketServer } from 'ws'
import { openAudit } from './audit.ts'
import { createBasemap } from './basemap/basemap.ts'
import { ConfigError, readConnectors } from './connectors/config-file.ts'
import { connectorGauges, startConnectors } from './connectors/start.ts'
import { createTraffic } from './console/traffic.ts'
import { CountyFileError, readCountyFiles } from './county-file.ts'
import { createAccess } from './http/access.ts'
import { createDelivery } from './http/deliver.ts'
import { createIngest } from './http/ingest.ts'
import { createLimiter } from './http/limiter.ts'
import { createMetrics } from './http/metrics.ts'
import { isSameOrigin } from './http/origin.ts'
import { createPages } from './http/pages.ts'
import { listRefusals } from './http/refusals.ts'
import { createAnnouncer } from './fleet/announce.ts'
import { createFleetDesk } from './fleet/desk.ts'
import { createLines } from './fleet/lines.ts'
import { openNotices } from './fleet/notices.ts'
import { createPairing } from './fleet/pairing.ts'
import { openScreens, secretOf } from './fleet/store.ts'
import { createFirstLink } from './people/first-link.ts'
import { createSessions } from './people/sessions.ts'
import { createSignIn } from './people/sign-in.ts'
import { openPeople } from './people/store.ts'
import { createHub } from './hub.ts'
import { openWhileVerifying } from './journal/embedded.ts'
import { JournalCorrupt, JournalLocked } from './journal/journal.ts'
import { withVerdict } from './journal/verify-beside.ts'
import { KeysError, makeKey, openKeys } from './keys/store.ts'
import { adapters } from './platforms/registry.ts'
import { reachableHosts } from './reachable.ts'
import { readRules, RulesError } from './rules-file.ts'
import { readSettings, SettingsError } from './settings.ts'
import { serveScreens } from './socket/screens.ts'
import { readTelevisionFiles, TelevisionFileError } from './television-file.ts'
import { ffmpegPath } from './video/ffmpeg-path.ts'
import { startVideo } from './video/start-video.ts'

const root = join(import.meta.dirname, '..')
const now = (): number => Date.now()

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, root)
  const log = pino({ level: settings.logLevel, base: null })
  const byPlatform = new Map(adapters.map((adapter) => [adapter.platform, adapter]))
  const configuration = readConnectors({
    env: process.env,
    dataDir: settings.dataDir,
    hasAdapter: (platform) => byPlatform.has(platform),
  })

  const { journal, verified } = openWhileVerifying(join(settings.dataDir, 'journal.sqlite'))
  const keys = openKeys(settings.dataDir, (error) => log.warn(error.message))
  for (const { platform, divisions } of adapters) {
    if (!keys.platforms().includes(platform)) {
      makeKey(settings.dataDir, platform, divisions, now())
    }
  }

  const countyFiles = readCountyFiles({ home: settings.county, ...settings })
  const televisionFiles = readTelevisionFiles({
    home: settings.county,
    ...settings,
    warn: (sentence) => log.warn(sentence),
  })
  const rules = readRules(settings.dataDir, { code: settings.county, rules: countyFiles.rules })
  const hub = await withVerdict(verified, () =>
    createHub({
      home: settings.county,
      divisions: adapters.flatMap(({ divisions }) => divisions),
      journal,
      rules,
      now,
      onProgress: (replayed, total) => log.info({ replayed, total }, 'replaying the journal'),
    }),
  )
  const audit = openAudit(settings.dataDir, now)
  const clock = (): number => performance.now()
  const fleet = {
    screens: openScreens(settings.dataDir, now),
    pairing: createPairing({ clock, draw: (below) => randomInt(below), secret: secretOf }),
    lines: createLines(),
    desk: createFleetDesk(now),
    notices: openNotices(settings.dataDir, now),
  }
  const announcer = createAnnouncer(fleet.desk, fleet.notices)
  const people = openPeople(settings.dataDir, now)
  const sessions = createSessions(clock)
  const sweeping = setInterval(sessions.sweep, 15_000)
  const firstLink = createFirstLink(() => people.list().length > 0, clock)
  const access = createAccess({
    localAudience: countyFiles.of(settings.county).wall?.audience,
    dataDir: settings.dataDir,
    audit,
    findScreen: fleet.screens.find,
    findPerson: (word, isActive) => people.get(sessions.find(word, isActive) ?? ''),
    clock,
  })
  const video = startVideo({
    ...settings,
    home: settings.county,
    env: process.env,
    ffmpeg: ffmpegPath(),
    audit,
    log: (line) => log.info({ part: 'video' }, line),
    warn: (line) => log.warn({ part: 'video' }, line),
    now,
    clock,
    organization: hub.organization,
  })

  let isReady = true
  const metrics = createMetrics({
    version: { help: 'Ordinal of the last event on the board', read: () => hub.version().version },
    screens: { help: 'Screens that follow the board', read: () => screens.count() },
    screens_behind: { help: 'Screens that do not keep up', read: () => screens.behind() },
    video_processes: { help: 'Running ffmpeg processes', read: () => video.stats().processes },
    video_viewers: { help: 'Connected video viewers', read: () => video.stats().viewers },
    ...connectorGauges(() => connectors.list()),
  })
  const traffic = createTraffic(now)
  function counted(...[source, outcome, count]: Parameters<typeof metrics.counted>): void {
    metrics.counted(source, outcome, count)
    traffic.counted(source.split('/', 1)[0] ?? source, outcome, count)
  }
  const counting = {
    async accept(events: Parameters<typeof hub.accept>[0]) {
      const receipts = await hub.accept(events)
      const accepted = receipts.filter((receipt) => receipt.status === 'accepted').length
      const source = events[0]?.source ?? 'none'
      counted(source, 'accepted', accepted)
      counted(source, 'duplicate', receipts.length - accepted)
      return receipts
    },
  }
  const refusals = {
    add(refusal: Parameters<typeof journal.refusals.add>[0]) {
      counted(refusal.platform, 'rejected', 1)
      journal.refusals.add(refusal)
    },
  }
  const delivery = createDelivery({ hub: counting, adapters: byPlatform, refusals, now, log })
  const connectors = await startConnectors({
    configuration,
    delivery,
    dataDir: settings.dataDir,
    divisionsOf: (platform) => byPlatform.get(platform)?.divisions ?? [settings.county],
    now,
    log,
  })
  const ingest = createIngest({
    delivery,
    keys,
    adapters: byPlatform,
    refusals,
    now,
    log,
    limiter: createLimiter({ clock: () => performance.now() }),
    onDelivered: connectors.pushed,
  })
  const pages = createPages({
    hub,
    access,
    audit,
    metrics,
    displayDir: settings.displayDir,
    publicDir: settings.publicDir,
    dataDir: settings.dataDir,
    home: settings.county,
    countyFiles,
    fleet: { ...fleet, announcer, clock, addresses: () => addressesOf('') },
    people: {
      people,
      sessions,
      desk: createSignIn({ people, sessions, audit, now, clock }),
      firstLink,
    },
    televisionFiles,
    basemap: createBasemap({ countyFiles, now, ...settings }),
    video,
    screens: () => screens,
    now,
    isReady: () => isReady,
    listConnectors: connectors.list,
    listRefusals: (query) => listRefusals(journal.refusals, query),
    console: {
      traffic,
      dataDir: settings.dataDir,
      rules,
      divisions: new Map(adapters.map(({ platform, divisions }) => [platform, divisions])),
      countRefusals: journal.refusals.counts,
    },
  })

  // The hot path stands ahead of Express, which costs several times a bare request.
  const path = /^\/v1\/platforms\/([^/?]+)\/events(?:\?|$)/
  const server = createServer((req, res) => {
    const platform = path.exec(req.url ?? '')?.[1]
    if (platform === undefined) pages(req, res)
    else void ingest(req, res, platform)
  })
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000

  function portOf(): number {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : settings.port
  }

  /** Of a page, where another machine reaches this relay. */
  function addressesOf(path: string): readonly string[] {
    return reachableHosts(settings.host, networkInterfaces()).map(
      (host) => `http://${host}:${portOf()}${path}`,
    )
  }

  /** Who loses the right to a connection loses the connection. */
  function holdOf(request: IncomingMessage, auth?: unknown) {
    const screen = access.screenOf(request, auth)
    if (typeof screen === 'object') return (cut: () => void) => fleet.lines.hold(screen.id, cut)
    const word = access.personOf(request) === undefined ? undefined : access.sessionOf(request)
    return word === undefined ? undefined : (cut: () => void) => sessions.hold(word, cut)
  }

  const screens = serveScreens({
    http: server,
    hub,
    clock,
    now,
    reachOf: access.reachOf,
    holdOf,
    mayWatch: video.mayWatch,
    fleet: {
      ...fleet,
      seatOf: (request, auth, scope) => {
        const screen = access.screenOf(request, auth)
        return typeof screen === 'object'
          ? { screen: screen.id, place: screen.scope }
          : { screen: null, place: scope }
      },
    },
    remote: { audit, addresses: () => addressesOf('/remote') },
  })
  video.onChange(screens.pins.review)
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 4_096,
    perMessageDeflate: false,
  })
  server.on('upgrade', (req, socket, head) => {
    const url = URL.parse(req.url ?? '', 'http://relay')
    if (url?.pathname !== '/v1/video') return
    const scope = url.searchParams.get('scope') ?? settings.county
    if (!isSameOrigin(req) || !/^\d{6}$/.test(scope)) {
      socket.destroy()
      return
    }
    const reach = access.reachOf(req)
    const hold = holdOf(req)
    sockets.handleUpgrade(req, socket, head, (ws) => {
      const letGo = hold?.(() => ws.close(4_401))
      if (letGo !== undefined) ws.on('close', letGo)
      video.attach(ws, { reach, scope })
    })
  })

  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') {
      fail(`Port ${settings.port} is in use: stop what uses it, or set PORT to another one.`)
    }
    fail(`The relay can't listen on ${settings.host}:${settings.port}: ${error.message}`)
  })
  server.listen(settings.port, settings.host, () => {
    const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host
    const url = `http://${host}:${portOf()}`
    log.info({ url, ...hub.version() }, 'listening')
    if (firstLink.ticket !== null)
      console.log(
        `No account yet. Make the first at ${url}/console#/invitation/${firstLink.ticket} (once, within 24 hours).`,
      )
    // Whoever started this process learns the address, whatever LOG_LEVEL lets through.
    process.send?.({ url })
  })

  async function stop(): Promise<void> {
    if (!isReady) return
    isReady = false
    log.info('stopping')
    await connectors.stop()
    await video.stop()
    await screens.stop()
    sockets.close()
    server.closeAllConnections()
    await hub.stop()
    await journal.close()
    fleet.screens.close()
    announcer.stop()
    fleet.notices.close()
    clearInterval(sweeping)
    people.close()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

main().catch((error: unknown) => {
  if (
    error instanceof ConfigError ||
    error instanceof SettingsError ||
    error instanceof JournalLocked ||
    error instanceof JournalCorrupt ||
    error instanceof KeysError ||
    error instanceof RulesError ||
    error instanceof CountyFileError ||
    error instanceof TelevisionFileError
  ) {
    fail(error.message)
  }
  throw error
})
