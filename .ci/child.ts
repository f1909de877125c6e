/** The processes of `npm start`, ended together; one that ends by itself is reported with a sentence. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

export interface ChildSpec {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Receives each line of standard output; without it the lines go to the terminal. */
  readonly onLine?: (line: string) => void
  /** Receives what it says with `process.send`; without it there is no such channel. */
  readonly onMessage?: (message: unknown) => void
  /** Called when it ends unasked; `how` is "exit 1" or a signal. */
  onEnd(how: string, code: number | null): void
}

export interface Children {
  start(spec: ChildSpec): void
  /** Resolves when all have gone; those that do not leave within ten seconds are killed. */
  stop(): Promise<void>
}

const patienceMs = 10_000

export function createChildren(): Children {
  const running = new Set<ChildProcess>()
  let isStopping = false
  return {
    start({ args, env, onLine, onMessage, onEnd }) {
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, ...env },
        stdio: [
          'ignore',
          onLine === undefined ? 'inherit' : 'pipe',
          'inherit',
          onMessage === undefined ? 'ignore' : 'ipc',
        ],
      })
      if (onMessage !== undefined) child.on('message', onMessage)
      running.add(child)
      let rest = ''
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) onLine?.(line)
      })
      child.on('close', (code, signal) => {
        running.delete(child)
        if (!isStopping) onEnd(signal ?? `exit ${code}`, code)
      })
    },
    async stop() {
      isStopping = true
      const ends = [...running].map((child) => once(child, 'close'))
      for (const child of running) child.kill('SIGTERM')
      const timer = setTimeout(() => {
        for (const child of running) child.kill('SIGKILL')
      }, patienceMs)
      await Promise.all(ends)
      clearTimeout(timer)
    },
  }
}
