/** Frames of the past as the relay sends them, one a line. */
import type { Making, Patch, Snapshot } from '../../protocol/frames.ts'
import { isMaking, isPatch, isSnapshot } from '../checks.ts'

/** A relay that says nothing for so long is lost. */
const silenceMs = 20_000

/** Rejects where the relay refuses, falls silent, or sends what is no frame; ends early with the signal. */
export async function* fetchFrames(
  path: string,
  signal: AbortSignal,
): AsyncGenerator<Snapshot | Patch | Making> {
  const silence = new AbortController()
  const hush = () => setTimeout(() => silence.abort(), silenceMs)
  let timer = hush()
  try {
    const response = await fetch(path, { signal: AbortSignal.any([signal, silence.signal]) })
    if (!response.ok || response.body === null)
      throw new Error(`${path} answered ${response.status}`)
    const texts = response.body.pipeThrough(new TextDecoderStream())
    for await (const line of linesOf(chunksOf(texts.getReader()))) {
      // While nobody asks for the next frame, the relay may be as silent as it likes.
      clearTimeout(timer)
      const frame: unknown = JSON.parse(line)
      if (!isSnapshot(frame) && !isPatch(frame) && !isMaking(frame))
        throw new Error(`${path} sent what is no frame`)
      yield frame
      timer = hush()
    }
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

async function* chunksOf(reader: ReadableStreamDefaultReader<string>): AsyncGenerator<string> {
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
