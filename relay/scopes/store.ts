/**
 * States kept beside the log, so that a start replays little. What all share is saved first, then each division
 * that changed, one after the other: a start takes the newest of each, and every division skips what it knows.
 */
import { buffer } from 'node:stream/consumers'
import { createZstdCompress, zstdDecompressSync } from 'node:zlib'
import { reducerVersion } from '../core/core.ts'
import { dayOf } from '../core/dates.ts'
import type { Head, Journal } from '../journal/journal.ts'
import type { Division, SavedDivision } from './division.ts'
import type { Reduction, SavedReduction, SavedShared } from './reduction.ts'

/** The part that all divisions share. */
const shared = ''
/** How long lines are written before others may do something. */
const sliceMs = 8

interface SavedRound extends SavedShared {
  /** Each division, and the last entry that touched it. */
  readonly divisions: readonly (readonly [code: string, ordinal: number])[]
}

/** The newest states that fit together; undefined when there are none, and then the log is replayed. */
export function loadReduction(journal: Journal): SavedReduction | undefined {
  const kept = journal.snapshots(reducerVersion)
  for (const { part, ordinal } of kept) {
    if (part !== shared) continue
    const [line] = loadLines(journal, shared, ordinal) ?? []
    if (line === undefined) continue
    const round = JSON.parse(line) as SavedRound
    const divisions = new Map<string, SavedDivision>()
    for (const [code, touched] of round.divisions) {
      const saved = loadDivision(
        journal,
        kept.filter((each) => each.part === code && each.ordinal >= touched),
      )
      if (saved !== undefined) divisions.set(code, saved)
    }
    if (divisions.size === round.divisions.length) return { shared: round, divisions }
  }
  return undefined
}

/** The first of some snapshots that is whole. */
export function loadDivision(
  journal: Journal,
  names: readonly { readonly part: string; readonly ordinal: number }[],
): SavedDivision | undefined {
  for (const { part, ordinal } of names) {
    const lines = loadLines(journal, part, ordinal)
    if (lines !== undefined) return { lines, ordinal }
  }
  return undefined
}

function loadLines(journal: Journal, part: string, ordinal: number): readonly string[] | undefined {
  const state = journal.loadSnapshot({ reducer: reducerVersion, part, ordinal })
  return state === undefined ? undefined : zstdDecompressSync(state).toString('utf8').split('\n')
}

export interface Store {
  /** Saves what is due, in slices; `onThaw` names divisions for which events waited meanwhile. */
  saveDue(onThaw: (division: Division) => void): Promise<void>
  /** Saves everything that changed. Nothing may be folded meanwhile. */
  saveAll(): Promise<void>
}

export interface StoreOptions {
  readonly journal: Journal
  /** As loaded: what it folded since then is not saved. */
  readonly reduction: Reduction
  /** Events after which everything that changed is saved. */
  readonly every: () => number
  /** Events after which one division is saved: no past moment of it is further from a state. */
  readonly divisionEvery: number
  /** Resolves when no division is judged in slices: then a state can be level with the log. */
  readonly calm: () => Promise<void>
}

/** Lines as they are kept, written in slices. `onRead` is called when the last was asked for. */
async function compressed(lines: Iterable<string>, onRead: () => void): Promise<Uint8Array> {
  const zstd = createZstdCompress()
  const state = buffer(zstd)
  let text = ''
  let separator = ''
  let until = performance.now() + sliceMs
  for (const line of lines) {
    text += separator + line
    separator = '\n'
    if (performance.now() < until) continue
    zstd.write(text)
    text = ''
    await new Promise((resume) => setImmediate(resume))
    until = performance.now() + sliceMs
  }
  onRead()
  zstd.end(text)
  return state
}

function marksOf(division: Division) {
  const { ordinal, atMs } = division.last()
  return { folded: division.folded(), ordinal, day: dayOf(atMs) }
}

export function createStore(options: StoreOptions): Store {
  const { journal, reduction, every, divisionEvery, calm } = options
  let roundAt = reduction.ordinal()
  /** What each division was when it was last saved. */
  const saved = new Map<string, ReturnType<typeof marksOf>>()
  for (const division of reduction.divisions.values()) note(division)

  function note(division: Division): void {
    saved.set(division.code, marksOf(division))
  }

  function head(): Head {
    const at = journal.head()
    if (at.ordinal !== reduction.ordinal())
      throw new Error('The boards are not level with the log.')
    return at
  }

  async function saveShared(): Promise<void> {
    await calm()
    for (const division of reduction.divisions.values()) division.catchUp()
    const at = head()
    const divisions = [...reduction.divisions.values()].map(
      (each) => [each.code, each.last().ordinal] as const,
    )
    const round: SavedRound = { ...reduction.saveShared(), divisions }
    roundAt = at.ordinal
    keep(shared, at, 0, await compressed([JSON.stringify(round)], () => undefined))
  }

  async function saveDivision(
    division: Division,
    onThaw: (division: Division) => void,
  ): Promise<void> {
    await calm()
    const at = head()
    note(division)
    const { timeMs } = division.last()
    const state = await compressed(division.freeze(), () => {
      if (division.thaw()) onThaw(division)
    })
    keep(division.code, at, timeMs, state)
  }

  function keep(part: string, at: Head, timeMs: number, state: Uint8Array): void {
    journal.saveSnapshot({ reducer: reducerVersion, part, ...at, timeMs, state })
  }

  const hasChanged = (division: Division): boolean =>
    saved.get(division.code)?.ordinal !== division.last().ordinal

  return {
    async saveDue(onThaw) {
      const isRound = reduction.ordinal() - roundAt >= every()
      if (isRound) await saveShared()
      for (const division of reduction.divisions.values()) {
        const { folded, day } = marksOf(division)
        const before = saved.get(division.code) ?? { folded: 0, ordinal: 0, day }
        saved.set(division.code, before)
        // With a state of each midnight no moment of the past is further than a day from one.
        const isDue =
          folded - before.folded >= divisionEvery ||
          day !== before.day ||
          (isRound && hasChanged(division))
        if (isDue) await saveDivision(division, onThaw)
      }
    },
    async saveAll() {
      const changed = [...reduction.divisions.values()].filter(hasChanged)
      if (changed.length === 0 && reduction.ordinal() === roundAt) return
      await saveShared()
      for (const division of changed) await saveDivision(division, () => undefined)
    },
  }
}
