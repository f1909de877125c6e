import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createSegmentReader, type Segment } from './boxes.ts'
import { describeEnd } from './describe-end.ts'
import type { Ffmpeg } from './ffmpeg-path.ts'

/** Takes what a feed brings. */
export interface FeedSink {
  write(chunk: Uint8Array): void
  /** Nothing more comes; `reason` names no address. */
  end(reason: string): void
}
/** Begins to bring bytes that ffmpeg does not fetch by itself; returns how to stop. */
export type Feed = (sink: FeedSink) => () => void

/** What ffmpeg reads. */
export type Input =
  /** Played in a loop, in real time. */
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'address'
      readonly url: string
      /** What ffmpeg is told of this address alone. */
      readonly options?: readonly string[]
    }
  | { readonly kind: 'feed'; readonly format: 'flv' | 'mp4'; readonly feed: Feed }

/** One ffmpeg that pulls one source and hands over fragments until it ends. */
export interface Pull {
  readonly pid: number | undefined
  /** Resolves when the process has gone. Safe to call twice. */
  stop(): Promise<void>
}

export interface PullOptions {
  readonly ffmpeg: Ffmpeg
  readonly input: Input
  /** `copy`, or the height of the H.264 that it is turned into, in lines. */
  readonly coding: 'copy' | number
  /** Probe for seconds instead of moments: a camera may send its key frames far apart. */
  readonly isPatient: boolean
  onSegment(segment: Segment): void
  /** Exactly once, after the process has gone; `reason` never holds the address. */
  onEnd(reason: string): void
}

const SCHEMES = ['rtsp', 'rtsps', 'rtmp', 'rtmps', 'http', 'https'] as const
const KILL_AFTER_MS = 1_000
const STDERR_BYTES = 2_000
/** A program that takes nothing for so long is behind for good. */
const MAX_FEED_BYTES = 8 * 1024 * 1024
/** If the relay dies without goodbye, its ffmpeg ends at its next write, or here when nothing comes. */
const SILENCE_US = '15000000'

const schemeOf = (url: string): string | undefined =>
  /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase()

/** A sentence when ffmpeg must not be given this address, else undefined. */
export function refuseUrl(url: string): string | undefined {
  const scheme = schemeOf(url)
  if (scheme === undefined) return '信号地址格式不正确'
  return SCHEMES.some((known) => known === scheme) ? undefined : `不支持的信号地址类型：${scheme}`
}

function inputOf(input: Input, isPatient: boolean, { rtspTimeout }: Ffmpeg): string[] {
  // The first picture waits for probing: 0.2 s of it cost 1.0 s, 1 s cost 1.7 s.
  const [probeUs, probeBytes] = isPatient ? ['4000000', '4000000'] : ['200000', '500000']
  const probe = [
    '-fflags',
    '+nobuffer+genpts',
    '-analyzeduration',
    probeUs,
    '-probesize',
    probeBytes,
  ]
  if (input.kind === 'file')
    return ['-protocol_whitelist', 'file', '-re', '-stream_loop', '-1', '-i', resolve(input.path)]
  if (input.kind === 'feed')
    return ['-protocol_whitelist', 'pipe', ...probe, '-f', input.format, '-i', 'pipe:0']
  // A camera must not be able to answer with a playlist that reads the relay's disk.
  const network = ['-protocol_whitelist', 'http,https,tcp,tls,crypto,rtp,udp,rtsp,rtmp,rtmps']
  const isRtsp = schemeOf(input.url)?.startsWith('rtsp') === true
  const silence = isRtsp
    ? [rtspTimeout, SILENCE_US, '-rtsp_transport', 'tcp']
    : ['-rw_timeout', SILENCE_US]
  return [...network, ...silence, ...probe, ...(input.options ?? []), '-i', input.url]
}

const h264 = (height: number): string[] => [
  '-vf',
  `scale=-2:min(${height}\\,ih),fps=15`,
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-tune',
  'zerolatency',
  '-profile:v',
  'baseline',
  '-pix_fmt',
  'yuv420p',
  '-g',
  '15',
  '-threads',
  '1',
]

const outputOf = (coding: 'copy' | number): string[] => [
  '-map',
  '0:v:0',
  '-an',
  ...(coding === 'copy' ? ['-c:v', 'copy'] : h264(coding)),
  '-f',
  'mp4',
  '-movflags',
  'frag_every_frame+empty_moov+default_base_moof',
  '-flush_packets',
  '1',
  'pipe:1',
]

export function startPull(options: PullOptions): Pull {
  const { ffmpeg, input, coding, isPatient, onSegment, onEnd } = options
  const child = spawn(
    ffmpeg.path,
    [
      '-hide_banner',
      ...(input.kind === 'feed' ? [] : ['-nostdin']),
      '-loglevel',
      'error',
      ...inputOf(input, isPatient, ffmpeg),
      ...outputOf(coding),
    ],
    { stdio: [input.kind === 'feed' ? 'pipe' : 'ignore', 'pipe', 'pipe'] },
  )
  const { stdin, stdout, stderr } = child
  const reader = createSegmentReader()
  let said = ''
  let reason: string | undefined
  let isStopped = false
  let killTimer: NodeJS.Timeout | undefined
  let stopFeed = (): void => undefined
  const gone = new Promise<void>((done) => {
    child.once('close', () => done())
    child.once('error', () => done())
  })

  function kill(why?: string): void {
    reason ??= why
    stopFeed()
    if (killTimer !== undefined || child.pid === undefined) return
    // TERM first: cameras count RTSP sessions and want their TEARDOWN.
    child.kill('SIGTERM')
    killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  }

  stdout?.on('data', (chunk: Buffer) => {
    if (isStopped || reason !== undefined) return
    try {
      for (const segment of reader.push(chunk)) onSegment(segment)
    } catch (error) {
      kill(`视频数据无法解析：${error instanceof Error ? error.message : String(error)}`)
    }
  })
  stderr?.setEncoding('utf8')
  stderr?.on('data', (text: string) => {
    said = (said + text).slice(-STDERR_BYTES)
  })

  if (input.kind === 'feed' && stdin !== null) {
    // A program that has ended reads no more; its `close` says why.
    stdin.on('error', () => undefined)
    stopFeed = input.feed({
      write(chunk) {
        if (reason !== undefined || !stdin.writable) return
        if (stdin.writableLength > MAX_FEED_BYTES) kill('处理跟不上信号')
        else stdin.write(chunk)
      },
      end: (why) => kill(why),
    })
  }

  let hasEnded = false
  function end(fallback: string): void {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(killTimer)
    stopFeed()
    onEnd(reason ?? fallback)
  }
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined)
      end(
        error.code === 'ENOENT'
          ? '缺少程序 ffmpeg'
          : `ffmpeg 无法启动：${error.code ?? error.message}`,
      )
  })
  child.on('close', (code, signal) => end(describeEnd(said, code, signal)))

  return {
    pid: child.pid,
    stop() {
      isStopped = true
      kill()
      return gone
    },
  }
}
