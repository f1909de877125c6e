/** A program that serves a camera, ended with it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ffmpegPath } from '../../mock-feeds/footage/ffmpeg-path.ts'

export interface Program {
  readonly child: ChildProcess
  /** What it has said so far, its last part. */
  words(): string
  end(): Promise<void>
}

export function startProgram(command: string, args: readonly string[]): Program {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  // A program that is gone closes its pipes; how it ended is asked of itself.
  child.stdin.on('error', () => child.stdin.destroy())
  child.on('error', (error) => {
    said += error.message
  })
  return {
    child,
    words: () => said,
    async end() {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'close')
    },
  }
}

export function ffmpeg(): string {
  const found = ffmpegPath()
  if (found.kind === 'missing') throw new Error(found.sentence)
  return found.path
}

/** ffmpeg that reads a film over HTTP, quick to begin. */
export const startFfmpeg = (url: string, output: readonly string[]): Program =>
  startProgram(ffmpeg(), [
    ...'-hide_banner -nostdin -loglevel error -fflags +nobuffer'.split(' '),
    ...'-analyzeduration 100000 -probesize 100000 -f flv -i'.split(' '),
    url,
    ...output,
  ])
