/** What a scope is and was: its board, its figures and its digests. */
import type { Express, Request, Response } from 'express'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { dayStartMs, isRealDate, localDay } from '../../protocol/time.ts'
import type { Hub } from '../hub.ts'
import type { Period } from '../scopes/digest.ts'
import type { Moment } from '../scopes/past.ts'
import type { Access } from './access.ts'
import { problem } from './answer.ts'
import { pastMsOf, scopeOf } from './query.ts'

interface Options {
  readonly hub: Hub
  readonly access: Access
  readonly now: () => number
}

const compress = promisify(gzip)
const pack = (snapshot: unknown): Promise<Buffer> =>
  compress(JSON.stringify(snapshot), { level: 4 })
const packedAs = {
  'content-encoding': 'gzip',
  'content-type': 'application/json; charset=utf-8',
} as const
const periods: readonly Period[] = ['day', 'week', 'month']

export function serveBoards(app: Express, { hub, access, now }: Options): void {
  /** The moment that a query asks for: null for now; undefined, and answered, when it cannot be read. */
  function momentOf(req: Request, res: Response): Moment | null | undefined {
    const { at: asked, known = 'now' } = req.query
    if (known !== 'now' && known !== 'then') {
      const detail = '`known` is `now` (the past as it is known today) or `then` (what was shown).'
      problem(res, 400, 'Unreadable query', detail)
      return undefined
    }
    if (asked === undefined) return null
    const atMs = pastMsOf(asked, 'at', now(), res)
    return atMs === undefined ? undefined : { atMs, known }
  }

  /** Compressed once per scope, version and audience, then served from memory. */
  const packed = new Map<string, { readonly etag: string; readonly bytes: Promise<Buffer> }>()
  app.get('/v1/snapshot/:scope', async (req, res) => {
    const scope = scopeOf(hub, req, res)
    if (scope === undefined) return
    const past = momentOf(req, res)
    if (past === undefined) return
    const viewer = access.screenViewer(req, scope)
    if (past !== null) {
      const bytes = await pack(await hub.pastSnapshot(scope, viewer, past))
      res.set({ ...packedAs, 'cache-control': 'no-store' }).end(bytes)
      return
    }
    hub.flush(scope)
    const { epoch, version } = hub.version(scope)
    const etag = `"${epoch}-${version}-${scope}-${viewer.replace(' ', '-')}"`
    res.set({ etag, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' })
    if (req.headers['if-none-match'] === etag) {
      res.status(304).end()
      return
    }
    const key = `${scope} ${viewer}`
    let entry = packed.get(key)
    if (entry?.etag !== etag) {
      entry = { etag, bytes: pack(hub.snapshot(scope, viewer)) }
      packed.set(key, entry)
    }
    res.set(packedAs).end(await entry.bytes)
  })

  app.get('/v1/figures/:scope', async (req, res) => {
    const scope = scopeOf(hub, req, res)
    if (scope === undefined) return
    const past = momentOf(req, res)
    if (past === undefined) return
    const viewer = access.callerViewer(req, scope)
    const { figures, asOf, ages } = await hub.figures(scope, viewer, past ?? undefined)
    res.set('cache-control', 'no-store').json({ ...figures, asOf, ages })
  })

  app.get('/v1/branches/:id', async (req, res) => {
    const { at } = req.query
    const atMs = at === undefined ? null : pastMsOf(at, 'at', now(), res)
    if (atMs === undefined) return
    const { id } = req.params
    const viewerOn = (scope: string) => access.screenViewer(req, scope)
    const detail =
      atMs === null ? hub.branch(id, viewerOn) : await hub.pastBranch(id, viewerOn, atMs)
    if (detail === undefined) {
      problem(res, 404, 'No such organisation', 'No board has an organisation with this id.')
      return
    }
    res.set('cache-control', 'no-store').json(detail)
  })

  app.get('/v1/digests/:scope', async (req, res) => {
    const scope = scopeOf(hub, req, res)
    if (scope === undefined) return
    const { period: asked = 'day', of = localDay(now()) } = req.query
    const period = periods.find((each) => each === asked)
    if (period === undefined) {
      problem(res, 400, 'Unreadable query', 'Give `period` as day, week or month.')
      return
    }
    if (typeof of !== 'string' || !isRealDate(of)) {
      problem(res, 400, 'Unreadable day', 'Give `of` as a real date, such as 2026-06-18.')
      return
    }
    if (dayStartMs(of) > now()) {
      problem(res, 400, 'Day in the future', 'Give `of` as today or a day that has passed.')
      return
    }
    const digest = await hub.digest(scope, access.callerViewer(req, scope), period, of)
    res.set('cache-control', 'no-store').json({ scope, period, ...digest })
  })
}
