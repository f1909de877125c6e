/** A camera that shows whatever file it is set to: set to another one it begins anew, as cameras do whose coding is changed. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { ffmpeg, startProgram, type Program } from './program.ts'

export interface FileCamera {
  readonly url: string
  /** Ends who reads, and shows this from then on. */
  set(file: string): void
  stop(): Promise<void>
}

export async function startFileCamera(first: string): Promise<FileCamera> {
  let file = first
  const readers = new Map<ServerResponse, Program>()
  const server = createServer((_request, response) => {
    const program = startProgram(ffmpeg(), [
      ...'-hide_banner -loglevel error -re -stream_loop -1 -i'.split(' '),
      file,
      ...'-c copy -muxdelay 0 -muxpreload 0 -flush_packets 1 -f mpegts pipe:1'.split(' '),
    ])
    readers.set(response, program)
    response.writeHead(200, { 'content-type': 'video/mp2t' })
    program.child.stdout?.pipe(response)
    response.on('error', () => response.destroy())
    response.on('close', () => {
      readers.delete(response)
      void program.end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/live/camera.ts`,
    set(next) {
      file = next
      for (const reader of readers.keys()) reader.destroy()
    },
    async stop() {
      const programs = [...readers.values()]
      server.close()
      server.closeAllConnections()
      await Promise.all(programs.map((program) => program.end()))
    },
  }
}
