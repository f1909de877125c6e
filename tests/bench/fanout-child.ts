/** One side of the fan-out bench: sends `messages` frames of about 300 bytes to every client, as raw ws or as the relay does. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import type { Patch } from '../../protocol/frames.ts'
import type { Change, Hub } from '../../relay/hub.ts'
import { serveScreens } from '../../relay/socket/screens.ts'

const mode = process.argv[2] === 'ws' ? 'ws' : 'relay'
const perSecond = 10
const server = createServer()
let version = 0

const nextPatch = (): Patch => {
  version += 1
  return {
    epoch: 'r1-0123456789abcdef',
    base: version - 1,
    version,
    at: '2026-06-18T09:41:26+08:00',
    puts: {
      streams: [
        {
          id: 'xintian-1',
          organization: '431128105001-01',
          title: '向金陵中学捐赠课桌椅'.padEnd(40, '旗'),
          since: '2026-06-18T09:30:00+08:00',
          activity: null,
        },
      ],
    },
    deletes: {},
  }
}

let send: () => void
if (mode === 'ws') {
  const wss = new WebSocketServer({ server, perMessageDeflate: false })
  send = () => {
    const text = JSON.stringify(nextPatch())
    for (const client of wss.clients) client.send(text)
  }
} else {
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const hub = {
    home: '431128',
    scopes: () => ['431128'],
    flush: () => undefined,
    follow: () => () => undefined,
    since: () => undefined,
    version: () => ({ epoch: 'r1-0123456789abcdef', version, at: '2026-06-18T09:41:26+08:00' }),
    onChange: (listener: (changes: readonly Change[]) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as Hub
  serveScreens({ http: server, hub, now: Date.now, audienceOf: () => 'wall' })
  send = () => {
    const patch = nextPatch()
    for (const listener of listeners) listener([{ scope: '431128', audience: 'wall', patch }])
  }
}

process.on('message', (count: number) => {
  let left = count
  const timer = setInterval(() => {
    send()
    left -= 1
    if (left === 0) {
      clearInterval(timer)
      process.send?.('sent')
    }
  }, 1000 / perSecond)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.(address.port)
})
