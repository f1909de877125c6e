import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'

export type FfmpegPath =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'missing'; readonly sentence: string }

const runs = (path: string): boolean =>
  spawnSync(path, ['-version'], { stdio: 'ignore', timeout: 5_000 }).status === 0

/** The system's ffmpeg first (newer, patched), else the program inside @ffmpeg-installer/ffmpeg. */
export function ffmpegPath(): FfmpegPath {
  if (runs('ffmpeg')) return { kind: 'found', path: 'ffmpeg' }
  try {
    const packaged: unknown = createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')
    if (
      typeof packaged === 'object' &&
      packaged !== null &&
      'path' in packaged &&
      typeof packaged.path === 'string'
    ) {
      if (runs(packaged.path)) return { kind: 'found', path: packaged.path }
    }
  } catch (cause) {
    // The package throws on platforms it has no program for: the same answer as "not installed".
    const why = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    return { kind: 'missing', sentence: `缺少程序 ffmpeg，无法显示视频：请安装 ffmpeg（${why}）` }
  }
  return { kind: 'missing', sentence: '缺少程序 ffmpeg，无法显示视频：请安装 ffmpeg' }
}
