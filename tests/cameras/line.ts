/** The way to a camera: a TCP proxy on loopback that can be cut, or go dead without a word. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Line {
  readonly port: number
  /** Both ends are told: connections are reset, and refused from now on. */
  cut(): Promise<void>
  /** Nobody is told: what is connected stays so, and nothing gets through; nor do new connections get an answer. */
  goDead(): void
  heal(): Promise<void>
  stop(): Promise<void>
}

/** `to` is a port of this machine. */
export async function startLine(to: number): Promise<Line> {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isDead = false
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const pair = [near, far] as const
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const [from, other] of [pair, [far, near]] as const) {
      from.setNoDelay(true)
      from.on('data', (bytes: Buffer) => {
        if (!isDead && !other.write(bytes)) from.pause()
      })
      other.on('drain', () => from.resume())
      // A reset is what a cut looks like from here.
      from.on('error', end)
      // A dead line does not even carry a goodbye.
      from.on('close', () => (isDead ? pairs.delete(pair) : end()))
    }
  })
  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('a line without a port')
    return address.port
  }
  const port = await listen(0)
  const reset = (): void => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
    pairs.clear()
  }
  async function close(): Promise<void> {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    reset()
    await closed
  }
  return {
    port,
    cut: close,
    goDead() {
      isDead = true
    },
    async heal() {
      if (isDead) reset()
      isDead = false
      if (!server.listening) await listen(port)
    },
    stop: close,
  }
}
