/** What stands before the doors of those who may act: who it is, what came with the question, and how a failure is told. */
import type { Request, Response } from 'express'
import type { Static, TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { Unreadable } from '../connectors/folder/sheet.ts'
import { JournalFull } from '../journal/journal.ts'
import { KeysError } from '../keys/store.ts'
import { RosterError } from '../roster/roster-error.ts'
import { readBody, readMedia, SenderGone, type Held } from './body.ts'
import { parseJson } from './parse.ts'
import { Problem } from './problem.ts'

export type Handler = (req: Request, res: Response) => unknown

const jsonBytes = 16 * 1024
const heldMost = 16 * jsonBytes
const patienceMs = 30_000

/** Nothing kept by a browser, and every foreseen failure as a sentence. */
export function answering(handler: Handler): Handler {
  return async (req, res) => {
    res.set('cache-control', 'no-store')
    try {
      await handler(req, res)
    } catch (error) {
      if (error instanceof SenderGone) return
      if (error instanceof RosterError || error instanceof Unreadable)
        throw new Problem(422, error.message, { cause: error })
      if (error instanceof KeysError) throw new Problem(503, error.message, { cause: error })
      if (error instanceof JournalFull)
        throw new Problem(503, '汇聚中心的磁盘已满或有故障,没有写入', { cause: error })
      if (error instanceof DOMException && error.name === 'TimeoutError')
        throw new Problem(503, '汇聚中心一分钟内没有收完:请检查磁盘空间,再导入一次,不会重复计数', {
          cause: error,
        })
      throw error
    }
  }
}

export interface Bodies {
  /** Throws `Problem` 408, 413, 415 or 503. */
  bytes(req: Request, types: readonly string[], most: number): Promise<Buffer>
  /** At most 16 KB. `wrong` says what it should be. Throws 422 where it is not. */
  json<S extends TSchema>(
    req: Request,
    schema: S,
    wrong: string | ((path: string) => string),
  ): Promise<Static<S>>
}

/** `most`: bytes of all bodies that are read at once. */
export function createBodies(most = heldMost): Bodies {
  const held: Held = { bytes: 0, most }
  async function bytes(req: Request, types: readonly string[], most: number): Promise<Buffer> {
    const { type, gzip } = readMedia(req)
    if (!types.includes(type)) throw new Problem(415, `正文类型应为 ${types.join('、')}`)
    const body = await readBody(req, { most, gzip, held, patienceMs })
    body.release()
    return body.bytes
  }
  return {
    bytes,
    async json(req, schema, wrong) {
      const value = parseJson(await bytes(req, ['application/json'], jsonBytes))
      if (Value.Check(schema, value)) return value
      const [first] = Value.Errors(schema, value)
      throw new Problem(422, typeof wrong === 'string' ? wrong : wrong(first?.instancePath ?? ''))
    },
  }
}
