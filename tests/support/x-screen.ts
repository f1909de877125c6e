/** A virtual monitor: an X server without hardware, and the colours that are on it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface XScreen {
  /** `:99` */
  readonly display: string
  /** Red, green and blue at a place, px. */
  colourAt(x: number, y: number): readonly [number, number, number]
  end(): void
}

/** Words of the head of an XWD file (X11/XWDFile.h), 4 bytes each, most significant first. */
const words = { headBytes: 0, bitsPerPixel: 11, bytesPerLine: 12, colours: 19 } as const
const colourBytes = 12

export async function openXScreen(width: number, height: number): Promise<XScreen> {
  const folder = mkdtempSync(join(tmpdir(), 'flagwall-x-'))
  const size = `${width}x${height}x24`
  const server: ChildProcess = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', size, '-fbdir', folder, '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const number = await new Promise<string>((done, fail) => {
    server.once('error', fail)
    server.once('exit', () => fail(new Error('Xvfb ended: run "bash .ci/install --tests".')))
    server.stdio[3]?.once('data', (bytes: Buffer) => done(bytes.toString().trim()))
  })
  return {
    display: `:${number}`,
    colourAt(x, y) {
      const picture = readFileSync(join(folder, 'Xvfb_screen0'))
      const word = (name: keyof typeof words): number => picture.readUInt32BE(words[name] * 4)
      const at =
        word('headBytes') +
        word('colours') * colourBytes +
        y * word('bytesPerLine') +
        (x * word('bitsPerPixel')) / 8
      const [blue = 0, green = 0, red = 0] = picture.subarray(at, at + 3)
      return [red, green, blue]
    },
    end() {
      server.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
