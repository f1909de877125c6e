/**
 * The reducer: folds effective events into state, and says which rows of the
 * board changed. Pure: the day comes from `day.began`, the instant as argument.
 */
import type { Board } from '../../protocol/board.ts'
import { mostRows } from '../../protocol/board-domain.ts'
import { apply, emptyBoard } from '../../protocol/apply.ts'
import type { BranchDetail } from '../../protocol/branch.ts'
import type { Event } from '../../protocol/events.ts'
import { detailOf } from './branch-detail.ts'
import { monthStart } from './calendar.ts'
import { clockOf, type Clock } from './clock.ts'
import { isDomainEvent, type DomainEvent } from './domain.ts'
import { createDomainIndex } from './domain-index.ts'
import { createDraft, type Draft, type Frame } from './draft.ts'
import { floodRows } from './floods.ts'
import { foresightRows } from './foresight.ts'
import { lastMonths } from './dues.ts'
import { createDuesMonths } from './dues-months.ts'
import { createHeldIndex } from './held.ts'
import { judge, judgeMoving, type Judged } from './judge.ts'
import { awayOf, createSums } from './judged-sums.ts'
import type { Effect } from './ledger.ts'
import { rosterOf, type RosterRow } from './roster.ts'
import { createPulses } from './rows/branches.ts'
import { countyRow } from './rows/county.ts'
import type { Ingredient } from './rows/derivation.ts'
import { putDerived } from './rows/derived.ts'
import { destinationRows, floatingRows } from './rows/destinations.ts'
import { studyRows } from './rows/study.ts'
import { thresholdsRow } from './rows/thresholds.ts'
import { trendRows } from './rows/trends.ts'
import { createTownships } from './rows/townships.ts'
import { rulesOf, thresholdsOf, type RulesConfig } from './rules/config.ts'
import { createSources } from './sources.ts'
import { createState, foldInto, readState, writeState, type State } from './state.ts'
import { finish } from './steps.ts'
import { createStreams } from './streams.ts'
import type { FlatTally } from './tally.ts'
import { totalsOf } from './totals.ts'

/** Raise when the same events would give another board: it starts a new epoch. */
export const reducerVersion = 18

export interface CoreOptions {
  /** Six-digit code: the id of the county's row. */
  readonly county: string
  /** Which rules apply and how; the defaults where absent. */
  readonly rules?: RulesConfig
}

export interface Core {
  /** Cheap: recomputes nothing until `changes`. */
  fold(effect: Effect): void
  /** Rows that changed since the last call. The day is the latest that began; the instant's own while none did. */
  changes(asOfMs: number): Frame
  /** The same in small steps: until the last one nothing may be folded, and the board stays the one before. */
  changing(asOfMs: number): Generator<void, Frame>
  /** Organisations that the next `changes` has to judge. */
  due(asOfMs: number): number
  /** The board as of the last `changes`. */
  board(): Board
  /** Days that began, as day numbers. */
  days(): Iterable<number>
  /** The organisations as they are recorded now, by id; for the roster's comparison. */
  roster(): readonly RosterRow[]
  /** One organisation of the board, as of the day of the last `changes`; undefined where the board has it not. */
  branch(id: string): BranchDetail | undefined
  /** Line by line, equal for equal sets of events. Nothing may be folded between two lines. */
  save(): Iterable<string>
}

export function createCore(options: CoreOptions): Core {
  return coreOf(createState(), options)
}

/** The first `changes` puts every row. Throws unless `lines` are what `save` gave. */
export function loadCore(lines: Iterable<string>, options: CoreOptions): Core {
  return coreOf(readState(lines), options)
}

function coreOf(state: State, { county, rules = rulesOf() }: CoreOptions): Core {
  let board = emptyBoard()

  // Derived from the state; rebuilt after loading.
  const held = createHeldIndex(state)
  const duesMonths = createDuesMonths(state)
  const streams = createStreams(state)
  const sources = createSources(state)
  const index = createDomainIndex(state.domain)
  const judged = new Map<string, Judged>()
  const sums = createSums()
  const pulses = createPulses(rules.tiers)
  const townships = createTownships()
  /** Of the board's branches. */
  const tiers = { gold: 0, silver: 0, yellow: 0, black: 0, none: 0 }

  /** To be judged anew: by everything, or only by what moves. */
  const dirty = new Set<string>(state.organizations.keys())
  const moved = new Set<string>()
  const dirtySources = new Set<string>(state.sources.keys())
  let isFeedDirty = true
  let areStreamsDirty = true
  /** What the derived tables are made of and has changed; undefined: all of it. */
  let stale: Set<Ingredient> | undefined
  let areTotalsDirty = true
  let areRowsDirty = true
  let lastDay: number | undefined
  let lastMinute: number | undefined
  const isShown = (organization: string): boolean => judged.has(organization)

  function foldDomainEvent(event: DomainEvent, sign: 1 | -1): void {
    const ingredient = index.fold(event, () => foldInto(state, event, sign))
    stale?.add(ingredient)
    if (ingredient === 'checked' || ingredient === 'duesChecked') dirty.add(event.subject)
    if (ingredient === 'floating') {
      areRowsDirty = true
      const one = judged.get(event.subject)
      townships.move(event.subject, one, one)
    }
    areTotalsDirty = true
  }

  function foldActivity(organization: string, activity: string, fold: () => void): void {
    const before = held.firstDay()
    held.fold(organization, activity, fold)
    isFeedDirty = true
    stale?.add('held')
    if (held.firstDay() !== before) judgeAll()
  }

  /** What nobody could have missed before, all may have missed now. */
  function judgeAll(): void {
    for (const id of state.organizations.keys()) dirty.add(id)
  }

  function foldOne(event: Event, sign: 1 | -1): void {
    if (isDomainEvent(event)) {
      foldDomainEvent(event, sign)
      return
    }
    switch (event.kind) {
      case 'activity.announced':
        return
      case 'activity.started':
      case 'activity.signed':
      case 'activity.submitted':
      case 'activity.reviewed':
        foldActivity(event.subject, event.data.activity, () => foldInto(state, event, sign))
        break
      case 'stream.up':
      case 'stream.down': {
        const { stream } = event.data
        const before = streams.organizationOf(stream)
        foldInto(state, event, sign)
        for (const id of streams.index(stream, before)) dirty.add(id)
        areStreamsDirty = true
        break
      }
      case 'source.reported': {
        const key = `${event.subject}/${event.data.feed}`
        // Two sources may report one feed: the one that no longer has the last word is counted anew as well.
        const before = sources.reporterOf(key)
        foldInto(state, event, sign)
        dirtySources.add(key)
        for (const source of new Set([before, sources.reporterOf(key)]))
          for (const id of source === undefined ? [] : sources.index(source, lastDay)) dirty.add(id)
        return
      }
      case 'day.began':
        foldInto(state, event, sign)
        return
      case 'study.logged':
      case 'points.awarded':
      case 'branch.online':
      case 'branch.offline':
        if (event.kind === 'study.logged') stale?.add('study')
        foldInto(state, event, sign)
        moved.add(event.subject)
        return
      case 'dues.paid': {
        const before = duesMonths.first()
        foldInto(state, event, sign)
        duesMonths.tell(event.data.month, sign)
        if (duesMonths.first() !== before) judgeAll()
        break
      }
      default:
        foldInto(state, event, sign)
    }
    dirty.add(event.subject)
  }

  function judgeOne(id: string, day: number): Judged | undefined {
    const told = state.organizations.get(id)
    if (!told) return undefined
    const recorded = told.records.at(-1)?.value
    const isFloating = recorded?.data?.group === 'floating'
    return judge(
      id,
      told,
      {
        day,
        completeUpTo: sources.completeUpTo(recorded?.source),
        held: held.of(id),
        toldFrom: held.firstDay(),
        duesFrom: duesMonths.first(),
        checks: index.facts.history('checked', id),
        duesChecks: lastMonths(index.facts.history('duesChecked', id)),
        hasOpenActivity: held.hasOpen(id, day),
        mostPresent: isFloating ? held.mostPresent(id, monthStart(day), day) : 0,
        streams: streams.upOf(id),
      },
      rules,
    )
  }

  function putJudged(draft: Draft, id: string, day: number): void {
    const before = judged.get(id)
    const told = state.organizations.get(id)
    const isWhole = !before || !told || dirty.has(id)
    const now = isWhole ? judgeOne(id, day) : judgeMoving(before, told, day)
    sums.move(before, now)
    pulses.move(id, before, now)
    townships.move(id, before, now)
    if (isWhole) areRowsDirty = true
    putStudy(draft, id, now)
    if (now && !isWhole) {
      judged.set(id, now)
      return
    }
    if (!before !== !now) isFeedDirty = areStreamsDirty = true
    for (const table of ['warnings', 'cleared'] as const) {
      const kept = new Set(now?.[table].map((row) => row.id))
      for (const row of before?.[table] ?? []) if (!kept.has(row.id)) draft.drop(table, row.id)
    }
    if (!now) {
      judged.delete(id)
      draft.drop('organizations', id)
      draft.drop('branches', id)
      const row = board.branches.get(id)
      if (row !== undefined) tiers[row.tier] -= 1
      return
    }
    judged.set(id, now)
    for (const warning of now.warnings) draft.put('warnings', warning)
    for (const each of now.cleared) draft.put('cleared', each)
    if (before?.recorded === now.recorded) return
    const { name, kind, group, township, lng, lat } = now.recorded
    const place = { township: township ?? '', lng: lng ?? null, lat: lat ?? null }
    draft.put('organizations', { id, name, kind, group, ...place })
  }

  function putStudy(draft: Draft, id: string, now: Judged | undefined): void {
    const belowHours = index.facts.history('checked', id).at(-1)?.value.belowHours ?? null
    if (now === undefined || (now.minutes === 0 && belowHours === null)) draft.drop('studies', id)
    else draft.put('studies', { id, minutes: now.minutes, belowHours })
  }

  /** Tables that are made of organisations, and of what moves in them. */
  function* putMoving(draft: Draft, day: number): Generator<void> {
    const isMoved = yield* pulses.put(judged, (row) => {
      const before = board.branches.get(row.id)
      if (before !== undefined) tiers[before.tier] -= 1
      tiers[row.tier] += 1
      draft.put('branches', row)
    })
    yield* townships.put(draft, judged, registeredBy)
    if (isMoved)
      draft.replace('trends', trendRows(pulses.leaders(judged, mostRows.trends), pointsBy, day))
  }

  const pointsBy = (id: string): FlatTally => state.organizations.get(id)?.points ?? []

  /** Members away whom an organisation registers singly. */
  const registeredBy = (id: string): number => index.facts.countOf('floating', id)

  /** Tables that are made of all organisations, and of nothing that moves in them. */
  function* putRows(draft: Draft, day: number): Generator<void> {
    const destinations = destinationRows(judged, [...index.facts.all('floating')])
    draft.replace('destinations', destinations)
    const cities = destinations.map(({ city }) => city)
    yield
    draft.replace('floating', floatingRows(judged, cities))
    yield
    const yellowAfterDays = rules.thresholds.has('silence')
      ? thresholdsOf(rules, 'silence').yellowAfterDays
      : undefined
    draft.replace('foresight', foresightRows(judged, day, yellowAfterDays))
    yield
    draft.replace('floods', floodRows(judged, rules.floodFrom))
    yield
  }

  /** Members away whose organisation registers none singly. */
  function awayUnregistered(): number {
    let sum = sums.now().away
    for (const id of index.facts.subjects('floating')) {
      const one = judged.get(id)
      if (one) sum -= awayOf(one)
    }
    return sum
  }

  function* putSums(draft: Draft, { day, minute, asOfMs }: Clock): Generator<void> {
    const up = areStreamsDirty ? streams.rows(isShown) : [...board.streams.values()]
    if (areStreamsDirty) draft.replace('streams', up)
    yield* putMoving(draft, day)
    if (areRowsDirty) yield* putRows(draft, day)
    const { pipelines } = index
    const counts = index.totals.count(day)
    const floatingMembers = (counts.floatingMembers ?? 0) + awayUnregistered()
    const row = countyRow(county, {
      day,
      minute,
      sums: sums.now(),
      tiers,
      floatingMembers,
      streams: up.length,
      learners: state.learners,
      pipelines,
    })
    draft.put('county', row)
    draft.put('thresholds', thresholdsRow(county, rules))
    const totals = totalsOf(county, {
      day,
      asOfMs,
      county: row,
      sums: sums.now(),
      counts,
      live: new Set(up.map(({ organization }) => organization)).size,
      state,
      pipelines,
      caseHours: rules.cases,
    })
    draft.put('totals', totals)
    const facts = { county, day, asOfMs, state, index, held, rules, branches: sums.now().branches }
    putDerived(draft, facts, stale)
  }

  function due(asOfMs: number): number {
    const isNewDay = clockOf(state.days, asOfMs).day !== lastDay
    return isNewDay ? state.organizations.size : dirty.size + moved.size
  }

  function* changing(asOfMs: number): Generator<void, Frame> {
    const draft = createDraft(board)
    const clock = clockOf(state.days, asOfMs)
    const { day, minute } = clock
    if (day !== lastDay) {
      judgeAll()
      isFeedDirty = areRowsDirty = areTotalsDirty = true
      stale = undefined
    }
    if (minute !== lastMinute) stale?.add('minute').add('study')
    lastMinute = minute

    const touched = new Set([...dirty, ...moved])
    for (const id of touched) {
      putJudged(draft, id, day)
      yield
    }
    if (touched.size > 0) stale?.add('branches')
    dirty.clear()
    moved.clear()
    if (stale === undefined || stale.has('study'))
      for (const row of studyRows(state.learners, day, minute)) draft.put('study', row)
    if (areRowsDirty || areStreamsDirty || areTotalsDirty || stale === undefined || stale.size > 0)
      yield* putSums(draft, clock)
    yield
    if (isFeedDirty) draft.replace('feed', held.rows(day, isShown))
    for (const key of dirtySources) {
      const row = sources.row(key)
      if (row) draft.put('sources', row)
      else draft.drop('sources', key)
    }
    dirtySources.clear()
    isFeedDirty = areStreamsDirty = areRowsDirty = areTotalsDirty = false
    stale = new Set()
    yield

    lastDay = day
    const frame = draft.frame()
    const isChanged = Object.keys(frame.puts).length + Object.keys(frame.deletes).length > 0
    if (isChanged) board = apply(board, frame.puts, frame.deletes)
    return frame
  }

  function changes(asOfMs: number): Frame {
    return finish(changing(asOfMs))
  }

  return {
    fold({ add, remove, alsoRemove }) {
      if (remove) foldOne(remove, -1)
      if (alsoRemove) foldOne(alsoRemove, -1)
      if (add) foldOne(add, 1)
    },
    changes,
    changing,
    due,
    board: () => board,
    days: () => state.days.keys(),
    roster: () => rosterOf(state),
    branch(id) {
      const told = state.organizations.get(id)
      if (told === undefined || lastDay === undefined || !board.organizations.has(id))
        return undefined
      const toldFrom = held.firstDay()
      return detailOf(id, told, { day: lastDay, held: held.of(id), toldFrom, rules })
    },
    save: () => writeState(state),
  }
}
