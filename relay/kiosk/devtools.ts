/** Chromium's DevTools protocol over a pipe (--remote-debugging-pipe): JSON messages that end with a zero byte. No port is open. */
import type { Readable, Writable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

type Params = Readonly<Record<string, unknown>>
export interface DevToolsEvent {
  readonly method: string
  readonly params: Params
  /** Of the page that it is about; undefined for the browser itself. */
  readonly sessionId?: string
}

export interface DevTools {
  /** Fails after `withinMs` without an answer, with what the browser says is wrong, or where the pipe is closed. */
  ask(method: string, params?: Params, options?: AskOptions): Promise<Params>
  listen(listener: (event: DevToolsEvent) => void): void
}
interface AskOptions {
  readonly sessionId?: string
  readonly withinMs?: number
}

/** The browser did not answer in time. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered'
}

interface Waiting {
  readonly resolve: (result: Params) => void
  readonly reject: (cause: Error) => void
  readonly timer: NodeJS.Timeout
}

interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Params
  readonly result?: Params
  readonly error?: { readonly message: string }
  readonly sessionId?: string
}

const patienceMs = 5_000

export function connectDevTools(toBrowser: Writable, fromBrowser: Readable): DevTools {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(event: DevToolsEvent) => void>()
  const letters = new StringDecoder('utf8')
  let rest = ''
  let last = 0

  function take({ id, method, params = {}, result = {}, error, sessionId }: Message): void {
    const asked = id === undefined ? undefined : waiting.get(id)
    if (id !== undefined && asked !== undefined) {
      waiting.delete(id)
      clearTimeout(asked.timer)
      if (error === undefined) asked.resolve(result)
      else asked.reject(new Error(error.message))
    } else if (method !== undefined) {
      const event = { method, params, ...(sessionId === undefined ? {} : { sessionId }) }
      for (const listener of listeners) listener(event)
    }
  }
  function close(): void {
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer)
      reject(new Error('the browser has ended'))
    }
    waiting.clear()
  }

  fromBrowser.on('data', (bytes: Buffer) => {
    const messages = (rest + letters.write(bytes)).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) take(JSON.parse(message) as Message)
  })
  fromBrowser.on('close', close)
  fromBrowser.on('error', close)
  toBrowser.on('error', close)

  return {
    ask(method, params = {}, { sessionId, withinMs = patienceMs } = {}) {
      return new Promise((resolve, reject) => {
        if (!toBrowser.writable) return reject(new Error('the browser has ended'))
        const id = (last += 1)
        const timer = setTimeout(() => {
          waiting.delete(id)
          reject(new Unanswered(`${method} was not answered within ${withinMs} ms`))
        }, withinMs)
        waiting.set(id, { resolve, reject, timer })
        toBrowser.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
      })
    },
    listen: (listener) => void listeners.add(listener),
  }
}
