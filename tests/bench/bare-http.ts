/** The floor of the ingest bench: a bare node:http server that reads a body and answers 202. */
import { createServer } from 'node:http'

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const text = Buffer.concat(chunks).toString()
    JSON.parse(text)
    const answer = Buffer.from('{"accepted":1,"duplicate":0,"rejected":0,"items":[]}')
    res.writeHead(202, { 'content-type': 'application/json', 'content-length': answer.length })
    res.end(answer)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null) {
    console.log(JSON.stringify({ url: `http://127.0.0.1:${address.port}` }))
  }
})
