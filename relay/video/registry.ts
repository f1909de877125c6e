/** Where each stream is fetched from and who may see it: DATA_DIR/streams.json, read again when it changes. */
import { existsSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import type { Audit } from '../audit.ts'
import type { Audience } from '../project.ts'
import type { Gateway } from './gateway.ts'

const Registered = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$' }),
    /** Anything ffmpeg reads; never leaves the relay. */
    url: Type.String({ minLength: 1, maxLength: 500 }),
    /** False until someone signs for it: `clearedBy` and `clearedAt` say who and when. */
    publicDisplay: Type.Boolean(),
    clearedBy: Type.Optional(Type.String()),
    clearedAt: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
const File = Type.Object({ streams: Type.Array(Registered) }, { additionalProperties: false })

/** A source is public only when it says who signed for it. */
const isCleared = (stream: Static<typeof Registered> | undefined): boolean =>
  stream?.publicDisplay === true && stream.clearedBy !== undefined

export interface Registry {
  mayWatch(audience: Audience, id: string): boolean
  stop(): void
}

/** Follows the file and keeps the gateway's sources equal to it. A broken file is logged and changes nothing. */
export function followRegistry(
  dataDir: string,
  gateway: Gateway,
  log: (line: string) => void,
  audit: Audit,
): Registry {
  const file = join(dataDir, 'streams.json')
  let known = new Map<string, Static<typeof Registered>>()

  function read(): void {
    if (!existsSync(file)) return
    try {
      const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
      if (!Value.Check(File, parsed)) {
        const first = [...Value.Errors(File, parsed)][0]
        log(`streams.json is not valid at ${first?.instancePath ?? '/'}: ${first?.message ?? ''}`)
        return
      }
      const next = new Map(parsed.streams.map((stream) => [stream.id, stream]))
      for (const id of known.keys()) if (!next.has(id)) gateway.down(id)
      for (const id of new Set([...known.keys(), ...next.keys()])) {
        const [before, after] = [known.get(id), next.get(id)]
        if (isCleared(before) === isCleared(after)) continue
        const by = after?.clearedBy ?? before?.clearedBy ?? 'unknown'
        audit.record(isCleared(after) ? 'stream.cleared' : 'stream.closed', by, id)
      }
      for (const { id, url } of next.values()) {
        if (known.get(id)?.url !== url) gateway.up({ id, url })
      }
      known = next
    } catch (error) {
      log(`streams.json can't be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  read()
  const watcher = watch(dataDir, (_event, name) => {
    if (name === 'streams.json') read()
  })
  return {
    mayWatch: (audience, id) => {
      const stream = known.get(id)
      return stream !== undefined && (audience !== 'public' || isCleared(stream))
    },
    stop: () => watcher.close(),
  }
}
