/**
 * Screens without a browser, in a process of their own so that they can be stopped as a whole: raw WebSockets
 * that speak as much Socket.IO as a screen needs. Both sides of a comparison say `seen` once a second.
 */
import WebSocket from 'ws'
import type { ClientsOrder, ClientsReport } from './clients.ts'

const atOnce = 50
let received = 0
let lost = 0
/** Of the first few screens: [version, ms of the machine's monotonic clock]. */
const arrivals: [number, number][] = []
const sampled = 10

const monotonicMs = (): number => Number(process.hrtime.bigint()) / 1e6

function open(url: string, kind: ClientsOrder['kind'], index: number): Promise<void> {
  const isRelay = kind === 'relay'
  const address =
    url.replace(/^http/, 'ws') + (isRelay ? '/socket.io/?EIO=4&transport=websocket' : '/')
  const socket = new WebSocket(address, { perMessageDeflate: false })
  let seen = 0
  let telling: NodeJS.Timeout | undefined
  return new Promise((resolve, reject) => {
    const begin = (): void => {
      setTimeout(
        () => {
          telling = setInterval(() => socket.send(`42["seen",{"version":${seen}}]`), 1_000)
        },
        (index * 7) % 1_000,
      )
      resolve()
    }
    socket.on('error', reject)
    socket.on('open', () => {
      if (!isRelay) begin()
    })
    socket.on('close', () => {
      clearInterval(telling)
      lost += 1
    })
    socket.on('message', (data: Buffer) => {
      if (data.toString('latin1', 0, 10) === '42["patch"') {
        received += 1
        // The version stands near the front; 160 bytes are enough to find it.
        seen = Number(/"version":(\d+)/.exec(data.toString('latin1', 0, 160))?.[1] ?? seen)
        if (index < sampled) arrivals.push([seen, monotonicMs()])
        return
      }
      const text = data.toString()
      if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send('40')
      else if (text.startsWith('40')) socket.send('420["subscribe",{"scope":"431128"}]')
      else if (text.startsWith('430')) begin()
    })
  })
}

process.on('message', (order: ClientsOrder | 'report') => {
  if (order === 'report') {
    const report: ClientsReport = { received, lost, arrivals }
    process.send?.(report)
    return
  }
  void (async () => {
    for (let from = 0; from < order.count; from += atOnce) {
      const upTo = Math.min(order.count, from + atOnce)
      const opening = []
      for (let index = from; index < upTo; index += 1)
        opening.push(open(order.url, order.kind, index))
      await Promise.all(opening)
    }
    process.send?.('ready')
  })()
})
process.on('disconnect', () => process.exit(0))
