/** A platform's REST interface that hands out its messages page by page, as a real HTTP server. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { batchOf, type NativeMessage } from '../../mock-feeds/platforms/xintian.ts'
import { password } from './servers.ts'

export interface PagedPlatform {
  readonly url: string
  readonly messages: NativeMessage[]
  /** What to answer instead of a page. */
  status: number | undefined
  close(): Promise<void>
}

const pageSize = 20

/** `?after=N` gives the messages after the Nth and the next cursor. */
export async function startPages(messages: readonly NativeMessage[]): Promise<PagedPlatform> {
  const platform = { messages: [...messages], status: undefined as number | undefined }
  const server = createServer((req, res) => {
    const status =
      platform.status ?? (req.headers.authorization === `Bearer ${password}` ? 200 : 401)
    res.statusCode = status
    if (status !== 200) {
      res.end('{}')
      return
    }
    const after = Number(new URL(req.url ?? '', 'http://localhost').searchParams.get('after'))
    const list = platform.messages.slice(after, after + pageSize)
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify({ data: batchOf(String(after), list), next: after + list.length }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return Object.assign(platform, {
    url: `http://127.0.0.1:${port}/events?after={cursor}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
}
