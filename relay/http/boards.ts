/** What a scope is and was: its board, its figures and its digests. */
import type { Express, Request, Response } from 'express'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { dayStartMs, instantMs, isRealDate, localDay } from '../../protocol/time.ts'
import type { Hub } from '../hub.ts'
import type { Period } from '../scopes/digest.ts'
import type { Moment } from '../scopes/past.ts'
import type { Access } from './access.ts'
import { problem } from './answer.ts'

interface Options {
  readonly hub: Hub
  readonly access: Access
  readonly now: () => number
}

const compress = promisify(gzip)
const instant = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}:\d{2})?$/
const periods: readonly Period[] = ['day', 'week', 'month']

/** An instant from a query; local time (Asia/Shanghai) where it carries no offset. */
function readInstant(text: string): string | undefined {
  const match = instant.exec(text)
  if (match === null || !isRealDate(match[1] ?? '')) return undefined
  const withSeconds = match[3] === undefined ? text.replace(/(T\d{2}:\d{2})/, '$1:00') : text
  return match[4] === undefined ? `${withSeconds}+08:00` : withSeconds
}

export function serveBoards(app: Express, { hub, access, now }: Options): void {
  /** Undefined, and answered, when the relay knows no such scope. */
  function scopeOf(req: Request, res: Response): string | undefined {
    const { scope } = req.params
    const scopes = hub.scopes()
    if (typeof scope === 'string' && scopes.includes(scope)) return scope
    const more = scopes.length > 12 ? ` and ${scopes.length - 12} more` : ''
    problem(res, 404, 'No such scope', `This relay knows ${scopes.slice(0, 12).join(', ')}${more}.`)
    return undefined
  }

  /** The moment that a query asks for: null for now; undefined, and answered, when it cannot be read. */
  function momentOf(req: Request, res: Response): Moment | null | undefined {
    const { at: asked, known = 'now' } = req.query
    if (known !== 'now' && known !== 'then') {
      const detail = '`known` is `now` (the past as it is known today) or `then` (what was shown).'
      problem(res, 400, 'Unreadable query', detail)
      return undefined
    }
    if (asked === undefined) return null
    const at = typeof asked === 'string' ? readInstant(asked.replace(' ', '+')) : undefined
    if (at === undefined) {
      const detail = 'Give `at` as a real date and time, such as 2026-06-18T09:30:00+08:00.'
      problem(res, 400, 'Unreadable time', detail)
      return undefined
    }
    if (instantMs(at) > now()) {
      problem(res, 400, 'Time in the future', 'Give `at` as a moment that has passed.')
      return undefined
    }
    return { atMs: instantMs(at), known }
  }

  /** Compressed once per scope, version and audience, then served from memory. */
  const packed = new Map<string, { readonly etag: string; readonly bytes: Promise<Buffer> }>()
  app.get('/v1/snapshot/:scope', async (req, res) => {
    const scope = scopeOf(req, res)
    if (scope === undefined) return
    const past = momentOf(req, res)
    if (past === undefined) return
    const audience = access.screenAudience(req)
    if (past !== null) {
      const snapshot = await hub.pastSnapshot(scope, audience, past)
      res.set('cache-control', 'no-store').json(snapshot)
      return
    }
    hub.flush(scope)
    const { epoch, version } = hub.version(scope)
    const etag = `"${epoch}-${version}-${scope}-${audience}"`
    res.set({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' })
    if (req.headers['if-none-match'] === etag) {
      res.status(304).end()
      return
    }
    const key = `${scope} ${audience}`
    let entry = packed.get(key)
    if (entry?.etag !== etag) {
      entry = { etag, bytes: compress(JSON.stringify(hub.snapshot(scope, audience)), { level: 4 }) }
      packed.set(key, entry)
    }
    res.set({ 'content-encoding': 'gzip', 'content-type': 'application/json; charset=utf-8' })
    res.end(await entry.bytes)
  })

  app.get('/v1/figures/:scope', async (req, res) => {
    const scope = scopeOf(req, res)
    if (scope === undefined) return
    const past = momentOf(req, res)
    if (past === undefined) return
    const audience = access.callerAudience(req)
    const { figures, asOf, ages } = await hub.figures(scope, audience, past ?? undefined)
    res.set('cache-control', 'no-store').json({ ...figures, asOf, ages })
  })

  app.get('/v1/branches/:id', (req, res) => {
    const detail = hub.branch(req.params.id, access.screenAudience(req))
    if (detail === undefined) {
      problem(res, 404, 'No such organisation', 'No board has an organisation with this id.')
      return
    }
    res.set('cache-control', 'no-store').json(detail)
  })

  app.get('/v1/digests/:scope', async (req, res) => {
    const scope = scopeOf(req, res)
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
    const digest = await hub.digest(scope, access.callerAudience(req), period, of)
    res.set('cache-control', 'no-store').json({ scope, period, ...digest })
  })
}
