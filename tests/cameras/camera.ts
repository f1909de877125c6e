/**
 * Cameras for tests, behind real servers: GStreamer's for RTSP, node-media-server for RTMP, ffmpeg's muxers over HTTP and
 * WebSocket. One interface for all: start, spoil, kill, start again, stop.
 */
import type { Loop } from '../../mock-feeds/footage/loops.ts'
import { startFilm, type Faults } from './film.ts'
import { startHttpCamera, type HttpCamera } from './http-camera.ts'
import { startLine } from './line.ts'
import { startRtspCamera } from './rtsp-camera.ts'
import { freePort, startPhone, startRtmpServer } from './rtmp-camera.ts'

export type CameraKind = 'rtsp' | 'rtmp' | 'hls' | 'http-flv' | 'http-ts' | 'ws-flv' | 'ws-fmp4'

export interface CameraPlan {
  readonly kind: CameraKind
  readonly loop: Loop
  readonly words?: string
  /** The time as bars in every picture: `seen.ts` reads them back. */
  readonly hasBars?: boolean
  /** RTSP only: user and password, asked for by digest. */
  readonly account?: { readonly user: string; readonly password: string }
  /** H.265 where the kind can carry it: all of `http-ts`; of `rtsp` the large picture, beside a small one in H.264. */
  readonly isH265?: boolean
}

export interface TestCamera {
  /** Its lines in `streams.yaml`, without `id`, `organization` and `title`. */
  readonly entry: Readonly<Record<string, unknown>>
  /** Changes what is wrong with the pictures; nothing, when empty. */
  set(faults: Faults): void
  /** The way to it is cut, dead without a word, or well. */
  line(state: 'cut' | 'dead' | 'well'): Promise<void>
  /** HTTP kinds: what its door answers; 200 for well. */
  answer(status: number): void
  /** Its server dies; `start` has it back at the same address. */
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

interface Server {
  stop(): Promise<void>
  setStatus?(status: number): void
}

export async function startCamera(plan: CameraPlan): Promise<TestCamera> {
  const { kind, account, isH265 = false } = plan
  const film = startFilm(plan)
  // Read by ffmpeg where something else than the film itself is served; never killed, so that only what is meant to dies.
  const door: HttpCamera = await startHttpCamera({ film, port: 0 })
  const own = `http://127.0.0.1:${door.port}/own.flv`
  const port = await freePort()
  const line = await startLine(port)
  let server: Server | undefined

  async function serve(): Promise<Server> {
    if (kind === 'rtsp') {
      const streams = isH265
        ? [
            { name: '101', codec: 'h265', film, url: own } as const,
            { name: '102', codec: 'h264', film, url: own } as const,
          ]
        : [{ name: '101', codec: 'h264', film, url: own } as const]
      return await startRtspCamera({ port, ...account, streams })
    }
    if (kind === 'rtmp') {
      const service = await startRtmpServer(port)
      const phone = startPhone(own, `rtmp://127.0.0.1:${port}/live/camera`)
      return {
        async stop() {
          await phone.end()
          await service.stop()
        },
      }
    }
    return await startHttpCamera({ film, port, hasHls: kind === 'hls' })
  }
  server = await serve()

  const login = account === undefined ? '' : `${account.user}:{secret}@`
  const at = `127.0.0.1:${line.port}`
  const addresses: Readonly<Record<CameraKind, Readonly<Record<string, unknown>>>> = {
    rtsp: {
      url: `rtsp://${login}${at}/101`,
      ...(isH265 && { sub: `rtsp://${login}${at}/102` }),
      ...(account !== undefined && { secret: account.password }),
    },
    rtmp: { url: `rtmp://${at}/live/camera` },
    hls: { url: `http://${at}/hls/live.m3u8` },
    'http-flv': { url: `http://${at}/live/camera.flv` },
    'http-ts': { url: `http://${at}/live/camera${isH265 ? '.h265' : ''}.ts` },
    'ws-flv': { url: `ws://${at}/live/camera.flv` },
    'ws-fmp4': { url: `ws://${at}/live/camera.live.mp4` },
  }
  return {
    entry: { kind, ...addresses[kind] },
    set: film.set,
    async line(state) {
      if (state === 'cut') await line.cut()
      else if (state === 'dead') line.goDead()
      else await line.heal()
    },
    answer(status) {
      if (server?.setStatus === undefined)
        throw new Error(`a camera of kind ${kind} answers with pictures only`)
      server.setStatus(status)
    },
    async kill() {
      await server?.stop()
      server = undefined
    },
    async start() {
      server ??= await serve()
    },
    async stop() {
      await line.stop()
      await server?.stop()
      await door.stop()
      film.stop()
    },
  }
}
