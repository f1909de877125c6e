import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Problem } from './problem.ts'

const gunzipLater = promisify(gunzip)

/** A body that was cut off by its sender: nobody is left to answer. */
export class SenderGone extends Error {
  override readonly name = 'SenderGone'
}

/** Bytes of all bodies in memory now; one counter for the whole door. */
export interface Held {
  bytes: number
  readonly most: number
}

/** How a body was labelled. */
export interface Media {
  readonly type: string
  readonly gzip: boolean
}

/** Reads Content-Type and Content-Encoding. Throws 415. */
export function readMedia(req: IncomingMessage): Media {
  const [first = '', ...parameters] = (req.headers['content-type'] ?? '').split(';')
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1]
    if (
      charset !== undefined &&
      charset.toLowerCase() !== 'utf-8' &&
      charset.toLowerCase() !== 'utf8'
    )
      throw new Problem(415, `The charset "${charset.slice(0, 30)}" is not accepted: send UTF-8.`)
  }
  const encoding = (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding !== 'identity' && encoding !== 'gzip')
    throw new Problem(
      415,
      `Content-Encoding "${encoding.slice(0, 30)}" is not accepted: send the body plain or as gzip.`,
    )
  return { type: first.trim().toLowerCase(), gzip: encoding === 'gzip' }
}

/**
 * The body's bytes, inflated, at most `most` of them on both sides of gzip.
 * The caller gives back what was added to `held`, also after a failure: see `release`.
 */
export async function readBody(
  req: IncomingMessage,
  { most, gzip, held, patienceMs }: { most: number; gzip: boolean; held: Held; patienceMs: number },
): Promise<{ readonly bytes: Buffer; readonly release: () => void }> {
  const tooLarge = () =>
    new Problem(
      413,
      `The body is over ${most / 1024} KB${gzip ? ' (counted before and after gzip)' : ''}: send it in smaller parts.`,
    )
  const announced = Number(req.headers['content-length'] ?? 0)
  // A little more than the limit is read and dropped, because a sender that is still writing never reads the answer.
  if (announced > 4 * most) throw tooLarge()

  let taken = 0
  const release = () => {
    held.bytes -= taken
    taken = 0
  }
  const take = (bytes: number) => {
    if (held.bytes + bytes > held.most)
      throw new Problem(
        503,
        'The relay holds as many unfinished deliveries as it can: send the same events again shortly.',
        {
          retryAfterSeconds: 1,
        },
      )
    held.bytes += bytes
    taken += bytes
  }
  try {
    const raw = await collect(req, most, patienceMs, take, tooLarge)
    if (!gzip) return { bytes: raw, release }
    const bytes = await inflate(raw, most, tooLarge)
    take(bytes.length)
    return { bytes, release }
  } catch (error) {
    release()
    throw error
  }
}

function collect(
  req: IncomingMessage,
  most: number,
  patienceMs: number,
  take: (bytes: number) => void,
  tooLarge: () => Problem,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const timer = setTimeout(() => {
      fail(
        new Problem(
          408,
          `The body did not arrive within ${patienceMs / 1000} s: send it again, in smaller parts on a slow line.`,
        ),
      )
    }, patienceMs)
    const stop = () => {
      clearTimeout(timer)
      req.off('data', onData).off('end', onEnd).off('error', onGone).off('close', onGone)
    }
    const fail = (error: unknown) => {
      stop()
      // An abort after the answer is nobody's concern, but an unheard 'error' event would be uncaught.
      req.on('error', () => undefined)
      req.resume()
      reject(error)
    }
    const onData = (chunk: Buffer) => {
      size += chunk.length
      if (size > most) {
        chunks.length = 0
        if (size > 4 * most) fail(tooLarge())
        return
      }
      try {
        take(chunk.length)
      } catch (error) {
        fail(error)
        return
      }
      chunks.push(chunk)
    }
    const onEnd = () => {
      stop()
      if (size > most) reject(tooLarge())
      else
        resolve(
          chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size),
        )
    }
    const onGone = () => fail(new SenderGone('the sender hung up before the end of the body'))
    req.on('data', onData).on('end', onEnd).on('error', onGone).on('close', onGone)
  })
}

async function inflate(raw: Buffer, most: number, tooLarge: () => Problem): Promise<Buffer> {
  try {
    return await gunzipLater(raw, { maxOutputLength: most })
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge()
    throw new Problem(
      400,
      'Content-Encoding says gzip but the body is not complete gzip: compress it again.',
      { cause },
    )
  }
}
