/** Everything but ingest: pages, boards, health, metrics and the two descriptions. */
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import expressStaticGzip from 'express-static-gzip'
import helmet from 'helmet'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { asyncApi, openApi } from '../../protocol/schema.ts'
import type { Basemap } from '../basemap/basemap.ts'
import type { Health } from '../connectors/health.ts'
import type { CountyFiles } from '../county-file.ts'
import type { TelevisionFiles } from '../television-file.ts'
import type { Hub } from '../hub.ts'
import type { Audit } from '../audit.ts'
import type { Video } from '../video/start-video.ts'
import { serveConsole, type ConsoleParts } from '../console/routes.ts'
import { serveFleet } from '../fleet/fleet-routes.ts'
import type { Announcer } from '../fleet/announce.ts'
import { serveCommands } from '../fleet/command-routes.ts'
import type { FleetDesk } from '../fleet/desk.ts'
import type { Lines } from '../fleet/lines.ts'
import { serveNotices } from '../fleet/notice-routes.ts'
import type { NoticeStore } from '../fleet/notices.ts'
import { serveRollout } from '../fleet/rollout-routes.ts'
import { servePairing } from '../fleet/pair-routes.ts'
import type { Pairing } from '../fleet/pairing.ts'
import type { ScreenStore } from '../fleet/store.ts'
import { serveAudit } from '../people/audit-routes.ts'
import { createGuard } from '../people/guard.ts'
import { serveHandling } from '../people/handling-routes.ts'
import { serveMe, type PeopleParts } from '../people/me-routes.ts'
import { servePeople } from '../people/people-routes.ts'
import { answersFor } from '../people/person.ts'
import type { Access } from './access.ts'
import { problem } from './answer.ts'
import { serveBasemap } from './basemap.ts'
import { serveBoards } from './boards.ts'
import { serveHeard } from './heard.ts'
import type { Metrics } from './metrics.ts'
import { isSameOrigin } from './origin.ts'
import { servePast } from './past.ts'
import type { Screens } from '../socket/screens.ts'
import { Problem } from './problem.ts'
import { serveVideo } from './video.ts'

interface Options {
  readonly hub: Hub
  readonly access: Access
  readonly audit: Audit
  readonly metrics: Metrics
  readonly displayDir: string
  readonly publicDir: string
  readonly dataDir: string
  /** Division code of the relay's own wall. */
  readonly home: string
  readonly countyFiles: CountyFiles
  readonly televisionFiles: TelevisionFiles
  readonly basemap: Basemap
  readonly video: Video
  /** Screens begin after pages do. */
  readonly screens: () => Screens
  readonly now: () => number
  readonly isReady: () => boolean
  readonly listConnectors: () => readonly Health[]
  readonly listRefusals: (query: Readonly<Record<string, unknown>>) => unknown
  readonly console: ConsoleParts
  readonly people: PeopleParts
  readonly fleet: {
    readonly screens: ScreenStore
    readonly pairing: Pairing
    readonly lines: Lines
    readonly desk: FleetDesk
    readonly notices: NoticeStore
    readonly announcer: Announcer
    /** Of this relay, as another machine reaches it. */
    readonly addresses: () => readonly string[]
    /** Milliseconds of a clock that never steps. */
    readonly clock: () => number
  }
}

/** Engines of boxes take 'self' for pages alone: to them a socket of the same host has to be named. */
function socketsOf({ headers: { host = '' } }: IncomingMessage): string {
  return /^[\w.:[\]-]+$/.test(host) ? `ws://${host} wss://${host}` : "'self'"
}

export function createPages(options: Options): Express {
  const { hub, access, metrics } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          styleSrcAttr: ["'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          mediaSrc: ["'self'", 'blob:'],
          workerSrc: ["'self'", 'blob:'],
          connectSrc: ["'self'", socketsOf],
          fontSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: false,
    }),
  )

  // A wrong token is said so, instead of being answered as the public: its bearer would take small counts for true.
  app.use((req, res, next) => {
    const standing = access.standing(req)
    if (standing === 'wrong') {
      const detail =
        'This is not the token in DATA_DIR/operator.token: correct it, or leave it away.'
      problem(res, 401, 'Wrong token', detail)
    } else if (standing === 'locked') {
      const seconds = access.lockedSeconds(req)
      res.set('retry-after', String(seconds))
      const detail = `Too many wrong tokens came from this address: wait ${Math.ceil(seconds / 60)} minutes, or leave the token away.`
      problem(res, 429, 'Locked out', detail)
    } else if (standing === 'unpaired') {
      problem(res, 401, 'Not paired', "This screen's token counts no longer: pair it anew.")
    } else next()
  })

  // Another page of the same host, on another port, may post what a browser takes for this one's.
  app.use((req, res, next) => {
    if (isSameOrigin(req)) next()
    else problem(res, 403, 'Another origin', 'Ask from a page of this relay.')
  })
  const guard = createGuard(access)

  serveBoards(app, options)
  servePast(app, options)
  serveHeard(app, options)
  serveBasemap(app, options.basemap)
  serveVideo(app, options)

  app.get('/v1/county', (_req, res) => {
    res.set('cache-control', 'no-cache').json(options.countyFiles.of(options.home))
  })
  app.get('/v1/county/:code', (req, res) => {
    const { code } = req.params
    if (!/^\d{6}$/.test(code)) {
      problem(res, 404, 'No such county', 'Give a six-digit division code, or none for this wall.')
      return
    }
    res.set('cache-control', 'no-cache').json(options.countyFiles.of(code))
  })
  app.get('/v1/television/:code', (req, res) => {
    const { code } = req.params
    if (!/^\d{6}$/.test(code)) {
      problem(res, 404, 'No such county', 'Give a six-digit division code.')
      return
    }
    res.set('cache-control', 'no-cache').json(options.televisionFiles.of(code))
  })

  app.get(
    '/v1/roster/:county',
    guard('roster', (req, res, person) => {
      const county = String(req.params['county'])
      if (!/^\d{6}$/.test(county) || !answersFor(person, county)) {
        problem(res, 404, 'No such county', 'Give a six-digit division code.')
        return
      }
      options.audit.record('roster.read', person.by, county)
      res.json({ organizations: hub.roster(county) })
    }),
  )

  app.get(
    '/v1/refusals',
    guard('platforms', (req, res, person) => {
      options.audit.record('refusals.read', person.by, req.url.slice(0, 200))
      res.json(options.listRefusals(req.query))
    }),
  )

  app.get(
    '/v1/connectors',
    guard('platforms', (_req, res) => void res.json({ connectors: options.listConnectors() })),
  )

  serveConsole(app, {
    ...options.console,
    hub,
    video: options.video,
    screens: options.screens,
    nameOf: (id) => hub.organization(id)?.name,
    audit: options.audit,
    geoDir: join(options.publicDir, 'geo'),
    now: options.now,
    listConnectors: options.listConnectors,
    guard,
  })

  servePairing(app, { ...options.fleet, access, audit: options.audit })
  serveFleet(app, {
    ...options.fleet,
    audit: options.audit,
    scopes: () => hub.scopes(),
    now: options.now,
    guard,
  })
  const { audit, dataDir, home, now } = options
  serveCommands(app, { ...options.fleet, audit, guard })
  serveRollout(app, {
    ...options.fleet,
    audit,
    guard,
    scopes: () => hub.scopes(),
    home,
    dataDir,
    geoDir: join(options.publicDir, 'geo'),
  })
  serveNotices(app, { ...options.fleet, audit, guard, now })
  serveMe(app, { ...options.people, access, audit, guard, home, now })
  servePeople(app, { ...options.people, audit, guard, now })
  serveHandling(app, { hub, audit, guard, now })
  serveAudit(app, { audit, guard, dataDir, now })

  app.get('/healthz', (_req, res) => void res.json({ status: 'ok' }))
  app.get('/readyz', (_req, res) => {
    if (options.isReady()) res.json({ status: 'ready', ...hub.version() })
    else problem(res, 503, 'Not ready', 'The relay is starting or stopping: ask again in a second.')
  })
  app.get('/metrics', async (_req, res) => {
    res.set('content-type', metrics.contentType).send(await metrics.text())
  })
  app.get('/openapi.json', (_req, res) => void res.json(openApi()))
  app.get('/asyncapi.json', (_req, res) => void res.json(asyncApi()))

  const page = (name: string) => (_req: Request, res: Response) =>
    res.set('cache-control', 'no-cache').sendFile(join(options.displayDir, name))
  app.get('/', page('wall.html'))
  app.get('/gallery', page('gallery.html'))
  app.get('/console', page('console.html'))
  // Short enough to be typed where a screen shows its code.
  app.get('/pair', page('console.html'))
  app.get('/review', page('review.html'))
  app.get('/remote', page('remote.html'))
  app.get('/tv', page('tv.html'))
  app.get('/channel', page('channel.html'))
  // The build leaves a brotli and a gzip file beside each text.
  const packed = { index: false as const, enableBrotli: true, orderPreference: ['br'] }
  app.use(
    '/assets',
    expressStaticGzip(join(options.displayDir, 'assets'), {
      ...packed,
      serveStatic: { immutable: true, maxAge: '1y' },
    }),
  )
  app.use(expressStaticGzip(options.displayDir, packed))
  app.use('/media', express.static(join(options.dataDir, 'media'), { maxAge: '1h' }))
  app.use('/geo/own', express.static(join(options.dataDir, 'map'), { maxAge: '1h' }))
  app.use('/geo', express.static(join(options.publicDir, 'geo'), { maxAge: '1h' }))

  app.use((req: Request, res: Response) => {
    problem(
      res,
      404,
      'Not found',
      `There is nothing at ${req.path}; /openapi.json lists what there is.`,
    )
  })
  app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) {
      next(error)
      return
    }
    if (error instanceof Problem) {
      if (error.retryAfterSeconds !== undefined)
        res.set('retry-after', String(error.retryAfterSeconds))
      problem(res, error.status, 'Refused', error.message)
      return
    }
    const status = (error as { status?: unknown }).status
    if (typeof status === 'number' && status < 500) {
      problem(
        res,
        status,
        'Unreadable request',
        'The address could not be read: check its encoding.',
      )
      return
    }
    console.error(req.method, req.path, error)
    problem(res, 500, 'Internal error', 'The relay failed on this request and has logged why.')
  })
  return app
}
