import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createSegmentReader, type Segment } from './boxes.ts'

/** One ffmpeg that pulls one source and hands over fragments until it ends. */
export interface Pull {
  readonly pid: number | undefined
  /** Resolves when the process has gone. Safe to call twice. */
  stop(): Promise<void>
}

export interface PullOptions {
  readonly ffmpeg: string
  readonly url: string
  readonly mode: 'copy' | 'transcode'
  /** Probe for seconds instead of moments: a camera may send its key frames far apart. */
  readonly isPatient: boolean
  onSegment(segment: Segment): void
  /** Exactly once, after the process has gone; `reason` never holds the URL. */
  onEnd(reason: string): void
}

const NETWORK_SCHEMES = ['rtsp', 'rtsps', 'rtmp', 'rtmps', 'http', 'https', 'tcp', 'srt'] as const
const KILL_AFTER_MS = 1_000
const STDERR_BYTES = 2_000

function schemeOf(url: string): string | undefined {
  return /^([a-z][a-z0-9+.-]+):\/\//i.exec(url)?.[1]?.toLowerCase()
}

/** A sentence when ffmpeg must not be given this URL, else undefined. */
export function refuseUrl(url: string): string | undefined {
  const scheme = schemeOf(url)
  if (scheme === undefined) return /^[a-z]+:/i.test(url) ? '信号地址格式不正确' : undefined
  return NETWORK_SCHEMES.some((known) => known === scheme)
    ? undefined
    : `不支持的信号地址类型：${scheme}`
}

function inputOf(url: string, isPatient: boolean): string[] {
  const scheme = schemeOf(url)
  // A camera must not be able to answer with a playlist that reads the relay's disk.
  const network = [
    '-protocol_whitelist',
    'http,https,tcp,tls,crypto,rtp,udp,rtsp,rtmp,rtmps,srt,httpproxy',
  ]
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
  switch (scheme) {
    case undefined:
      return ['-protocol_whitelist', 'file', '-re', '-stream_loop', '-1', '-i', resolve(url)]
    case 'rtsp':
    case 'rtsps':
      return [...network, ...probe, '-rtsp_transport', 'tcp', '-i', url]
    case 'rtmp':
    case 'rtmps':
    case 'srt':
      return [...network, ...probe, '-i', url]
    default:
      // If the relay dies without goodbye, its ffmpeg ends at its next write, or here when nothing comes.
      return [...network, '-rw_timeout', '15000000', ...probe, '-i', url]
  }
}

function outputOf(mode: 'copy' | 'transcode'): string[] {
  const codec =
    mode === 'copy'
      ? ['-c:v', 'copy']
      : [
          '-vf',
          'scale=-2:min(360\\,ih),fps=15',
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
  return [
    '-map',
    '0:v:0',
    '-an',
    ...codec,
    '-f',
    'mp4',
    '-movflags',
    'frag_every_frame+empty_moov+default_base_moof',
    '-flush_packets',
    '1',
    'pipe:1',
  ]
}

export function startPull({ ffmpeg, url, mode, isPatient, onSegment, onEnd }: PullOptions): Pull {
  const child = spawn(
    ffmpeg,
    [
      '-hide_banner',
      '-nostdin',
      '-loglevel',
      'error',
      ...inputOf(url, isPatient),
      ...outputOf(mode),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const reader = createSegmentReader()
  let stderr = ''
  let reason: string | undefined
  let isStopped = false
  let killTimer: NodeJS.Timeout | undefined
  let resolveGone: () => void = () => undefined
  const gone = new Promise<void>((done) => {
    resolveGone = done
  })

  function kill(): void {
    if (killTimer !== undefined || child.pid === undefined) return
    // TERM first: cameras count RTSP sessions and want their TEARDOWN.
    child.kill('SIGTERM')
    killTimer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS)
  }

  child.stdout.on('data', (chunk: Buffer) => {
    if (isStopped || reason !== undefined) return
    try {
      for (const segment of reader.push(chunk)) onSegment(segment)
    } catch (error) {
      reason = `视频数据无法解析：${error instanceof Error ? error.message : String(error)}`
      kill()
    }
  })
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_BYTES)
  })

  let hasEnded = false
  function end(fallback: string): void {
    if (hasEnded) return
    hasEnded = true
    clearTimeout(killTimer)
    resolveGone()
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
  child.on('close', (code, signal) => end(describe(stderr, code, signal)))

  return {
    pid: child.pid,
    stop() {
      isStopped = true
      kill()
      return gone
    },
  }
}

/** What ffmpeg said, in the operator's words and without addresses: its own lines quote URLs with passwords. */
function describe(stderr: string, code: number | null, signal: string | null): string {
  const known: readonly (readonly [RegExp, string])[] = [
    [/connection refused/i, '信号源拒绝连接'],
    [/401|unauthorized/i, '信号源要求登录或口令不对'],
    [/403|forbidden/i, '信号源拒绝访问'],
    [/404|not found/i, '信号源地址不存在'],
    [/no such file/i, '视频文件不存在'],
    [/timed out|timeout/i, '连接信号源超时'],
    [/no route|unreachable|resolve/i, '网络不可达'],
    [/matches no streams/i, '信号源没有视频画面'],
    [/invalid data/i, '信号源发来的不是视频'],
  ]
  for (const [pattern, sentence] of known) if (pattern.test(stderr)) return sentence
  return code === 0 ? '信号源结束了播放' : `拉流程序已退出（${signal ?? code ?? '未知'}）`
}
