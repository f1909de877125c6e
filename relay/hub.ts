/**
 * One log, many boards: events go to the journal, from there to the division that they speak of, and
 * each division's figures to the prefecture and the province above it. The version of a board is the
 * ordinal of the last event that touched it: the same log gives the same boards, on any node.
 */
import { emptyBoard } from '../protocol/apply.ts'
import type { Board, Row } from '../protocol/board.ts'
import type { BranchDetail } from '../protocol/branch.ts'
import { covers } from '../protocol/division.ts'
import type { Event } from '../protocol/events.ts'
import type { Making, Patch, Snapshot } from '../protocol/frames.ts'
import { instantMs, localDay, toInstant } from '../protocol/time.ts'
import { reducerVersion } from './core/core.ts'
import { figuresOf } from './core/figures.ts'
import type { RosterRow } from './core/roster.ts'
import { parseRules, type Rules } from './rules-file.ts'
import { createSlices } from './slices.ts'
import { JournalFull, type Journal, type Receipt, type Stored } from './journal/journal.ts'
import { createPace } from './pace.ts'
import { projectBranch } from './project-branch.ts'
import { givenOf, project, projectChange, rowsOf, type Given } from './project.ts'
import { eyesOf, isInside, type Viewer } from './reach.ts'
import type { Division } from './scopes/division.ts'
import { daysOf, digestOf, type Digest, type Period } from './scopes/digest.ts'
import { boardAt, branchAt, dayBegan, framesOf, type Moment, type Span } from './scopes/past.ts'
import { createReduction, entryOf } from './scopes/reduction.ts'
import { createStore, loadReduction } from './scopes/store.ts'
import { createTree, type ScopeChange } from './scopes/tree.ts'
import type { RowChange } from './scopes/versioned.ts'

/** What the screens of one scope and viewer are told. */
export interface Change {
  readonly scope: string
  readonly viewer: Viewer
  readonly patch: Patch
}

export interface Figures {
  readonly figures: Readonly<Record<string, number>>
  readonly asOf: string
  readonly ages: Readonly<Record<string, { asOf: string; ageSeconds: number }>>
}

export interface Warned {
  readonly warning: Row<'warnings'>
  readonly name: string
  readonly county: string
  /** The nearest code that is told: village (12 digits), township (9) or county (6). */
  readonly place: string
}

export interface Version {
  readonly epoch: string
  readonly version: number
  readonly at: string
}

/** Scopes are division codes; every scope that a method takes has to be one of `scopes`. */
export interface Hub {
  /** The scope that the wall shows unless told. */
  readonly home: string
  scopes(): readonly string[]
  /** Resolves after the events are on disk and on their way to the boards. */
  accept(events: readonly Event[]): Promise<readonly Receipt[]>
  snapshot(scope: string, viewer: Viewer): Snapshot
  /** The board as it was. Its epoch is its own: no patch follows it. */
  pastSnapshot(scope: string, viewer: Viewer, past: Moment): Promise<Snapshot>
  /** The board at one moment of the past after the other: whole at first, then what changed. An epoch of its own. Before a sum of many, how far it is. */
  play(scope: string, viewer: Viewer, span: Span): AsyncGenerator<Snapshot | Patch | Making>
  /** Rows changed after `version`, or undefined where a snapshot is the shorter way. */
  since(
    scope: string,
    epoch: string | undefined,
    version: number | undefined,
    viewer: Viewer,
  ): Patch | undefined
  figures(scope: string, viewer: Viewer, past?: Moment): Promise<Figures>
  /** What the day, week or month of a local day was like. */
  digest(scope: string, viewer: Viewer, period: Period, day: string): Promise<Digest>
  /** The organisations of one county as they are recorded now: for its operators only. */
  roster(scope: string): readonly RosterRow[]
  /** Every warning of the relay, or those of one id, with where its organisation stands. */
  warned(id?: string): readonly Warned[]
  /** An organisation's row on its own division's board; undefined where it is on none. */
  organization(id: string): Row<'organizations'> | undefined
  /** One organisation of any division, beyond its rows; undefined where no board has it. */
  branch(id: string, viewerOn: (scope: string) => Viewer): BranchDetail | undefined
  /** The same as it was at a moment; of one that has gone since only the relay's own county knows. */
  pastBranch(
    id: string,
    viewerOn: (scope: string) => Viewer,
    atMs: number,
  ): Promise<BranchDetail | undefined>
  /** How old each feed is, in every division that was told of it. */
  sources(): readonly Row<'sources'>[]
  onChange(listener: (changes: readonly Change[]) => void): () => void
  /**
   * What happens in this scope is published at once after a rest, not on the next tick, and this viewer is told of it.
   * Returns how to stop.
   */
  follow(scope: string, viewer: Viewer): () => void
  /** Of one scope, or of the whole log. */
  version(scope?: string): Version
  /** Publishes what is pending for a scope, or for all; the timer does it by itself. What takes long begins and ends later. */
  flush(scope?: string): void
  /** Resolves when everything that was accepted is on the boards of a scope, or of all. */
  settle(scope?: string): Promise<void>
  stop(): Promise<void>
}

interface Options {
  readonly home: string
  /** Divisions that have a board before anything is told of them. */
  readonly divisions?: readonly string[]
  readonly journal: Journal
  /** Every division's rules; the defaults where absent. */
  readonly rules?: Rules
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Between two patches of one scope, 100 unless told. */
  readonly flushMs?: number
  /** Events after which what changed is saved, so that a start replays no more: 50,000 and twice the organisations unless told. */
  readonly saveEvery?: number
  /** Events of one division after which it is saved, so that its past is near: 20,000 unless told. */
  readonly saveDivisionEvery?: number
  readonly onProgress?: (replayed: number, total: number) => void
}

/** Told of every scope, whether anybody follows it or not. A township's office is told while one of its screens is there. */
const always: readonly Viewer[] = ['public', 'wall', 'county']
/** What a tick may take for boards that nobody follows. */
const budgetMs = 20
/** A division that has to judge more organisations than this does it in slices. */
const atOnce = 500
const sliceMs = 10
/** A province's screen hears of its counties at most this often. */
const aboveEveryMs = 1_000

const defaultRules = parseRules('', '')

export function createHub(options: Options): Hub {
  const { home, journal, now, rules = defaultRules, flushMs = 100 } = options
  const expected = [home, ...(options.divisions ?? [])]
  const listeners = new Set<(changes: readonly Change[]) => void>()
  /** Screens by scope and viewer. */
  const followed = new Map<string, Map<Viewer, number>>()

  const reduction = createReduction(journal.find, rules, loadReduction(journal))
  const store = createStore({
    journal,
    reduction,
    every: () => options.saveEvery ?? Math.max(50_000, 2 * organizations()),
    divisionEvery: options.saveDivisionEvery ?? 20_000,
    calm: () => slices.calm(),
  })
  let saving: Promise<void> | undefined
  const log = { journal, rules, living: reduction }
  for (const head = journal.head().ordinal; reduction.ordinal() < head;) {
    for (const stored of journal.read(reduction.ordinal(), 10_000)) reduction.fold(stored)
    options.onProgress?.(reduction.ordinal(), head)
  }
  const tree = createTree(reduction.divisions)
  tree.begin()
  /** By scope and viewer. */
  const given = new Map<string, Given>()
  const givenKey = (scope: string, viewer: Viewer): string => `${scope} ${viewer}`
  for (const scope of tree.scopes())
    for (const viewer of always)
      given.set(givenKey(scope, viewer), givenOf(boardOf(scope), ...eyesOf(viewer, scope)))
  function seenOf(change: RowChange, scope: string, viewer: Viewer): RowChange {
    const key = givenKey(scope, viewer)
    const known = given.get(key) ?? new Set()
    given.set(key, known)
    return projectChange(change, boardOf(scope), ...eyesOf(viewer, scope), known)
  }
  const viewersOf = (scope: string): readonly Viewer[] => [
    ...new Set([...always, ...(followed.get(scope)?.keys() ?? [])]),
  ]
  const seenBy = (board: Board, viewer: Viewer, scope: string): Board =>
    project(board, ...eyesOf(viewer, scope))
  /** Folded and not yet published; the one that waits longest first. */
  const pending = new Set<Division>()
  let aboveAt = now()

  let currentEpoch = epochOf(journal, rules)
  /** The epoch is named after the first entry. */
  function nameEpoch(): void {
    if (currentEpoch.endsWith('-empty')) currentEpoch = epochOf(journal, rules)
  }

  const fold = (entries: readonly Stored[]): void => {
    for (const stored of entries) {
      for (const division of reduction.fold(stored)) {
        pending.add(division)
        if (followed.has(division.code)) pace.ask(division)
      }
    }
  }
  const stopTail = journal.tail(fold)

  function publish(divisions: Iterable<Division>, until = Infinity): readonly ScopeChange[] {
    const changes: ScopeChange[] = []
    for (const division of divisions) {
      if (now() > until) break
      if (slices.has(division)) continue
      if (division.due() > atOnce) slices.add(division)
      else changes.push(...publishOne(division))
    }
    return changes
  }

  function publishOne(division: Division): readonly ScopeChange[] {
    pending.delete(division)
    const changes = tree.publish(division)
    // What came while it was judged in slices; when that is much, it is added in slices too.
    if (division.due() > 0) pending.add(division)
    if (division.due() > atOnce) slices.add(division)
    return changes
  }

  // At midnight everything is judged anew. Nobody sees half a day: events wait meanwhile, and the board changes at the end.
  const slices = createSlices<Division>({
    weigh: (division) => division.due(),
    step: (division) => division.prepare(),
    finish(division) {
      nameEpoch()
      tell(publishOne(division))
    },
    sliceMs,
    clock: () => performance.now(),
  })

  function tell(changes: readonly ScopeChange[]): void {
    if (changes.length === 0) return
    const at = toInstant(now())
    const told = changes.flatMap(({ scope, change }) =>
      viewersOf(scope).map((viewer): Change => {
        const { base, version } = change
        const seen = seenOf(change, scope, viewer)
        return { scope, viewer, patch: { epoch: currentEpoch, base, version, at, ...seen } }
      }),
    )
    for (const listener of listeners) listener(told)
  }

  // A flag that is told of alone does not wait for a tick; what is told of all the time goes ten times a second.
  const pace = createPace<Division>(flushMs, (divisions) => {
    nameEpoch()
    tell(publish(divisions.filter((division) => pending.has(division))))
  })

  function tick(): void {
    nameEpoch()
    tell(
      publish(
        [...pending].filter((division) => !pace.isAsked(division)),
        now() + budgetMs,
      ),
    )
    // A clock that was set back must not keep a province waiting until it is level again.
    if (Math.abs(now() - aboveAt) >= aboveEveryMs) {
      aboveAt = now()
      tell(tree.due().flatMap(tree.publishAbove))
    }
    saving ??= store
      .saveDue((division) => pending.add(division))
      .catch((error: unknown) => {
        // Without space for a state the next start replays more, and that is all.
        if (!(error instanceof JournalFull)) throw error
      })
      .finally(() => (saving = undefined))
  }

  const meant =
    (scope?: string) =>
    (code: string): boolean =>
      scope === undefined || covers(scope, code)

  function flush(scope?: string): void {
    nameEpoch()
    const isMeant = meant(scope)
    const changes = publish([...pending].filter(({ code }) => isMeant(code)))
    tell([...changes, ...tree.due().filter(isMeant).flatMap(tree.publishAbove)])
  }

  async function settle(scope?: string): Promise<void> {
    const isMeant = meant(scope)
    for (;;) {
      flush(scope)
      const isWaiting = [...reduction.divisions.values()].some(
        (division) => isMeant(division.code) && (pending.has(division) || division.isHeld()),
      )
      if (!isWaiting) return
      await new Promise((resume) => setTimeout(resume, sliceMs))
    }
  }

  function organizations(): number {
    let sum = 0
    for (const [code, { published }] of reduction.divisions)
      sum += published().board().county.get(code)?.organizations ?? 0
    return sum
  }

  function boardOf(scope: string): Board {
    return tree.board(scope)?.board() ?? emptyBoard()
  }
  const version = (scope?: string): Version => ({
    epoch: currentEpoch,
    version: scope === undefined ? reduction.ordinal() : (tree.board(scope)?.version() ?? 0),
    at: toInstant(now()),
  })

  async function figures(scope: string, viewer: Viewer, past?: Moment): Promise<Figures> {
    if (past === undefined) await settle(scope)
    const board = past === undefined ? boardOf(scope) : await boardAt(log, scope, past)
    const seen = seenBy(board, viewer, scope)
    const moment = past?.atMs ?? now()
    const ages: Record<string, { asOf: string; ageSeconds: number }> = {}
    for (const row of seen.sources.values()) {
      ages[row.id] = {
        asOf: row.asOf,
        ageSeconds: Math.max(0, Math.round((moment - instantMs(row.asOf)) / 1000)),
      }
    }
    return { figures: figuresOf(seen), asOf: toInstant(moment), ages }
  }

  let receivedAtMs = lastReceivedMs(journal)
  function accept(events: readonly Event[]): Promise<readonly Receipt[]> {
    // A clock that is set back must not reorder what was received: the log is searched by this time.
    receivedAtMs = Math.max(receivedAtMs, now())
    return journal.append(events.map(entryOf), toInstant(receivedAtMs))
  }

  let day = ''
  function turnDay(): void {
    const today = localDay(now())
    if (today <= day) return
    day = today
    accept([dayBegan(today)]).catch(() => {
      // The disk is full: ask again on the next turn, the day stays due.
      day = ''
    })
  }
  turnDay()

  const timer = setInterval(() => {
    turnDay()
    tick()
  }, flushMs)

  return {
    home,
    scopes: () => [...new Set([...expected, ...tree.scopes()])],
    accept,
    since(scope, epoch, since, viewer) {
      if (epoch !== currentEpoch || since === undefined) return undefined
      // What an office was given is known while one of its screens is there; after that the whole board is the way.
      if (!viewersOf(scope).includes(viewer)) return undefined
      const change = tree.board(scope)?.since(since)
      if (change === undefined) return undefined
      return {
        ...version(scope),
        base: since,
        ...seenOf(change, scope, viewer),
      }
    },
    figures,
    sources: () => tree.scopes().flatMap((scope) => [...boardOf(scope).sources.values()]),
    roster: (scope) => reduction.divisions.get(scope)?.roster() ?? [],
    warned(id) {
      return [...reduction.divisions.values()].flatMap((division) => {
        const { warnings, organizations } = division.published().board()
        const one = id === undefined ? undefined : warnings.get(id)
        const rows = id === undefined ? [...warnings.values()] : one === undefined ? [] : [one]
        if (rows.length === 0) return []
        const recorded = new Map(division.roster().map((row) => [row.id, row.recorded]))
        return rows.map((warning) => {
          const told = recorded.get(warning.organization)
          return {
            warning,
            name: organizations.get(warning.organization)?.name ?? warning.organization,
            county: division.code,
            place: told?.village ?? told?.township ?? division.code,
          }
        })
      })
    },
    organization(id) {
      for (const division of reduction.divisions.values()) {
        const row = division.published().board().organizations.get(id)
        if (row !== undefined) return row
      }
      return undefined
    },
    branch(id, viewerOn) {
      for (const division of reduction.divisions.values()) {
        const organization = division.published().board().organizations.get(id)
        if (organization === undefined) continue
        const detail = division.branch(id)
        if (detail === undefined) continue
        return projectBranch(detail, isInside(viewerOn(division.code), organization.township))
      }
      return undefined
    },
    async pastBranch(id, viewerOn, atMs) {
      const divisions = [...reduction.divisions.values()]
      const division =
        divisions.find(({ published }) => published().board().organizations.has(id)) ??
        reduction.divisions.get(home)
      if (division === undefined) return undefined
      const found = await branchAt(log, division, id, atMs)
      if (found === undefined) return undefined
      return projectBranch(found.detail, isInside(viewerOn(division.code), found.township))
    },
    flush,
    settle,
    snapshot: (scope, viewer) => ({
      ...version(scope),
      scope,
      tables: rowsOf(seenBy(boardOf(scope), viewer, scope)),
    }),
    async pastSnapshot(scope, viewer, past) {
      const board = await boardAt(log, scope, past)
      const at = toInstant(past.atMs)
      const epoch = `${currentEpoch}-${past.known}-${past.atMs}`
      const seen = seenBy(board, viewer, scope)
      return { epoch, version: reduction.ordinal(), at, scope, tables: rowsOf(seen) }
    },
    async *play(scope, viewer, span) {
      const epoch = `${currentEpoch}-past-${span.fromMs}-${span.stepMs}`
      const shown: Given = new Set()
      let version = 0
      for await (const step of framesOf(log, scope, span)) {
        if ('made' in step) {
          yield step
          continue
        }
        const { atMs, board, change } = step
        const { puts, deletes } = projectChange(change, board, ...eyesOf(viewer, scope), shown)
        const at = toInstant(atMs)
        if (version === 0) yield { epoch, version, at, scope, tables: puts }
        else yield { epoch, base: version - 1, version, at, puts, deletes }
        version += 1
      }
    },
    digest: (scope, viewer, period, day) =>
      digestOf(log, scope, daysOf(period, day), now(), (board, division) =>
        seenBy(board, viewer, division),
      ),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(scope, viewer) {
      const viewers = followed.get(scope) ?? new Map<Viewer, number>()
      followed.set(scope, viewers)
      if (!viewersOf(scope).includes(viewer))
        given.set(givenKey(scope, viewer), givenOf(boardOf(scope), ...eyesOf(viewer, scope)))
      viewers.set(viewer, (viewers.get(viewer) ?? 0) + 1)
      return () => {
        const left = (viewers.get(viewer) ?? 0) - 1
        if (left > 0) {
          viewers.set(viewer, left)
          return
        }
        viewers.delete(viewer)
        if (!always.includes(viewer)) given.delete(givenKey(scope, viewer))
        if (viewers.size === 0) followed.delete(scope)
      }
    },
    version,
    async stop() {
      clearInterval(timer)
      pace.stop()
      await saving
      await settle()
      slices.stop()
      // What is still on its way to the disk is folded too: the boards stay level with the log while they are saved.
      await store.saveAll()
      stopTail()
    },
  }
}

function epochOf(journal: Journal, { digest }: Rules): string {
  const first = journal.read(0, 1)[0]
  return `r${reducerVersion}-${digest}-${first === undefined ? 'empty' : first.hash.slice(0, 16)}`
}

function lastReceivedMs(journal: Journal): number {
  const [last] = journal.read(journal.head().ordinal - 1, 1)
  return last === undefined ? 0 : instantMs(last.receivedAt)
}
