/** One division with facts of its own: its core, and its board as last published. */
import type { Board } from '../../protocol/board.ts'
import type { BranchDetail } from '../../protocol/branch.ts'
import type { Event } from '../../protocol/events.ts'
import { instantMs } from '../../protocol/time.ts'
import { createCore, loadCore } from '../core/core.ts'
import type { Frame } from '../core/draft.ts'
import type { RosterRow } from '../core/roster.ts'
import type { RulesConfig } from '../core/rules/config.ts'
import { finish } from '../core/steps.ts'
import { createVersioned, type RowChange, type Versioned } from './versioned.ts'

/** A change that was put on a board. */
export interface Published extends RowChange {
  /** The version before. */
  readonly base: number
  readonly version: number
}

/** Which entry had an effect, and when it was received, in ms. */
export interface Cause {
  readonly ordinal: number
  readonly atMs: number
}

/** An event that was added to what holds, or is taken back from it. */
export interface Part {
  readonly event: Event
  readonly sign: 1 | -1
  /** Of the event's own entry. */
  readonly ordinal: number
}

/** The entry `removed` no longer held from the entry `by` on. */
export interface Correction {
  readonly by: number
  readonly removed: number
}

export interface Division {
  readonly code: string
  published(): Versioned
  /** A cause that the division knew when it was saved has no effect again. */
  fold(part: Part, cause: Cause): void
  /** Puts on the board what was folded; undefined when that was nothing. */
  publish(): Published | undefined
  /** What the next `publish` has to do: events to add that waited, and organisations to judge. */
  due(): number
  /** One step of the next `publish`; true when it has none left. What is folded once it judges waits for it, and goes on waiting. */
  prepare(): boolean
  /** The first entry of it that its board does not show yet; undefined when it shows all. */
  behind(): number | undefined
  /** Something was folded that the next `publish` cannot add yet. */
  isHeld(): boolean
  /** Adds what waited, in one go. */
  catchUp(): void
  /** After a replay: puts everything on a board on which no row counts as changed. `asOfMs` is the board's clock. */
  begin(asOfMs?: number): void
  /** The board as of an instant, and what changed since it was last looked at, for who publishes nothing; in small steps. */
  looking(asOfMs: number): Generator<void, { readonly board: Board; readonly change: RowChange }>
  /** Days that began, as day numbers. */
  days(): readonly number[]
  /** The last entry that touched it; its clock; the latest event time in it, but for days that began; the first entry that touched it. */
  last(): Cause & { readonly timeMs: number; readonly born: number }
  corrections(): readonly Correction[]
  /** How many events were folded or taken back since it was made or loaded. */
  folded(): number
  /** Itself, line by line. What is folded until `thaw` waits, so that the lines belong together. */
  freeze(): Iterable<string>
  /** True when something waited, and nobody else needs it to go on waiting. */
  thaw(): boolean
  roster(): readonly RosterRow[]
  /** One organisation beyond its rows; undefined where the division has it not. */
  branch(id: string): BranchDetail | undefined
}

interface Header extends Cause {
  readonly timeMs: number
  readonly born: number
  readonly corrections: readonly (readonly [by: number, removed: number])[]
}

export interface SavedDivision {
  /** As `freeze` gave them. */
  readonly lines: readonly string[]
  /** The last entry of the log when it was saved. */
  readonly ordinal: number
}

export function createDivision(code: string, rules: RulesConfig, saved?: SavedDivision): Division {
  const [first, ...lines] = saved?.lines ?? []
  const header: Header =
    first === undefined
      ? { ordinal: 0, atMs: 0, timeMs: 0, born: 0, corrections: [] }
      : (JSON.parse(first) as Header)
  const options = { county: code, rules }
  const core = saved === undefined ? createCore(options) : loadCore(lines, options)
  const knows = saved?.ordinal ?? 0
  const corrections = header.corrections.map(([by, removed]): Correction => ({ by, removed }))
  let { ordinal, atMs, timeMs, born } = header
  let folded = 0
  /** Who needs it to stay as it is, and what was folded since and is not added yet. */
  let holders = 0
  const waiting = new Set<readonly [Part, Cause]>()
  let steps: Generator<void, Frame> | undefined
  let prepared: Frame | undefined
  let published = createVersioned(core.board(), 0)
  let behind: number | undefined

  function fold(part: Part, cause: Cause): void {
    if (cause.ordinal <= knows) return
    behind ??= cause.ordinal
    if (holders > 0 || waiting.size > 0) waiting.add([part, cause])
    else add(part, cause)
  }

  function add(part: Part, cause: Cause): void {
    const { event } = part
    core.fold(part.sign === 1 ? { add: event } : { remove: event })
    if (part.sign === -1) corrections.push({ by: cause.ordinal, removed: part.ordinal })
    else if (event.kind !== 'day.began') timeMs = Math.max(timeMs, instantMs(event.time))
    if (born === 0) born = cause.ordinal
    ordinal = cause.ordinal
    atMs = Math.max(atMs, cause.atMs)
    folded += 1
  }

  function* catchingUp(): Generator<void, void> {
    for (const next of waiting) {
      if (holders > 0) return
      waiting.delete(next)
      add(...next)
      yield
    }
  }
  const catchUp = (): void => finish(catchingUp())

  function* publishing(): Generator<void, Frame> {
    yield* catchingUp()
    holders += 1
    return yield* core.changing(atMs)
  }

  function* lineByLine(): Generator<string> {
    const pairs = corrections.map(({ by, removed }) => [by, removed] as const)
    yield JSON.stringify({ ordinal, atMs, timeMs, born, corrections: pairs } satisfies Header)
    yield* core.save()
  }

  return {
    code,
    published: () => published,
    fold,
    publish() {
      if (steps === undefined) {
        catchUp()
        if (ordinal === published.version()) return undefined
      }
      const change = prepared ?? finish(steps ?? publishing())
      const base = published.put(change, core.board(), ordinal)
      steps = prepared = undefined
      const [next] = waiting
      behind = next?.[1].ordinal
      holders -= 1
      return { ...change, base, version: ordinal }
    },
    due: () => (holders === 0 ? waiting.size : 0) + core.due(atMs),
    prepare() {
      if (prepared !== undefined) return true
      steps ??= publishing()
      const { done, value } = steps.next()
      if (done !== true) return false
      prepared = value
      return true
    },
    behind: () => behind,
    isHeld: () => holders > 0 && waiting.size > 0,
    catchUp,
    begin(asOfMs = atMs) {
      core.changes(asOfMs)
      published = createVersioned(core.board(), ordinal)
      behind = undefined
    },
    roster: () => core.roster(),
    branch: (id) => core.branch(id),
    days: () => [...core.days()],
    *looking(asOfMs) {
      const change = yield* core.changing(asOfMs)
      return { board: core.board(), change }
    },
    last: () => ({ ordinal, atMs, timeMs, born }),
    corrections: () => corrections,
    folded: () => folded,
    freeze() {
      catchUp()
      holders += 1
      return lineByLine()
    },
    thaw() {
      holders -= 1
      return holders === 0 && waiting.size > 0
    },
  }
}
