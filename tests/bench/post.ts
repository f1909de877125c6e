/** Posts prepared bodies over 64 kept connections, as fast as they are answered. */
import { Agent, request } from 'node:http'

const connections = 64

export interface Delivery {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
}

export interface Poster {
  /** The body of the answer; rejects on any answer but 202. */
  post(delivery: Delivery): Promise<string>
  close(): void
}

export function openPoster(url: string): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return {
    post: ({ body, headers }) =>
      new Promise((resolve, reject) => {
        const sent = request(
          url,
          { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } },
          (res) => {
            const chunks: Buffer[] = []
            res.on('data', (chunk: Buffer) => chunks.push(chunk))
            res.on('error', reject)
            res.on('end', () => {
              const text = Buffer.concat(chunks).toString()
              if (res.statusCode === 202) resolve(text)
              else reject(new Error(`a POST was answered ${res.statusCode}: ${text.slice(0, 200)}`))
            })
          },
        )
        sent.on('error', reject)
        sent.end(body)
      }),
    close: () => agent.destroy(),
  }
}

/** Posts all of them, each connection as fast as it is answered. */
export async function postAll(url: string, deliveries: readonly Delivery[]): Promise<void> {
  const poster = openPoster(url)
  const queue = deliveries.values()
  const work = async (): Promise<void> => {
    for (const delivery of queue) await poster.post(delivery)
  }
  await Promise.all(Array.from({ length: connections }, work)).finally(() => poster.close())
}
