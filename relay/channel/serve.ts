/** The doors of the channels: a list and a guide for operators, HLS for players, and transport stream without end for boxes. */
import express, { type Express, type Response } from 'express'
import { join } from 'node:path'
import type { Broadcast } from '../../protocol/channel.ts'
import type { Desk } from './desk.ts'
import type { Listing } from './listing.ts'
import { hlsOf, m3uOf, xmltvOf, type ListedChannel } from './playlist.ts'
import type { Live } from './live.ts'
import { slotAt, slotMs } from './transport/times.ts'

interface Options {
  readonly desk: Desk
  readonly live: ReadonlyMap<string, Live>
  /** Of the list and the guide. */
  readonly listKey: string
  readonly listing: () => Listing
  readonly guide: () => Promise<readonly Broadcast[]>
  readonly clock: () => number
  readonly say: (line: string) => void
}

/** A box that takes nothing for so long is let go of. */
const mostBehind = 8 * 1024 * 1024
/** Slots that a player may still ask for, and those that it may ask for too early by its own clock. */
const kept = { before: 60, after: 2 }

export function serveChannels(options: Options): Express {
  const { desk, live, listKey, listing, guide, clock } = options
  const app = express()
  app.disable('x-powered-by')
  app.use((_req, res, next) => {
    // Players in browsers stand on other pages; who has the key may watch.
    res.set({ 'access-control-allow-origin': '*', 'cache-control': 'no-store' })
    next()
  })
  const find = (key: string): ListedChannel | undefined => listing().byKey.get(key)

  app.get(
    '/healthz',
    (_req, res) => void res.json({ channels: listing().channels.length, ...desk.counts() }),
  )
  app.get(`/${listKey}/channels.m3u`, (req, res) => {
    const origin = `${req.protocol}://${req.get('host')}`
    const guideUrl = `${origin}/${listKey}/guide.xml`
    res.type('audio/x-mpegurl').send(m3uOf(listing().channels, origin, guideUrl))
  })
  app.get(`/${listKey}/guide.xml`, async (_req, res) => {
    res.type('application/xml').send(xmltvOf(listing().channels, await guide()))
  })

  app.get('/:key/index.m3u8', (req, res) => {
    const channel = find(req.params.key)
    if (channel === undefined) return missing(res)
    const page = live.get(channel.id)
    res.type('application/vnd.apple.mpegurl')
    if (page === undefined) {
      desk.watch(channel.id)
      res.send(hlsOf(clock()))
      return
    }
    page.watch()
    sendPiece(res, join(page.folder, 'index.m3u8'))
  })
  app.get('/:key/live.ts', (req, res) => {
    const channel = find(req.params.key)
    if (channel === undefined) return missing(res)
    res.type('video/mp2t')
    const page = live.get(channel.id)
    if (page !== undefined) sendLive(res, page)
    else sendSlots(res, channel.id, options)
  })
  app.get('/:key/:piece', async (req, res) => {
    const { key, piece } = req.params
    const channel = find(key)
    if (channel === undefined || !/^\d{1,12}\.ts$/.test(piece)) return missing(res)
    const page = live.get(channel.id)
    res.type('video/mp2t')
    if (page !== undefined) return sendPiece(res, join(page.folder, piece))
    const n = Number.parseInt(piece, 10)
    const now = slotAt(clock())
    if (n < now - kept.before || n > now + kept.after) return missing(res)
    desk.watch(channel.id)
    res.send(await desk.slot(channel.id, n))
  })
  app.use((_req, res) => missing(res))
  return app
}

function missing(res: Response): void {
  res.status(404).type('text/plain').send('没有这个频道,或者这一段已经过去。\n')
}

/** What ffmpeg has written; nothing yet in the first seconds of a page. */
function sendPiece(res: Response, file: string): void {
  res.sendFile(file, { dotfiles: 'allow' }, (error) => {
    if (error !== undefined && error !== null && !res.headersSent)
      res.status(503).set('retry-after', '2').type('text/plain').send('画面正在准备,请稍后再试。\n')
  })
}

function sendLive(res: Response, page: Live): void {
  page.watch()
  const stop = page.listen((bytes) => {
    if (res.writableLength < mostBehind) res.write(bytes)
    else res.destroy()
  })
  res.flushHeaders()
  res.on('close', stop)
}

/** The slot that has begun at once, so that a picture is there; each of the others when it begins. */
function sendSlots(res: Response, village: string, { desk, clock, say }: Options): void {
  let n = slotAt(clock())
  let timer: NodeJS.Timeout | undefined
  const send = async (): Promise<void> => {
    desk.watch(village)
    const slot = await desk.slot(village, n)
    if (res.destroyed) return
    if (res.writableLength > mostBehind) return void res.destroy()
    res.write(slot)
    n += 1
    timer = setTimeout(() => void send().catch(give), n * slotMs - clock())
  }
  const give = (error: unknown): void => {
    say(`${village}: ${String(error)}`)
    res.destroy()
  }
  void send().catch(give)
  res.on('close', () => clearTimeout(timer))
}
