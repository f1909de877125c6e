/** Starts a Chromium that shows one page on one monitor and nothing of itself, and watches over it through a pipe. */
import { spawn, type ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { connectDevTools, type DevTools } from './devtools.ts'
import type { KioskMonitor } from './settings.ts'

export interface BrowserOptions {
  /** Command of the browser. */
  readonly browser: string
  readonly monitor: KioskMonitor
  /** Address of the page. */
  readonly url: string
  /** Folder of its own. */
  readonly profile: string
  readonly heapMb: number
  /** Chromium refuses to run as root with its sandbox. */
  readonly isRoot: boolean
  /** `:99`; the environment's where there is none. */
  readonly display?: string
}

/** What a screen without a keyboard wants of a browser. */
export function flagsOf({ monitor, url, profile, heapMb, isRoot }: BrowserOptions): string[] {
  const { at, size } = monitor
  return [
    '--kiosk',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
    `--window-position=${at.join(',')}`,
    ...(size === null ? ['--start-fullscreen'] : [`--window-size=${size.join(',')}`]),
    `--js-flags=--max-old-space-size=${heapMb}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--noerrdialogs',
    '--hide-crash-restore-bubble',
    '--disable-session-crashed-bubble',
    '--disable-infobars',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-features=Translate,MediaRouter',
    '--disable-component-update',
    '--autoplay-policy=no-user-gesture-required',
    '--password-store=basic',
    '--lang=zh-CN',
    ...(isRoot ? ['--no-sandbox'] : []),
    url,
  ]
}

export interface RunningBrowser {
  readonly process: ChildProcess
  readonly devTools: DevTools
}

export function startBrowser(options: BrowserOptions): RunningBrowser {
  const child = spawn(options.browser, flagsOf(options), {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    ...(options.display === undefined ? {} : { env: { ...process.env, DISPLAY: options.display } }),
  })
  const [, , , toBrowser, fromBrowser] = child.stdio
  return {
    process: child,
    devTools: connectDevTools(toBrowser as Writable, fromBrowser as Readable),
  }
}
