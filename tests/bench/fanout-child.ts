/** A server that sends patches to every screen that follows: as a bare WebSocketServer, or as the relay does. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import type { Patch } from '../../protocol/frames.ts'
import type { Change, Hub } from '../../relay/hub.ts'
import { everywhereAs } from '../../relay/reach.ts'
import { serveScreens } from '../../relay/socket/screens.ts'
import type { FanoutOrder } from './fanout.ts'

const [mode, bytes] = process.argv.slice(2)
const county = '431128'
const epoch = 'r1-0123456789abcdef'
const at = '2026-06-18T09:41:26+08:00'
const server = createServer()
let version = 0

const nextPatch = (): Patch => {
  version += 1
  const title = '旗'.repeat(Math.max(1, (Number(bytes) - 240) / 3))
  const stream = {
    id: 'xintian-1',
    organization: '431128105001-01',
    title,
    since: at,
    activity: null,
  }
  return { epoch, base: version - 1, version, at, puts: { streams: [stream] }, deletes: {} }
}

function bareSender(): () => void {
  const wss = new WebSocketServer({ server, perMessageDeflate: false })
  // It reads what the screens say, as the relay has to.
  wss.on('connection', (socket) => socket.on('message', () => undefined))
  return () => {
    // The same bytes as the relay's frame.
    const text = `42${JSON.stringify(['patch', nextPatch()])}`
    for (const client of wss.clients) client.send(text)
  }
}

function relaySender(): () => void {
  const listeners = new Set<(changes: readonly Change[]) => void>()
  const hub: Partial<Hub> = {
    home: county,
    scopes: () => [county],
    follow: () => () => undefined,
    flush: () => undefined,
    since: () => undefined,
    version: () => ({ epoch, version, at }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  serveScreens({
    http: server,
    hub: hub as Hub,
    clock: () => performance.now(),
    now: Date.now,
    reachOf: () => everywhereAs('wall'),
  })
  return () => {
    const patch = nextPatch()
    for (const listener of listeners) listener([{ scope: county, viewer: 'wall', patch }])
  }
}

const send = mode === 'ws' ? bareSender() : relaySender()
let before = process.cpuUsage()

process.on('message', (order: FanoutOrder) => {
  if (order === 'cpu') {
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1e6)
    return
  }
  before = process.cpuUsage()
  let left = order.patches
  const timer = setInterval(() => {
    send()
    left -= 1
    if (left > 0) return
    clearInterval(timer)
    process.send?.('sent')
  }, 100)
})
process.on('disconnect', () => process.exit(0))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.(address.port)
})
