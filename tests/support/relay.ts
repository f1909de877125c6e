/** A real relay process on a free port with a data folder of its own, for tests. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const root = join(import.meta.dirname, '../..')

export interface Relay {
  readonly url: string
  readonly dataDir: string
  readonly process: ChildProcess
  post(body: unknown, options?: PostOptions): Promise<Response>
  /** Everything it has written to its two outputs. */
  logs(): string
  /** Ends with SIGTERM unless told; keeps the data folder. */
  end(signal?: NodeJS.Signals): Promise<void>
}
interface PostOptions {
  readonly platform?: string
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
}

export function makeDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'flagwall-'))
}
export function removeDataDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true })
}

/** Waits until `read` answers something, or fails naming what was awaited. */
export async function until<T>(
  what: string,
  read: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 15_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  for (;;) {
    const value = await read()
    if (value !== undefined && value !== false) return value
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`)
    await new Promise((resume) => setTimeout(resume, 25))
  }
}

interface StoredKey {
  readonly platform: string
  readonly secret: string
}

/** Standard Webhooks headers for a body, with the platform's key from the data folder. */
export function sign(
  dataDir: string,
  platform: string,
  body: string,
  id?: string,
): Record<string, string> {
  return signer(dataDir, platform)(body, id)
}

/** Signs any number of bodies with the key that the platform has now. */
export function signer(
  dataDir: string,
  platform: string,
): (body: string, id?: string) => Record<string, string> {
  const { keys } = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as {
    readonly keys: readonly StoredKey[]
  }
  const key = keys.find((one) => one.platform === platform)
  if (key === undefined) throw new Error(`no key for ${platform}`)
  const secret = Buffer.from(key.secret.replace(/^whsec_/, ''), 'base64')
  return (body, id = crypto.randomUUID()) => {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
  }
}

interface StartOptions {
  readonly dataDir?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
  /** A command and its words to run the relay under, such as strace. */
  readonly under?: readonly string[]
  /** Lets this process and the relay's send each other messages. */
  readonly hasChannel?: boolean
}

export async function startRelay(options: StartOptions = {}): Promise<Relay> {
  const dataDir = options.dataDir ?? makeDataDir()
  const [command = '', ...words] = [...(options.under ?? []), process.execPath, 'relay/main.ts']
  const child = spawn(command, words, {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(options.port ?? 0),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.hasChannel ? (['ipc'] as const) : [])],
  })
  let errors = ''
  let output = ''
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('the relay has no outputs')
  stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const match = /"url":"([^"]+)"/.exec(line)
      if (match?.[1] !== undefined) resolve(match[1])
    })
    child.once('exit', (code) => reject(new Error(`the relay ended with ${code}: ${errors}`)))
  })
  await until('the relay to be ready', async () => (await fetch(`${url}/readyz`)).ok)
  return {
    url,
    dataDir,
    process: child,
    logs: () => output + errors,
    post(
      body,
      { platform = 'xintian', type = 'application/cloudevents-batch+json', headers } = {},
    ) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return fetch(`${url}/v1/platforms/${platform}/events`, {
        method: 'POST',
        body: text,
        headers: { 'content-type': type, ...sign(dataDir, platform, text), ...headers },
      })
    },
    async end(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill(signal)
      await ended
    },
  }
}
