/** What is known of a tile's picture, told whenever it comes to something else. */
import { isSameState, readTileState, type TileFacts, type TileState } from './tile-state.ts'

type Known = {
  -readonly [Fact in 'source' | 'lastFrameAt' | 'recoveredAt' | 'refusedCodec']: TileFacts[Fact]
}

export interface TileReport {
  /** To be changed by whoever plays; then `report`. */
  readonly known: Known
  report(): void
  /** A new picture was shown. */
  sawFrame(): void
}

export function createTileReport(onState: (state: TileState) => void): TileReport {
  const startedAt = Date.now()
  const known: Known = {
    source: undefined,
    lastFrameAt: undefined,
    recoveredAt: undefined,
    refusedCodec: undefined,
  }
  let liveSince: number | undefined
  let shown: TileState | undefined

  function report(): void {
    const next = readTileState({ now: Date.now(), startedAt, liveSince, ...known })
    if (next.kind !== 'live') liveSince = undefined
    if (isSameState(shown, next)) return
    shown = next
    onState(next)
  }
  return {
    known,
    report,
    sawFrame() {
      known.lastFrameAt = Date.now()
      liveSince ??= known.lastFrameAt
      if (shown?.kind !== 'live') report()
    },
  }
}
