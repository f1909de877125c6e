/** Cameras by HTTP: playlists and their parts for engines without the video socket, and WHEP. The same may watch as there. */
import type { Express, Request, Response } from 'express'
import { toInstant } from '../../protocol/time.ts'
import { OriginError } from '../video/origin-error.ts'
import type { Video } from '../video/start-video.ts'
import type { Access } from './access.ts'
import { problem } from './answer.ts'
import { readBody, readMedia, SenderGone, type Held } from './body.ts'

interface Options {
  readonly access: Access
  readonly video: Video
}

const offerBytes = 64 * 1024
const m3u8 = 'application/vnd.apple.mpegurl'

export function serveVideo(app: Express, { access, video }: Options): void {
  const held: Held = { bytes: 0, most: 64 * offerBytes }

  /** The source's name, where the caller may watch it; what is not there is refused like what is not cleared. */
  function named(req: Request, res: Response): string | undefined {
    const name = String(req.params['source'])
    res.set({ 'cache-control': 'private, no-store', vary: 'authorization, cookie' })
    if (video.mayWatch(access.reachOf(req), name)) return name
    problem(res, 403, 'Not for you', '无权观看此信号')
    return undefined
  }

  app.get('/v1/video/:source/index.m3u8', async (req, res) => {
    const name = named(req, res)
    if (name === undefined) return
    const playlist = await video.playlist(name)
    if ('text' in playlist) res.type(m3u8).send(playlist.text)
    else {
      res.set('retry-after', '2')
      problem(res, 503, 'No picture', playlist.why)
    }
  })

  app.get('/v1/video/:source/still.jpg', (req, res) => {
    const name = named(req, res)
    if (name === undefined) return
    const still = video.still(name)
    if (still === undefined) {
      problem(res, 404, 'No still', '还没有看到过画面')
      return
    }
    const etag = `"${still.tag}"`
    // Asked again each time: whether the caller may still see it is decided here.
    res.set({ etag, 'cache-control': 'private, no-cache', 'x-taken-at': toInstant(still.at) })
    if (req.headers['if-none-match'] === etag) res.status(304).end()
    else res.type('jpeg').send(still.jpeg)
  })

  app.get('/v1/video/:source/:part', (req, res) => {
    const name = named(req, res)
    if (name === undefined) return
    const bytes = video.part(name, req.params.part)
    if (bytes === undefined) problem(res, 404, 'Not kept', '这一段已经不在,请重取播放列表')
    else res.type('video/mp4').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  })

  app.post('/v1/video/:source/whep', async (req, res) => {
    const name = named(req, res)
    if (name === undefined) return
    const { type, gzip } = readMedia(req)
    if (type !== 'application/sdp') {
      problem(res, 415, 'Not SDP', 'Send an offer as application/sdp.')
      return
    }
    try {
      const { bytes, release } = await readBody(req, {
        most: offerBytes,
        gzip,
        held,
        patienceMs: 10_000,
      })
      release()
      const { session, sdp } = await video.offer(name, access.reachOf(req), bytes.toString('utf8'))
      res.status(201).location(`/v1/video/${encodeURIComponent(name)}/whep/${session}`)
      res.type('application/sdp').send(sdp)
    } catch (error) {
      if (error instanceof SenderGone) return
      if (!(error instanceof OriginError)) throw error
      problem(res, 502, 'No picture', error.message)
    }
  })

  app.delete('/v1/video/:source/whep/:session', (req, res) => {
    const { source, session } = req.params
    // Whoever knows a session's name is the one that it was told to.
    if (video.hangUp(source, session)) res.status(200).end()
    else problem(res, 404, 'No such session', '没有这个会话')
  })
}
