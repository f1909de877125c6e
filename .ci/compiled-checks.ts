/** Puts code that needs no eval in place of display/checks.ts. */
import { resolve } from 'node:path'
import type { TSchema } from 'typebox'
import { Code } from 'typebox/compile'
import type { Plugin } from 'vite'
import { Agreed } from '../protocol/agreement.ts'
import { BranchDetail } from '../protocol/branch.ts'
import { Heartbeat, Making, Patch, Snapshot } from '../protocol/frames.ts'
import { HeardPlatforms } from '../protocol/heard.ts'
import { Pinned } from '../protocol/pins.ts'
import { RemoteDesk, RemoteJoined, Shown, Steer } from '../protocol/remote.ts'
import { Command, Notices, PairAnswer, PairOffer, WhoAmI } from '../protocol/screens.ts'
import { TelevisionFile } from '../protocol/television.ts'
import { VideoMessage } from '../protocol/video.ts'

const schemas = new Map<string, TSchema>(
  Object.entries({
    Agreed,
    BranchDetail,
    Command,
    HeardPlatforms,
    Heartbeat,
    Making,
    Notices,
    PairAnswer,
    PairOffer,
    Patch,
    Pinned,
    RemoteDesk,
    RemoteJoined,
    Shown,
    Snapshot,
    Steer,
    TelevisionFile,
    VideoMessage,
    WhoAmI,
  }),
)
const file = resolve(import.meta.dirname, '../display/checks.ts')
const own = 'check-of-'

export function compiledChecks(): Plugin {
  return {
    name: 'compiled-checks',
    apply: 'build',
    resolveId: (id) => (id.startsWith(own) ? `\0${id}` : undefined),
    load(id) {
      if (id === file) {
        const line = (name: string) => `export { Check as is${name} } from '${own}${name}'`
        return [...schemas.keys()].map(line).join('\n')
      }
      const schema = schemas.get(id.slice(own.length + 1))
      if (schema === undefined) return undefined
      const { Code: code, External } = Code(schema)
      // Regular expressions are the only thing that TypeBox leaves to its caller here.
      const set = `SetExternal({ variables: [${External.variables.map(String).join()}] })`
      // A page that does not ask for a check does not carry it.
      return { code: `${code}\n${set}`, moduleSideEffects: false }
    },
  }
}
