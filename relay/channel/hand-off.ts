/** Hands channels to an operator's network as it wants them: one ffmpeg for each, which codes nothing anew. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createBackOff } from '../connectors/back-off.ts'

interface Options {
  readonly ffmpeg: string
  /** Of the channel's endless transport stream here. */
  readonly from: string
  readonly to: string
  readonly say: (line: string) => void
}

/** Whoever has run so long has not failed at once. */
const wellMs = 30_000

/** Goes on until the returned function is called. */
export function handOff({ ffmpeg, from, to, say }: Options): () => void {
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  const backOff = createBackOff()
  let isOver = false

  function start(): void {
    const startedAt = performance.now()
    let said = ''
    const own = spawn(ffmpeg, argumentsOf(from, to), { stdio: ['ignore', 'ignore', 'pipe'] })
    child = own
    own.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-300)))
    const over = (why: string): void => {
      if (isOver || child !== own) return
      child = undefined
      if (performance.now() - startedAt > wellMs) backOff.reset()
      const pauseMs = backOff.next()
      say(`${to}: ${why}; again in ${pauseMs / 1_000} s`)
      again = setTimeout(start, pauseMs)
    }
    own.once('error', (error) => over(error.message))
    own.once('exit', (code) => over(said.trim() || `ffmpeg ended with ${code}`))
  }
  start()
  return () => {
    isOver = true
    clearTimeout(again)
    child?.kill('SIGTERM')
  }
}

/** Packets for a network of a fixed rate, with a clock every 20 ms. */
export function argumentsOf(from: string, to: string): readonly string[] {
  const read = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-re', '-i', from, '-c', 'copy']
  if (to.startsWith('rtmp:')) return [...read, '-bsf:a', 'aac_adtstoasc', '-f', 'flv', to]
  const url = to.startsWith('udp:') && !to.includes('?') ? `${to}?pkt_size=1316` : to
  return [
    read,
    ['-f', 'mpegts', '-muxrate', '3500k', '-pcr_period', '20', '-pat_period', '0.1'],
    url,
  ].flat()
}
