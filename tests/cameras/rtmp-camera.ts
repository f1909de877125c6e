/** A live service that phones push to and players pull from by RTMP: node-media-server, in a process of its own. */
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { startFfmpeg, startProgram, type Program } from './program.ts'

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return address.port
}

/** Sends a film to an RTMP address, as a phone's live application does. */
export const startPhone = (film: string, to: string): Program =>
  startFfmpeg(film, ['-c', 'copy', '-f', 'flv', '-flvflags', 'no_duration_filesize', to])

export interface RtmpServer {
  readonly port: number
  stop(): Promise<void>
}

export async function startRtmpServer(port: number): Promise<RtmpServer> {
  const program = startProgram(process.execPath, [
    join(import.meta.dirname, 'rtmp-child.ts'),
    String(port),
  ])
  const [line] = await Promise.race([
    once(program.child.stdout ?? program.child, 'data'),
    once(program.child, 'close').then(() => ['']),
  ])
  if (!String(line).includes('ready')) throw new Error(`no RTMP server: ${program.words()}`)
  return { port, stop: () => program.end() }
}
