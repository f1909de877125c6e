/** Which streams are up, by organisation. Pure. */
import type { Row } from '../../protocol/board.ts'
import { toInstant } from '../../protocol/time.ts'
import type { State, StreamTold } from './state.ts'

type Up = NonNullable<StreamTold['up']>

export interface Streams {
  /** Whom a stream was last told of. */
  organizationOf(stream: string): string | undefined
  /** Call after something was told of a stream, with whom it was told of before. Returns who is concerned. */
  index(stream: string, before: string | undefined): readonly string[]
  upOf(organization: string): readonly Up[]
  rows(isShown: (organization: string) => boolean): readonly Row<'streams'>[]
}

export function createStreams(state: State): Streams {
  const streamsOf = new Map<string, Set<string>>()
  const last = (stream: string) => state.streams.get(stream)?.at(-1)?.value

  function index(stream: string, before: string | undefined): readonly string[] {
    if (before !== undefined) streamsOf.get(before)?.delete(stream)
    const told = last(stream)
    if (told?.up) {
      const up = streamsOf.get(told.organization) ?? new Set()
      streamsOf.set(told.organization, up.add(stream))
    }
    return [...(before === undefined ? [] : [before]), ...(told ? [told.organization] : [])]
  }
  for (const stream of state.streams.keys()) index(stream, undefined)

  return {
    organizationOf: (stream) => last(stream)?.organization,
    index,
    upOf: (organization) =>
      [...(streamsOf.get(organization) ?? [])].flatMap((stream) => last(stream)?.up ?? []),
    rows(isShown) {
      const rows: Row<'streams'>[] = []
      for (const [id, entries] of state.streams) {
        const latest = entries.at(-1)
        if (!latest?.value.up || !isShown(latest.value.organization)) continue
        const down = entries.findLastIndex((entry) => !entry.value.up)
        const since = toInstant(entries[down + 1]?.at ?? latest.at)
        rows.push({ id, organization: latest.value.organization, since, ...latest.value.up })
      }
      return rows
    },
  }
}
