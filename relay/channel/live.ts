/** A page of the relay as a live channel: a screen that is none, a browser on it, and ffmpeg that films it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createBackOff } from '../connectors/back-off.ts'
import { asCookie } from '../http/access.ts'
import { startBrowser } from '../kiosk/browser.ts'
import type { DevTools } from '../kiosk/devtools.ts'
import type { LivePage } from './settings.ts'

export interface Live {
  /** Somebody watches: starts what is needed, and puts off the end. */
  watch(): void
  /** Bytes of transport stream as they come, for as long as it runs. Returns how to stop. */
  listen(listener: (bytes: Buffer) => void): () => void
  /** Holds index.m3u8 and its pieces while it runs. */
  readonly folder: string
  end(): void
}

interface Options {
  readonly page: LivePage
  readonly relay: URL
  readonly browser: string
  readonly ffmpeg: string
  readonly folder: string
  readonly say: (line: string) => void
}

/** After the last look. */
const idleMs = 60_000

export function createLive({ page, relay, browser, ffmpeg, folder, say }: Options): Live {
  const listeners = new Set<(bytes: Buffer) => void>()
  let running: readonly ChildProcess[] = []
  let idle: NodeJS.Timeout | undefined
  let again: NodeJS.Timeout | undefined
  const backOff = createBackOff()
  let isWanted = false

  function stop(): void {
    const children = running
    running = []
    for (const child of children) child.kill('SIGTERM')
  }
  function failed(why: string): void {
    if (running.length === 0 || !isWanted) return
    const pauseMs = backOff.next()
    say(`${page.id}: ${why}; again in ${pauseMs / 1_000} s`)
    stop()
    again = setTimeout(() => void start(), pauseMs)
  }
  function follow(name: string, child: ChildProcess): ChildProcess {
    child.once('error', (error) => failed(`${name} does not start (${error.message})`))
    child.once('exit', (code) => failed(`${name} ended with ${code}`))
    return child
  }

  async function start(): Promise<void> {
    if (!isWanted || running.length > 0) return
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const [width, height] = page.size
    const screen = spawn(
      'Xvfb',
      ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
    )
    running = [screen]
    follow('Xvfb', screen)
    const display = await firstLine(screen.stdio[3] as Readable)
    // It may have ended, or nobody may watch any more.
    if (display === '' || running[0] !== screen) return
    const shown = startBrowser({
      browser,
      monitor: { at: [0, 0], size: page.size, page: page.page },
      url: 'about:blank',
      profile: join(folder, 'profile'),
      heapMb: 1_024,
      isRoot: process.getuid?.() === 0,
      display: `:${display}`,
    })
    const filming = spawn(ffmpeg, filmed(page, display, folder), {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running = [screen, follow('the browser', shown.process), follow('ffmpeg', filming)]
    openAsPublic(shown.devTools, new URL(page.page, relay)).catch((error: unknown) =>
      failed(`the page does not open (${String(error)})`),
    )
    let said = ''
    filming.stderr
      .setEncoding('utf8')
      .on('data', (text: string) => (said = (said + text).slice(-300)))
    filming.once('exit', (code) => {
      if (code !== 0 && said !== '') say(`${page.id}: ${said.trim()}`)
    })
    filming.stdout.on('data', (bytes: Buffer) => {
      backOff.reset()
      for (const listener of listeners) listener(bytes)
    })
  }
  function end(): void {
    isWanted = false
    clearTimeout(idle)
    clearTimeout(again)
    stop()
  }
  return {
    watch() {
      clearTimeout(idle)
      idle = setTimeout(() => {
        if (listeners.size > 0) return
        say(`${page.id}: nobody watches`)
        end()
      }, idleMs)
      if (isWanted) return
      isWanted = true
      void start()
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    folder,
    end,
  }
}

/** A channel is seen in village halls: its browser must not become the wall by standing on the relay's machine. */
async function openAsPublic(devTools: DevTools, url: URL): Promise<void> {
  const cookies = [{ name: asCookie, value: 'public', url: url.origin }]
  await devTools.ask('Storage.setCookies', { cookies })
  const { targetInfos } = await devTools.ask('Target.getTargets')
  const pages = targetInfos as readonly { readonly type: string; readonly targetId: string }[]
  const targetId = pages.find(({ type }) => type === 'page')?.targetId
  const { sessionId } = await devTools.ask('Target.attachToTarget', { targetId, flatten: true })
  await devTools.ask('Page.navigate', { url: url.href }, { sessionId: String(sessionId) })
}

/** Looked at as often as the page needs, sent as 25 pictures a second with sound that is always there. */
function filmed(
  { size: [width, height], fps }: LivePage,
  display: string,
  folder: string,
): string[] {
  const hls = [
    'f=hls:hls_time=2:hls_list_size=6',
    'hls_flags=delete_segments+independent_segments',
    `hls_segment_filename=${folder}/%d.ts`,
  ].join(':')
  return [
    ['-hide_banner', '-loglevel', 'error', '-nostdin'],
    ['-f', 'x11grab', '-draw_mouse', '0', '-framerate', String(fps)],
    ['-video_size', `${width}x${height}`, '-i', `:${display}`],
    ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo'],
    [
      '-map',
      '0:v',
      '-map',
      '1:a',
      '-vf',
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
    ],
    ['-r', '25', '-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'zerolatency'],
    ['-profile:v', 'main', '-level', '4.0', '-g', '50', '-bf', '0', '-sc_threshold', '0'],
    ['-b:v', '3000k', '-maxrate', '3000k', '-bufsize', '3000k'],
    ['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709'],
    ['-c:a', 'aac', '-b:a', '96k', '-flags', '+global_header'],
    ['-f', 'tee', `[${hls}]${folder}/index.m3u8|[f=mpegts:pat_period=0.1:pcr_period=20]pipe:1`],
  ].flat()
}

/** '' where the stream ends before one. */
async function firstLine(stream: Readable): Promise<string> {
  let text = ''
  for await (const bytes of stream) {
    text += String(bytes)
    if (text.includes('\n')) break
  }
  return text.split('\n')[0] ?? ''
}
