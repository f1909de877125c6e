/** What lies between a wall and its relay: it carries everything until it is pulled, and then nothing, without a word to either end. */
import { createServer, connect, type AddressInfo, type Socket } from 'node:net'

export interface Cable {
  /** Where the wall finds its relay. */
  readonly url: string
  pull(): void
  /** What was under way goes on, as it does where a plug is put back. */
  plug(): void
  end(): Promise<void>
}

export async function layCable(relayUrl: string): Promise<Cable> {
  const { hostname: host, port } = new URL(relayUrl)
  const open = new Set<Socket>()
  let isPulled = false
  const hold = (socket: Socket): void => {
    open.add(socket)
    if (isPulled) socket.pause()
    socket.on('close', () => open.delete(socket))
  }
  const server = createServer((near) => {
    const far = connect(Number(port), host)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('data', (bytes) => other.write(bytes))
      one.on('end', () => other.end())
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      hold(one)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull() {
      isPulled = true
      for (const socket of open) socket.pause()
    },
    plug() {
      isPulled = false
      for (const socket of open) socket.resume()
    },
    async end() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
