/** Screens without a browser: raw WebSockets that speak as much Socket.IO as a screen needs. */
import WebSocket from 'ws'

export interface Clients {
  readonly received: () => number
  close(): void
}

interface Options {
  readonly url: string
  readonly count: number
  readonly isRelay: boolean
  /** Called with the text of each frame that the first client receives. */
  readonly onFirst?: (text: string) => void
}

export async function openClients({ url, count, isRelay, onFirst }: Options): Promise<Clients> {
  let received = 0
  const sockets: WebSocket[] = []
  const address =
    url.replace(/^http/, 'ws') + (isRelay ? '/socket.io/?EIO=4&transport=websocket' : '/')
  for (let start = 0; start < count; start += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, count - start) }, (_, offset) => {
        const isFirst = start + offset === 0
        const socket = new WebSocket(address, { perMessageDeflate: false })
        sockets.push(socket)
        return new Promise<void>((resolve, reject) => {
          socket.on('error', reject)
          if (!isRelay) socket.on('open', () => resolve())
          let seen = 0
          let ticking: NodeJS.Timeout | undefined
          socket.on('close', () => clearInterval(ticking))
          socket.on('message', (data: Buffer) => {
            const text = data.toString()
            if (isRelay && text === '2') socket.send('3')
            else if (isRelay && text.startsWith('0')) socket.send('40')
            else if (isRelay && text.startsWith('40')) {
              socket.send('420["subscribe",{"scope":"431128"}]')
            } else if (isRelay && text.startsWith('430')) {
              ticking = setInterval(() => socket.send(`42["seen",{"version":${seen}}]`), 1000)
              resolve()
            } else if (!isRelay || text.startsWith('42["patch"')) {
              received += 1
              const version = /"version":(\d+)/.exec(text)?.[1]
              if (version !== undefined) seen = Number(version)
              if (isFirst) onFirst?.(text)
            }
          })
        })
      }),
    )
  }
  return {
    received: () => received,
    close: () => {
      for (const socket of sockets) socket.terminate()
    },
  }
}
