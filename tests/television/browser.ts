/** One page of an old Chromium over its debugging socket: Playwright speaks to none of them. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { until } from '../support/relay.ts'
import type { Installed } from './engines.ts'

export interface OldPage {
  /** What it says of itself, such as HeadlessChrome/67.0.3372.0. */
  readonly product: string
  /** Uncaught errors and what went to console.error, the oldest first. */
  readonly complaints: string[]
  send(method: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>
  /** Resolves when the page has loaded. */
  open(url: string): Promise<void>
  /** The value of an expression, which has to be JSON. */
  read<T>(expression: string): Promise<T>
  /** A key as the remote control sends it: by its code alone. */
  press(keyCode: number): Promise<void>
  /** PNG */
  picture(): Promise<Buffer>
  close(): Promise<void>
}

interface Reply {
  readonly id?: number
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

export async function openOldPage(
  { program, libraries }: Installed,
  [width, height]: readonly [number, number],
): Promise<OldPage> {
  const profile = mkdtempSync(join(tmpdir(), 'television-'))
  const child = spawn(
    program,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',

      '--hide-scrollbars',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      `--window-size=${width},${height}`,
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }) },
    },
  )
  let said = ''
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()))
  const port = await until(
    `${program} to listen:\n${said}`,
    () => /DevTools listening on ws:\/\/[^:]+:(\d+)/.exec(said)?.[1],
    30_000,
  )
  const origin = `http://127.0.0.1:${port}`
  const { Browser: product } = (await (await fetch(`${origin}/json/version`)).json()) as {
    readonly Browser: string
  }
  const address = await until('a page', async () => {
    const targets = (await (await fetch(`${origin}/json/list`)).json()) as readonly {
      readonly type: string
      readonly webSocketDebuggerUrl: string
    }[]
    return targets.find(({ type }) => type === 'page')?.webSocketDebuggerUrl
  })
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))

  let last = 0
  const waiting = new Map<number, (reply: Reply) => void>()
  const complaints: string[] = []
  let loaded = (): void => undefined
  socket.on('message', (data) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply)
    else if (reply.method === 'Page.loadEventFired') loaded()
    else if (reply.method === 'Runtime.exceptionThrown') complaints.push(thrown(reply.params))
    else if (reply.method === 'Runtime.consoleAPICalled') complaints.push(...logged(reply.params))
  })

  async function send(method: string, params: Readonly<Record<string, unknown>> = {}) {
    last += 1
    const id = last
    const reply = await new Promise<Reply>((resolve) => {
      waiting.set(id, resolve)
      socket.send(JSON.stringify({ id, method, params }))
    })
    waiting.delete(id)
    if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.message}`)
    return reply.result
  }

  async function read<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = (await send('Runtime.evaluate', {
      expression,
      returnByValue: true,
      awaitPromise: true,
    })) as { result: { value: T }; exceptionDetails?: unknown }
    if (exceptionDetails !== undefined)
      throw new Error(`${expression}: ${thrown({ exceptionDetails })}`)
    return result.value
  }

  await send('Page.enable')
  await send('Runtime.enable')
  await send('Emulation.setDeviceMetricsOverride', {
    width,
    height,
    deviceScaleFactor: 1,
    mobile: false,
  })
  return {
    product,
    complaints,
    send,
    read,
    async open(url) {
      const isThere = new Promise<void>((resolve) => {
        loaded = resolve
      })
      await send('Page.navigate', { url })
      await isThere
    },
    async press(keyCode) {
      const key = { windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode }
      await send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    },
    async picture() {
      const { data } = (await send('Page.captureScreenshot')) as { data: string }
      return Buffer.from(data, 'base64')
    },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      socket.close()
      child.kill('SIGKILL')
      await ended
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function thrown(params: unknown): string {
  const { exceptionDetails } = params as {
    exceptionDetails: { text: string; exception?: { description?: string } }
  }
  return exceptionDetails.exception?.description ?? exceptionDetails.text
}

function logged(params: unknown): string[] {
  const { type, args } = params as {
    type: string
    args: readonly { value?: unknown; description?: string }[]
  }
  if (type !== 'error') return []
  return [args.map(({ value, description }) => description ?? String(value)).join(' ')]
}
