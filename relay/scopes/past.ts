/**
 * A board as it was: the nearest state at or before the moment, and what the log has to say since.
 *
 * Two pasts differ. `now`: what held at the moment, as it is known today; late events are in it, and what was
 * revised or taken back since is not. `then`: what the boards showed at the moment; of what the relay had received
 * by then, everything. Where the two differ, the past was corrected.
 */
import { emptyBoard } from '../../protocol/apply.ts'
import { tableNames, type Board } from '../../protocol/board.ts'
import type { BranchDetail } from '../../protocol/branch.ts'
import { above, covers, everywhere } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import type { Making } from '../../protocol/frames.ts'
import { dayNumber, dayOfNumber, instantMs, localDay } from '../../protocol/time.ts'
import { reducerVersion } from '../core/core.ts'
import { createDraft } from '../core/draft.ts'
import type { Journal, Stored } from '../journal/journal.ts'
import { createDivision, type Division } from './division.ts'
import { eventOf, type Reduction } from './reduction.ts'
import { loadDivision } from './store.ts'
import type { Rules } from '../rules-file.ts'
import { createRollUp } from './roll-up.ts'
import type { RowChange } from './versioned.ts'

export type Known = 'now' | 'then'

export interface Moment {
  readonly atMs: number
  readonly known: Known
}

/** The log, and what it is reduced to today. */
export interface Log {
  readonly journal: Journal
  readonly rules: Rules
  readonly living: Reduction
}

const pageSize = 1_000
const sliceMs = 10

/** The relay says that a day began, for every division. */
export function dayBegan(day: string): Event {
  return {
    kind: 'day.began',
    source: 'relay',
    id: `day-${day}`,
    rev: 0,
    subject: everywhere,
    county: everywhere,
    time: `${day}T00:00:00+08:00`,
    data: { day },
  }
}

/**
 * Steps aside between parts of the log, so that the living boards go on. Divisions are made one after the other and
 * only their sums are kept: a past province would not fit into memory beside the living one.
 */
export async function boardAt(log: Log, scope: string, moment: Moment): Promise<Board> {
  const steps = making(log, scope, (division) => divisionAt(log, division, moment))
  for (;;) {
    const { done, value } = await steps.next()
    if (done === true) return value
  }
}

type Find = (division: Division) => Promise<Division | undefined>

async function* making({ living }: Log, scope: string, find: Find): AsyncGenerator<Making, Board> {
  const covered = coveredBy(living, scope)
  const rollUp = createRollUp(scope)
  let own = emptyBoard()
  let isAbove = false
  for (const [made, division] of covered.entries()) {
    if (covered.length > 1) yield { made, of: covered.length }
    const found = await find(division)
    if (found === undefined) continue
    rollUp.take(found)
    if (division.code === scope) own = found.published().board()
    else isAbove = true
  }
  if (!isAbove) return own
  rollUp.begin()
  return rollUp.published().board()
}

function coveredBy({ divisions }: Reduction, scope: string): readonly Division[] {
  return [...divisions.values()].filter(({ code }) => covers(scope, code))
}

/** One organisation as its division told of it then, and the township that it was in; undefined where it was on no board. */
export async function branchAt(
  log: Log,
  division: Division,
  id: string,
  atMs: number,
): Promise<{ readonly detail: BranchDetail; readonly township: string } | undefined> {
  const found = await divisionAt(log, division, { atMs, known: 'now' })
  const township = found?.published().board().organizations.get(id)?.township
  const detail = found?.branch(id)
  return detail === undefined || township === undefined ? undefined : { detail, township }
}

/** A past that is played: a moment every `stepMs` from `fromMs` on, the last at `toMs`. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** The board at a moment on the way, and what made it of the one before; the first change holds every row. */
export interface Frame {
  readonly atMs: number
  readonly board: Board
  readonly change: RowChange
}

/** Of what is above counties the divisions are kept on their way where they hold no more organisations: some 10 KB each. */
const keptOrganizations = 6_000

/**
 * As known now. A county goes on from moment to moment, so that a frame costs what happened since the one before; so do the
 * divisions of a prefecture. Those of a province would not fit into memory: each frame is made anew, and says how far it is.
 */
export async function* framesOf(
  log: Log,
  scope: string,
  span: Span,
  keptMost = keptOrganizations,
): AsyncGenerator<Frame | Making> {
  const present = log.living.divisions.get(scope)
  const covered = coveredBy(log.living, scope)
  const steps =
    present === undefined || covered.length > 1
      ? framesAbove(log, scope, span, { covered, keptMost })
      : framesOfOne(log, present, span)
  for await (const frame of steps) {
    yield frame
    // The living boards go on between two frames.
    await new Promise<void>((resume) => setImmediate(resume))
  }
}

function* momentsOf({ fromMs, toMs, stepMs }: Span): Generator<number> {
  for (let atMs = fromMs; atMs < toMs; atMs += stepMs) yield atMs
  yield toMs
}

async function* framesOfOne(log: Log, present: Division, span: Span): AsyncGenerator<Frame> {
  const walk = walkFrom(log, present, span.fromMs)
  let day = ''
  for (const atMs of momentsOf(span)) {
    await walk.to(atMs)
    if (localDay(atMs) !== day) walk.beginDay((day = localDay(atMs)))
    yield { atMs, ...(await inSlices(walk.division.looking(atMs))) }
  }
}

async function* framesAbove(
  log: Log,
  scope: string,
  span: Span,
  { covered, keptMost }: { readonly covered: readonly Division[]; readonly keptMost: number },
): AsyncGenerator<Frame | Making> {
  const held = covered.reduce(
    (sum, { published }) => sum + published().board().organizations.size,
    0,
  )
  const kept = held > keptMost ? undefined : new Map<string, Walk>()
  let before = emptyBoard()
  let day = ''
  for (const atMs of momentsOf(span)) {
    const begins = localDay(atMs) !== day
    day = localDay(atMs)
    const goOn: Find = async (division) => {
      if (kept === undefined) return divisionAt(log, division, { atMs, known: 'now' })
      const isNew = !kept.has(division.code)
      const walk = kept.get(division.code) ?? walkFrom(log, division, span.fromMs)
      kept.set(division.code, walk)
      await walk.to(atMs)
      if (isNew || begins) walk.beginDay(day)
      walk.division.begin(atMs)
      return walk.division
    }
    const board = yield* making(log, scope, goOn)
    yield { atMs, board, change: changeBetween(before, board) }
    before = board
  }
}

const walkFrom = (log: Log, present: Division, fromMs: number): Walk =>
  createWalk(log, present, { knows: log.journal.head().ordinal, fromMs })

/** A day that begins judges everything anew: the living boards go on meanwhile. */
export async function inSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (let until = performance.now() + sliceMs; ;) {
    const { done, value } = steps.next()
    if (done === true) return value
    if (performance.now() < until) continue
    await new Promise<void>((resume) => setImmediate(resume))
    until = performance.now() + sliceMs
  }
}

function changeBetween(before: Board, after: Board): RowChange {
  const draft = createDraft(before)
  for (const name of tableNames) draft.replace(name, [...after[name].values()])
  return draft.frame()
}

/** Its board as of the moment; undefined when the relay had not heard of the division. */
async function divisionAt(
  log: Log,
  division: Division,
  { atMs, known }: Moment,
): Promise<Division | undefined> {
  const knows = known === 'now' ? log.journal.head().ordinal : lastReceivedBy(log.journal, atMs)
  if (division.last().born > knows) return undefined
  const untilMs = known === 'now' ? atMs : Infinity
  const walk = createWalk(log, division, { knows, fromMs: untilMs })
  await walk.to(untilMs)
  if (known === 'now') walk.beginDay(localDay(atMs))
  walk.division.begin(atMs)
  return walk.division
}

/** A division on its way through its past. */
export interface Walk {
  readonly division: Division
  /** Adds what happened up to a moment, which is no earlier than the one before. */
  to(untilMs: number): Promise<void>
  beginDay(day: string): void
}

/** `knows`: the last entry that is heard. `fromMs`: the first moment on the way, no state from after it is taken. */
export function createWalk(
  { journal, rules, living }: Log,
  present: Division,
  { knows, fromMs }: { readonly knows: number; readonly fromMs: number },
): Walk {
  const { code } = present
  const partitions = [code, ...[code, ...above(code), everywhere].map((each) => `${each}*`)]
  const saved = loadDivision(
    journal,
    journal
      .snapshots(reducerVersion, code)
      .filter(({ ordinal, timeMs }) => ordinal <= knows && timeMs <= fromMs),
  )
  const division = createDivision(code, rules.of(code), saved)
  const after = saved?.ordinal ?? 0
  const since = present.corrections().filter(({ by }) => by > after)
  /** Taken back later than is known. */
  const stillHeld = new Set(since.filter(({ by }) => by > knows).map(({ removed }) => removed))
  for (const { by, removed } of since.filter((each) => each.by <= knows && each.removed <= after)) {
    const [stored] = journal.read(removed - 1, 1)
    if (stored === undefined) continue
    division.fold({ event: eventOf(stored), sign: -1, ordinal: removed }, { ordinal: by, atMs: 0 })
  }
  // A state knows of days that began while the relay was told of the days before: they have not begun yet.
  const firstDay = fromMs === Infinity ? Infinity : dayNumber(localDay(fromMs))
  const ahead = (): number | undefined => division.days().find((day) => day > firstDay)
  for (let day = ahead(); day !== undefined; day = ahead()) {
    const event = dayBegan(dayOfNumber(day))
    division.fold({ event, sign: -1, ordinal: 0 }, { ordinal: after + 1, atMs: 0 })
  }
  let reachedMs = -Infinity

  return {
    division,
    async to(untilMs) {
      const range = { after, upTo: knows, afterMs: reachedMs, untilMs }
      for (const partition of partitions) {
        for await (const stored of entriesOf(journal, partition, range)) {
          if (!stillHeld.has(stored.ordinal) && !living.holds(stored)) continue
          const { ordinal } = stored
          division.fold({ event: eventOf(stored), sign: 1, ordinal }, { ordinal, atMs: 0 })
        }
      }
      reachedMs = untilMs
    },
    beginDay(day) {
      const cause = { ordinal: Number.MAX_SAFE_INTEGER, atMs: 0 }
      division.fold({ event: dayBegan(day), sign: 1, ordinal: 0 }, cause)
    },
  }
}

async function* entriesOf(
  journal: Journal,
  partition: string,
  range: Parameters<Journal['readPart']>[1],
): AsyncGenerator<Stored> {
  for (let { after } = range; ;) {
    const page = journal.readPart(partition, { ...range, after }, pageSize)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.ordinal
    await new Promise<void>((resume) => setImmediate(resume))
  }
}

/** What the log received by a moment ends here: receive times never fall along the log. */
export function lastReceivedBy(journal: Journal, atMs: number): number {
  let low = 0
  let high = journal.head().ordinal
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [stored] = journal.read(middle - 1, 1)
    if (stored !== undefined && instantMs(stored.receivedAt) <= atMs) low = middle
    else high = middle - 1
  }
  return low
}
