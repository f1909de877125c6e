import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

/** A program that runs, and what has to be known of its version. */
export interface Ffmpeg {
  readonly path: string
  /** Its option for how long an RTSP server may be silent: the older one's name means something else in newer ones. */
  readonly rtspTimeout: '-stimeout' | '-timeout'
  /** False: it has to be given numbers in place of names. */
  readonly findsNames: boolean
}

export type FfmpegPath =
  | { readonly kind: 'found'; readonly ffmpeg: Ffmpeg }
  | { readonly kind: 'missing'; readonly sentence: string }

function probe(path: string, findsNames: boolean): FfmpegPath | undefined {
  const help = spawnSync(path, ['-hide_banner', '-h', 'demuxer=rtsp'], {
    timeout: 5_000,
    encoding: 'utf8',
  })
  if (help.status !== 0) return undefined
  const rtspTimeout = help.stdout.includes('-stimeout') ? '-stimeout' : '-timeout'
  return { kind: 'found', ffmpeg: { path, rtspTimeout, findsNames } }
}

/** The system's ffmpeg first (newer, patched), else the program inside @ffmpeg-installer/ffmpeg. */
export function ffmpegPath(): FfmpegPath {
  const system = probe('ffmpeg', true)
  if (system !== undefined) return system
  try {
    const packaged: unknown = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    if (
      typeof packaged === 'object' &&
      packaged !== null &&
      'path' in packaged &&
      typeof packaged.path === 'string'
    ) {
      const own = probe(packaged.path, false)
      if (own !== undefined) return own
    }
  } catch (cause) {
    // The package throws on platforms it has no program for: the same answer as "not installed".
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    return { kind: 'missing', sentence: `缺少程序 ffmpeg，无法显示视频：请安装 ffmpeg（${why}）` }
  }
  return { kind: 'missing', sentence: '缺少程序 ffmpeg，无法显示视频：请安装 ffmpeg' }
}
