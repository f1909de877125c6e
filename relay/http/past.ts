/** The past as it went on: one frame a line, as fast as its reader reads. */
import type { Express, Request, Response } from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, createGzip } from 'node:zlib'
import { dayMs } from '../../protocol/time.ts'
import type { Hub } from '../hub.ts'
import type { Span } from '../scopes/past.ts'
import type { Access } from './access.ts'
import { problem } from './answer.ts'
import { pastMsOf, scopeOf } from './query.ts'

interface Options {
  readonly hub: Hub
  readonly access: Access
  readonly now: () => number
}

export const mostFrames = 1_000
const longestMs = 31 * dayMs
/** Each of them keeps a division of its own in memory, and takes turns with the living boards. */
const mostAtOnce = 4
/** Who does not read on for so long is cut off. */
const patienceMs = 120_000

export function servePast(app: Express, { hub, access, now }: Options): void {
  let playing = 0

  /** Undefined, and answered, when the query cannot be read or asks for too much. */
  function spanOf(req: Request, res: Response): Span | undefined {
    const { from, to, step = '60' } = req.query
    const fromMs = pastMsOf(from, 'from', now(), res)
    if (fromMs === undefined) return undefined
    const toMs = to === undefined ? fromMs : pastMsOf(to, 'to', now(), res)
    if (toMs === undefined) return undefined
    const stepMs =
      typeof step === 'string' && /^[1-9]\d{0,4}$/.test(step) ? Number(step) * 1_000 : 0
    if (stepMs === 0) {
      problem(res, 400, 'Unreadable step', 'Give `step` as whole seconds, from 1 to 99999.')
      return undefined
    }
    const frames = Math.ceil((toMs - fromMs) / stepMs) + 1
    if (frames < 1 || frames > mostFrames || toMs - fromMs > longestMs) {
      const detail = `Give \`to\` no earlier than \`from\`, at most 31 days and ${mostFrames - 1} steps later.`
      problem(res, 400, 'Unusable span', detail)
      return undefined
    }
    return { fromMs, toMs, stepMs }
  }

  app.get('/v1/past/:scope', async (req, res) => {
    const scope = scopeOf(hub, req, res)
    if (scope === undefined) return
    const span = spanOf(req, res)
    if (span === undefined) return
    if (playing >= mostAtOnce) {
      res.set('retry-after', '10')
      problem(res, 503, 'Busy', 'Others are looking into the past: ask again in some seconds.')
      return
    }
    const viewer = access.screenViewer(req, scope)
    playing += 1
    res.set({
      'cache-control': 'no-store',
      'content-encoding': 'gzip',
      'content-type': 'application/x-ndjson; charset=utf-8',
    })
    res.setTimeout(patienceMs, () => res.destroy())
    try {
      // Each frame leaves at once; a reader that goes, or is slow, ends or slows the frames.
      await pipeline(
        Readable.from(linesOf(hub.play(scope, viewer, span)), { highWaterMark: 1 }),
        createGzip({ level: 4, flush: constants.Z_SYNC_FLUSH }),
        res,
      )
    } catch (error) {
      // The reader has gone.
      if (!res.destroyed) throw error
    } finally {
      playing -= 1
    }
  })
}

async function* linesOf(frames: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const frame of frames) yield `${JSON.stringify(frame)}\n`
}
