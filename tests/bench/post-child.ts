/**
 * The floor of the ingest bench: bare node:http that parses the body and, like the relay, answers only
 * after it is on disk, with one fdatasync for everything that arrived in a turn of the loop.
 */
import { fdatasyncSync, openSync, writeSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'

const fd = openSync(process.argv[2] ?? '/dev/null', 'a')
let waiting: { readonly text: string; readonly events: number; readonly res: ServerResponse }[] = []
let ordinal = 0

function flush(): void {
  const group = waiting
  waiting = []
  writeSync(fd, group.map(({ text }) => `${text}\n`).join(''))
  fdatasyncSync(fd)
  for (const { events, res } of group) {
    const items = Array.from({ length: events }, (_, index) => ({
      index,
      status: 'accepted',
      ordinal: (ordinal += 1),
    }))
    const answer = Buffer.from(
      JSON.stringify({ accepted: events, duplicate: 0, rejected: 0, items }),
    )
    res.writeHead(202, {
      'content-type': 'application/json',
      'content-length': answer.length,
      'cache-control': 'no-store',
    })
    res.end(answer)
  }
}

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    const parsed: unknown = JSON.parse(text)
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ text, events: Array.isArray(parsed) ? parsed.length : 1, res })
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) process.send?.(address.port)
})
