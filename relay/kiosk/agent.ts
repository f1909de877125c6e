/**
 * The kiosk machine's own door to the relay, on loopback: passes everything on, and answers from its copies where the relay can't be
 * reached. A page from here also has what a browser keeps for secure origins.
 */
import {
  createServer,
  request as plain,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { request as secure } from 'node:https'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import { isKept, type Copies } from './copies.ts'

export interface Agent {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  /** When the relay last answered, ms since the epoch; null before. */
  reachedAt(): number | null
  stop(): Promise<void>
}

interface Options {
  readonly relay: URL
  /** 0 for any that is free. */
  readonly port: number
  readonly copies: Copies
  /** What this machine tells of itself. */
  readonly tell: () => unknown
  readonly clock: () => number
}

export const statusPath = '/-/kiosk'
const patienceMs = 5_000
/** Boards that pages began with are asked for again this often, so that what they would begin with is not old. */
const renewMs = 60_000
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const largestCopy = 32 * 1024 * 1024
/** The relay forbids it to this screen. */
const forbidden: ReadonlySet<number | undefined> = new Set([401, 403, 404])

type Headers = IncomingMessage['headers']

export async function startAgent({ relay, port, copies, tell, clock }: Options): Promise<Agent> {
  let reachedAt: number | null = null
  /** By address of a board: as its page asked for it last. */
  const boards = new Map<string, Headers>()
  const send = relay.protocol === 'https:' ? secure : plain

  /** As if the relay's own page asked. */
  function headersFor(headers: Headers): Headers {
    const through = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !hopByHop.has(name)),
    )
    return {
      ...through,
      host: relay.host,
      ...(headers.origin === undefined ? {} : { origin: relay.origin }),
    }
  }
  const ask = (method: string, address: string, headers: Headers) =>
    send(new URL(address, relay), { method, headers: headersFor(headers), timeout: patienceMs })

  function answerKept(address: string, response: ServerResponse): void {
    const copy = isKept(address) ? copies.find(address) : undefined
    if (copy === undefined) {
      response.writeHead(502, { 'content-type': 'application/problem+json' })
      response.end(
        JSON.stringify({
          title: 'Relay not reached',
          status: 502,
          detail: `${relay.origin} does not answer, and of this address no copy is kept.`,
        }),
      )
      return
    }
    response.writeHead(copy.status, {
      ...copy.headers,
      date: new Date(copy.keptAt).toUTCString(),
      'cache-control': 'no-store',
    })
    response.end(copy.body)
  }

  /** Keeps an answer while it goes through. */
  function keep(address: string, answer: IncomingMessage): void {
    const parts: Buffer[] = []
    let size = 0
    answer.on('data', (part: Buffer) => {
      size += part.length
      if (size <= largestCopy) parts.push(part)
    })
    answer.on('end', () => {
      if (!answer.complete || size > largestCopy) return
      const headers = Object.fromEntries(
        Object.entries(answer.headers).flatMap(([name, value]) =>
          hopByHop.has(name) || name === 'set-cookie' || name === 'date' || value === undefined
            ? []
            : [[name, value]],
        ),
      )
      copies.keep(address, { status: 200, headers, keptAt: clock() }, Buffer.concat(parts))
    })
  }
  function take(address: string, answer: IncomingMessage): void {
    reachedAt = clock()
    if (!isKept(address)) return
    if (answer.statusCode === 200) keep(address, answer)
    else if (forbidden.has(answer.statusCode)) {
      copies.drop(address)
      boards.delete(address)
    }
  }

  const server = createServer((request, response) => {
    const { method = 'GET', url: address = '/' } = request
    if (address === statusPath) {
      response.writeHead(200, { 'content-type': 'application/json' })
      return void response.end(JSON.stringify(tell()))
    }
    if (/^\/v1\/snapshot\/[^?]+$/.test(address)) boards.set(address, request.headers)
    // What is not changed is not sent, and so could not be kept.
    const { 'if-none-match': _tag, 'if-modified-since': _since, ...headers } = request.headers
    const asked = ask(method, address, isKept(address) ? headers : request.headers)
    const isRead = method === 'GET' || method === 'HEAD'
    asked.on('response', (answer) => {
      if (isRead && (answer.statusCode ?? 0) >= 502) {
        answer.resume()
        return answerKept(address, response)
      }
      if (method === 'GET') take(address, answer)
      const through = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name))
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(through))
      pipeline(answer, response, () => undefined)
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', () => {
      if (response.headersSent) response.destroy()
      else answerKept(address, response)
    })
    response.on('close', () => asked.destroy())
    pipeline(request, asked, () => undefined)
  })

  server.on('upgrade', (request, socket, head) => {
    const headers = { ...headersFor(request.headers), connection: 'Upgrade', upgrade: 'websocket' }
    const asked = send(new URL(request.url ?? '/', relay), { headers, timeout: patienceMs })
    asked.on('upgrade', (answer, far, farHead) => {
      far.setTimeout(0)
      reachedAt = clock()
      const lines = answer.rawHeaders.flatMap((name, i, all) =>
        i % 2 === 0 ? [`${name}: ${all[i + 1] ?? ''}`] : [],
      )
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`)
      if (farHead.length > 0) socket.write(farHead)
      if (head.length > 0) far.write(head)
      pipeline(far, socket, far, () => undefined)
    })
    asked.on('response', (answer) => {
      answer.resume()
      socket.end(`HTTP/1.1 ${answer.statusCode ?? 502} Refused\r\nConnection: close\r\n\r\n`)
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer')))
    asked.on('error', () => socket.destroy())
    socket.on('error', () => asked.destroy())
    asked.end()
  })

  const renewal = setInterval(() => {
    for (const [address, headers] of boards) {
      const asked = ask('GET', address, headers)
      asked.on('response', (answer) => {
        take(address, answer)
        answer.resume()
      })
      asked.on('timeout', () => asked.destroy())
      asked.on('error', () => undefined)
      asked.end()
    }
  }, renewMs)

  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reachedAt: () => reachedAt,
    async stop() {
      clearInterval(renewal)
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
