/**
 * The reducer: folds effective events into state, and says which rows of the
 * board changed. Pure: the day comes from `day.began`, the instant as argument.
 */
import type { Board, Row, TableName } from '../../protocol/board.ts'
import { apply, emptyBoard } from '../../protocol/apply.ts'
import type { Event } from '../../protocol/events.ts'
import type { OrderStage } from '../../protocol/events-services.ts'
import type { Deletes, Puts } from '../../protocol/frames.ts'
import { dayNumber, dayOfNumber, dayStartMs, localDay, toInstant } from '../../protocol/time.ts'
import { activityOf, type Activity } from './activity.ts'
import { yearStart } from './calendar.ts'
import { floodRows } from './floods.ts'
import { foresightRows } from './foresight.ts'
import { judge, type Judged } from './judge.ts'
import { rulesOf, thresholdsOf, type RulesConfig } from './rules/config.ts'
import type { Effect } from './ledger.ts'
import { ranksOf } from './ranking.ts'
import { dayOf } from './dates.ts'
import { isDomainEvent, touchedBy, type DomainEvent } from './domain.ts'
import { createFactTotals } from './fact-totals.ts'
import { createPipelines } from './pipelines.ts'
import { totalsOf } from './totals.ts'
import { createState, foldInto, pack, slotMs, unpack, type Recorded, type State } from './state.ts'
import { countDay, createDayCounts, sumOf, type DayCounts } from './tally.ts'
import { tierOf, tierScaleOf } from './tiers.ts'

/** Raise when the same events would give another board: it starts a new epoch. */
export const reducerVersion = 4

const feedLength = 60
const stages: readonly OrderStage[] = ['requested', 'dispatched', 'accepted', 'verified']

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
  changes(asOfMs: number): { puts: Puts; deletes: Deletes }
  /** The board as of the last `changes`. */
  board(): Board
  /** The organisations as they are recorded now, by id; for the roster's comparison. */
  roster(): readonly RosterRow[]
  /** JSON-able; equal for equal sets of events. */
  save(): unknown
}

export interface RosterRow {
  readonly id: string
  readonly recorded: Recorded
  readonly members: number
}

interface Held {
  readonly organization: string
  readonly activity: Activity
}

type Rows = { [T in TableName]?: Row<T>[] }

export function createCore(options: CoreOptions): Core {
  return coreOf(createState(), options)
}

/** The first `changes` puts every row. Throws `RangeError` when another reducer saved it. */
export function loadCore(saved: unknown, options: CoreOptions): Core {
  const { reducer, state } = saved as { reducer?: unknown; state?: unknown }
  if (reducer !== reducerVersion) {
    throw new RangeError(
      `The state was saved by reducer ${String(reducer)}; this is ${reducerVersion}. Replay the log.`,
    )
  }
  return coreOf(unpack(state) as State, options)
}

function coreOf(state: State, { county, rules = rulesOf() }: CoreOptions): Core {
  let board = emptyBoard()

  // Derived from the state; rebuilt after loading.
  const held = new Map<string, Held>()
  const heldOf = new Map<
    string,
    {
      all: DayCounts
      byForm: Map<string, DayCounts>
      passed: DayCounts
      open: Set<string>
    }
  >()
  const feedDays = new Map<number, Set<string>>()
  const feedOrder = createDayCounts()
  const streamsOf = new Map<string, Set<string>>()
  const pipelines = createPipelines(state.domain)
  const factTotals = createFactTotals(state.domain)
  const judged = new Map<string, Judged>()
  const completeUpTo = new Map<string, number>()

  const dirty = new Set<string>(state.organizations.keys())
  const dirtySources = new Set<string>(state.sources.keys())
  let isFeedDirty = true
  let areStreamsDirty = true
  let areOrdersDirty = true
  let isStudyDirty = true
  let areTotalsDirty = true
  let areRowsDirty = true
  let lastDay: number | undefined
  let lastMinute: number | undefined

  for (const [id, told] of state.organizations)
    for (const activity of told.activities.keys()) indexActivity(id, activity)
  for (const stream of state.streams.keys()) indexStream(stream, undefined)
  for (const key of state.sources.keys()) indexSource(reporterOf(key))

  function foldDomainEvent(event: DomainEvent, sign: 1 | -1): void {
    const { group, pipeline } = touchedBy(event)
    if (pipeline) pipelines.index(pipeline.name, pipeline.key, -1)
    foldInto(state, event, sign)
    if (pipeline) pipelines.index(pipeline.name, pipeline.key, 1)
    if (group) factTotals.touch(group)
    if (group === 'checked') dirty.add(event.subject)
    if (event.kind === 'order.advanced') areOrdersDirty = true
    areTotalsDirty = true
  }

  function foldOne(event: Event, sign: 1 | -1): void {
    if (isDomainEvent(event)) {
      foldDomainEvent(event, sign)
      return
    }
    switch (event.kind) {
      case 'activity.announced':
      case 'activity.started':
      case 'activity.signed':
      case 'activity.submitted':
      case 'activity.reviewed':
        foldInto(state, event, sign)
        indexActivity(event.subject, event.data.activity)
        break
      case 'stream.up':
      case 'stream.down': {
        const before = state.streams.get(event.data.stream)?.at(-1)?.value.organization
        foldInto(state, event, sign)
        indexStream(event.data.stream, before)
        break
      }
      case 'source.reported': {
        const key = `${event.subject}/${event.data.feed}`
        // Two sources may report one feed: the one that no longer has the last word is counted anew as well.
        const before = reporterOf(key)
        foldInto(state, event, sign)
        dirtySources.add(key)
        for (const source of new Set([before, reporterOf(key)])) indexSource(source)
        return
      }
      case 'day.began':
        foldInto(state, event, sign)
        return
      case 'study.logged':
        isStudyDirty = true
        foldInto(state, event, sign)
        break
      default:
        foldInto(state, event, sign)
    }
    dirty.add(event.subject)
  }

  function indexActivity(organization: string, id: string): void {
    const key = `${organization}/${id}`
    const before = held.get(key)
    if (before) count(key, before, -1)
    const pieces = state.organizations.get(organization)?.activities.get(id)
    const activity = pieces && activityOf(pieces)
    if (!activity) {
      held.delete(key)
    } else {
      const now = { organization, activity }
      held.set(key, now)
      count(key, now, 1)
    }
    isFeedDirty = true
  }

  function count(key: string, { organization, activity }: Held, sign: 1 | -1): void {
    const { day, form, isCounted, isOpen, isQuorate } = activity
    const onDay = feedDays.get(day) ?? new Set()
    if (sign === 1) onDay.add(key)
    else onDay.delete(key)
    if (onDay.size === 0) feedDays.delete(day)
    else feedDays.set(day, onDay)
    countDay(feedOrder, day, sign)

    const index = heldOf.get(organization) ?? {
      all: createDayCounts(),
      byForm: new Map(),
      passed: createDayCounts(),
      open: new Set(),
    }
    heldOf.set(organization, index)
    if (isOpen && sign === 1) index.open.add(key)
    else index.open.delete(key)
    if (!isCounted) return
    countDay(index.all, day, sign)
    if (!isQuorate) return
    const ofForm = index.byForm.get(form) ?? createDayCounts()
    index.byForm.set(form, ofForm)
    countDay(ofForm, day, sign)
    if (activity.isPassed) countDay(index.passed, day, sign)
  }

  function indexStream(stream: string, before: string | undefined): void {
    if (before !== undefined) {
      streamsOf.get(before)?.delete(stream)
      dirty.add(before)
    }
    const told = state.streams.get(stream)?.at(-1)?.value
    if (told?.up) {
      const up = streamsOf.get(told.organization) ?? new Set()
      streamsOf.set(told.organization, up.add(stream))
    }
    if (told) dirty.add(told.organization)
    areStreamsDirty = true
  }

  /** Who has the last word on a feed of activities. */
  function reporterOf(key: string): string | undefined {
    const last = state.sources.get(key)?.at(-1)?.value
    return last?.feed === 'activities' ? last.source : undefined
  }

  /**
   * A silent platform is not a silent branch: while its activities feed is stale
   * (older than two cadences) its branches' days of silence stand still.
   */
  function indexSource(platform: string | undefined): void {
    if (platform === undefined) return
    const before = completeUpTo.get(platform)
    let after: number | undefined
    for (const reports of state.sources.values()) {
      const report = reports.at(-1)
      if (!report || report.value.source !== platform || report.value.feed !== 'activities')
        continue
      const day = dayOf(report.at + 2_000 * report.value.cadenceSeconds)
      after = after === undefined ? day : Math.max(after, day)
    }
    if (after === before) return
    if (after === undefined) completeUpTo.delete(platform)
    else completeUpTo.set(platform, after)
    if (
      before !== undefined &&
      after !== undefined &&
      lastDay !== undefined &&
      Math.min(before, after) >= lastDay
    )
      return
    for (const [id, { records }] of state.organizations)
      if (records.at(-1)?.value.source === platform) dirty.add(id)
  }

  function changes(asOfMs: number): { puts: Puts; deletes: Deletes } {
    const puts: Rows = {}
    const deletes: { [T in TableName]?: string[] } = {}
    function put<T extends TableName>(table: T, row: Row<T>): void {
      if (!isSame(board[table].get(row.id), row)) ((puts[table] ??= []) as Row<T>[]).push(row)
    }
    function drop(table: TableName, id: string): void {
      if (board[table].has(id)) (deletes[table] ??= []).push(id)
    }
    function replace<T extends TableName>(table: T, rows: readonly Row<T>[]): void {
      const kept = new Set<string>()
      for (const row of rows) {
        kept.add(row.id)
        put(table, row)
      }
      for (const id of board[table].keys()) if (!kept.has(id)) drop(table, id)
    }

    let day = -Infinity
    for (const each of state.days.keys()) day = Math.max(day, each)
    if (day === -Infinity) day = dayNumber(localDay(asOfMs))
    if (day !== lastDay) {
      for (const id of state.organizations.keys()) dirty.add(id)
      isFeedDirty = areOrdersDirty = isStudyDirty = areRowsDirty = areTotalsDirty = true
      lastDay = day
    }
    const midnight = dayStartMs(dayOfNumber(day))
    const minute = Math.floor(Math.min(Math.max(asOfMs - midnight, 0), 86_399_999) / 60_000)
    if (minute !== lastMinute) isStudyDirty = true
    lastMinute = minute

    for (const id of dirty) {
      const told = state.organizations.get(id)
      const index = heldOf.get(id)
      const source = told?.records.at(-1)?.value.source
      const now =
        told &&
        judge(
          id,
          told,
          {
            day,
            completeUpTo: (source === undefined ? undefined : completeUpTo.get(source)) ?? Infinity,
            held: index?.all,
            heldByForm: index?.byForm,
            passed: index?.passed,
            checked: factTotals.latest('checked', id),
            hasOpenActivity: index
              ? [...index.open].some((key) => isToday(held.get(key), day))
              : false,
            streams: [...(streamsOf.get(id) ?? [])].flatMap((stream) => upOf(stream) ?? []),
          },
          rules,
        )
      const before = judged.get(id)
      if (!before !== !now) isFeedDirty = areStreamsDirty = true
      const warned = new Set(now?.warnings.map((warning) => warning.id))
      for (const { id: warning } of before?.warnings ?? [])
        if (!warned.has(warning)) drop('warnings', warning)
      if (!now) {
        judged.delete(id)
        drop('organizations', id)
        drop('branches', id)
        for (const each of before?.cleared ?? []) drop('cleared', each.id)
        continue
      }
      judged.set(id, now)
      for (const warning of now.warnings) put('warnings', warning)
      const ended = new Set(now.cleared.map((each) => each.id))
      for (const { id: each } of before?.cleared ?? []) if (!ended.has(each)) drop('cleared', each)
      for (const each of now.cleared) put('cleared', each)
      if (before?.recorded === now.recorded) continue
      const { name, kind, group, township, lng, lat } = now.recorded
      put('organizations', {
        id,
        name,
        kind,
        group,
        township: township ?? '',
        lng: lng ?? null,
        lat: lat ?? null,
      })
    }
    if (dirty.size > 0) areRowsDirty = true
    dirty.clear()

    if (areRowsDirty || areOrdersDirty || isStudyDirty || areStreamsDirty || areTotalsDirty) {
      const streams = areStreamsDirty ? streamRows() : [...board.streams.values()]
      if (areStreamsDirty) replace('streams', streams)
      if (isStudyDirty) for (const row of studyRows(day, minute)) put('study', row)
      if (areOrdersDirty)
        for (const stage of stages)
          put('orders', { id: stage, stage, today: pipelines.on(`order/${stage}`, day) })
      const ranked = rankedRows()
      if (areRowsDirty) {
        for (const row of ranked) put('branches', row)
        replace('townships', townshipRows())
        replace('destinations', destinationRows())
        const yellowAfterDays = rules.thresholds.has('silence')
          ? thresholdsOf(rules, 'silence').yellowAfterDays
          : undefined
        replace('foresight', foresightRows(judged, day, yellowAfterDays))
        replace('floods', floodRows(judged, rules.floodFrom))
      }
      const row = countyRow(day, minute, ranked, streams.length)
      put('county', row)
      areTotalsDirty = false
      put(
        'totals',
        totalsOf(county, {
          day,
          asOfMs: midnight + minute * 60_000,
          row,
          judged,
          state,
          streams,
          pipelines,
          factTotals,
        }),
      )
    }
    if (isFeedDirty) replace('feed', feedRows(day))
    for (const key of dirtySources) {
      const last = state.sources.get(key)?.at(-1)
      if (!last) {
        drop('sources', key)
        continue
      }
      const { platform, feed, cadenceSeconds } = last.value
      put('sources', { id: key, platform, feed, cadenceSeconds, asOf: toInstant(last.at) })
    }
    dirtySources.clear()
    isFeedDirty = areStreamsDirty = areOrdersDirty = isStudyDirty = areRowsDirty = false
    const frame = { puts: puts as Puts, deletes: deletes as Deletes }
    const isChanged = Object.keys(puts).length + Object.keys(deletes).length > 0
    if (isChanged) board = apply(board, frame.puts, frame.deletes)
    return frame
  }

  function upOf(stream: string): { title: string; activity: string | null } | undefined {
    return state.streams.get(stream)?.at(-1)?.value.up ?? undefined
  }

  function streamRows(): Row<'streams'>[] {
    const rows: Row<'streams'>[] = []
    for (const [id, entries] of state.streams) {
      const last = entries.at(-1)
      if (!last?.value.up || !judged.has(last.value.organization)) continue
      const down = entries.findLastIndex((entry) => !entry.value.up)
      const since = toInstant(entries[down + 1]?.at ?? last.at)
      rows.push({ id, organization: last.value.organization, since, ...last.value.up })
    }
    return rows
  }

  function rankedRows(): Row<'branches'>[] {
    const all = [...judged.values()]
    const ranks = ranksOf(all.map((each) => each.points))
    const ranksBefore = ranksOf(all.map((each) => each.pointsBefore))
    const inTiers = all.filter((each) => each.isJudged && each.hasMonth).map((each) => each.points)
    const tierRanks = ranksOf(inTiers)
    const scale = tierScaleOf(inTiers, rules.tiers)
    return [...judged].map(([id, each]) => {
      const { state: flag, members, silentDays, level, points, reason } = each
      const rank = tierRanks.get(points) ?? Infinity
      return {
        id,
        state: flag,
        members,
        silentDays,
        level,
        activeToday: each.activitiesToday > 0,
        points,
        rank: ranks.get(points) ?? 1,
        rankBefore: ranksBefore.get(each.pointsBefore) ?? 1,
        reason,
        tier: each.isJudged && each.hasMonth ? tierOf({ points, rank, level }, scale) : 'none',
      }
    })
  }

  function townshipRows(): Row<'townships'>[] {
    const rows = new Map<string, Row<'townships'>>()
    const names = new Map<string, { id: string; name: string }>()
    for (const [id, each] of judged) {
      const { township, kind, group, village, name } = each.recorded
      if (township === undefined) continue
      const row = rows.get(township) ?? {
        id: township,
        name: township,
        organizations: 0,
        online: 0,
        silent: 0,
        activeToday: 0,
        points: 0,
      }
      row.organizations += 1
      row.online += each.isOnline ? 1 : 0
      row.silent += each.level > 0 ? 1 : 0
      row.activeToday += each.activitiesToday > 0 ? 1 : 0
      row.points += each.points
      rows.set(township, row)
      // Its own committee names the township; of several, the one with the lowest id.
      if (kind !== 'committee' || group !== 'territory' || village !== undefined) continue
      const before = names.get(township)
      if (!before || id < before.id) names.set(township, { id, name: placeOf(name) })
    }
    for (const [township, { name }] of names) {
      const row = rows.get(township)
      if (row) row.name = name
    }
    return [...rows.values()]
  }

  function destinationRows(): Row<'destinations'>[] {
    const cities = new Map<string, number>()
    for (const { away } of judged.values()) {
      for (const { city, members } of away) cities.set(city, (cities.get(city) ?? 0) + members)
    }
    const floating = [...judged.values()].filter(
      ({ recorded }) => recorded.group === 'floating' && recorded.kind !== 'committee',
    )
    return [...cities].map(([city, members]) => {
      const place = city.length > 2 ? city.replace(/市$/, '') : city
      return {
        id: city,
        city,
        members,
        branches: floating.filter(({ recorded }) => recorded.name.includes(place)).length,
      }
    })
  }

  /** Cumulative, up to the slot that the minute is in; yesterday whole. */
  function studyRows(day: number, minute: number): Row<'study'>[] {
    const upTo = (of: number, slots: number) => {
      const learners: number[] = []
      let sum = 0
      for (let slot = 0; slot < slots; slot += 1)
        learners.push((sum += sumOf(state.learners.get(of), slot)))
      return learners
    }
    return [
      { id: 'today', learners: upTo(day, Math.floor((minute * 60_000) / slotMs) + 1) },
      { id: 'yesterday', learners: upTo(day - 1, 144) },
    ]
  }

  /** Yesterday up to the same minute; the slot that the minute is in counts by its share. */
  function learnersUpTo(day: number, minute: number): number {
    const slots = state.learners.get(day)
    const exact = (minute * 60_000) / slotMs
    let sum = sumOf(slots, Math.floor(exact)) * (exact % 1)
    for (let slot = 0; slot < Math.floor(exact); slot += 1) sum += sumOf(slots, slot)
    return Math.floor(sum + 1e-9)
  }

  function countyRow(
    day: number,
    minute: number,
    ranked: readonly Row<'branches'>[],
    streams: number,
  ): Row<'county'> {
    const all = [...judged.values()]
    const total = (size: (each: Judged) => number) => all.reduce((sum, each) => sum + size(each), 0)
    const number = (holds: (each: Judged) => boolean) => total((each) => (holds(each) ? 1 : 0))
    const inTier = (tier: string) =>
      ranked.reduce((sum, row) => sum + (row.tier === tier ? 1 : 0), 0)
    const members = total((each) => each.members)
    const termOverdue = number((each) => each.term === 'overdue')
    const termSoon = number((each) => each.term === 'soon')
    const due = number((each) => each.isCadenceKept !== undefined)
    const january = yearStart(day)
    let learnersToday = 0
    for (const [sum] of state.learners.get(day)?.values() ?? []) learnersToday += sum
    const inYear = (stage: OrderStage | 'any') => pipelines.between(`order/${stage}`, january, day)
    return {
      id: county,
      organizations: all.length,
      members,
      online: number((each) => each.isOnline),
      activitiesToday: total((each) => each.activitiesToday),
      activitiesYesterday: total((each) => each.activitiesYesterday),
      silent: number((each) => each.level > 0),
      silent60: number((each) => each.level >= 3),
      silent90: number((each) => each.level >= 4),
      silentYesterday: number((each) => each.wasSilent),
      duesUnpaid: total((each) => each.unpaid),
      duesUnpaidBranches: number((each) => each.unpaid > 0),
      duesUnpaidYesterday: total((each) => each.unpaidYesterday),
      termDue: termOverdue + termSoon,
      termOverdue,
      termSoon,
      gold: inTier('gold'),
      silver: inTier('silver'),
      yellow: inTier('yellow'),
      black: inTier('black'),
      meetingsRate: due === 0 ? 0 : number((each) => each.isCadenceKept === true) / due,
      learnersToday,
      learnersYesterdaySameTime: learnersUpTo(day - 1, minute),
      minutesPerMemberMonth:
        members === 0 ? 0 : Math.round((10 * total((each) => each.minutes)) / members) / 10,
      floatingMembers: total((each) => each.away.reduce((sum, { members: away }) => sum + away, 0)),
      floatingCommittees: number(
        ({ recorded }) => recorded.group === 'floating' && recorded.kind === 'committee',
      ),
      floatingBranches: number(
        ({ recorded }) => recorded.group === 'floating' && recorded.kind !== 'committee',
      ),
      ordersYear: inYear('any'),
      ordersClosedYear: inYear('verified'),
      streams,
      day: dayOfNumber(day),
    }
  }

  /** The latest that were held up to the end of the day; one with a date in the future waits for it. */
  function feedRows(day: number): Row<'feed'>[] {
    const latest: { id: string; held: Held }[] = []
    for (
      let index = feedOrder.days.length - 1;
      index >= 0 && latest.length < feedLength;
      index -= 1
    ) {
      const each = feedOrder.days[index] ?? day
      if (each > day) continue
      for (const id of feedDays.get(each) ?? []) {
        const one = held.get(id)
        if (one && judged.has(one.organization)) latest.push({ id, held: one })
      }
    }
    latest.sort((a, b) => b.held.activity.at - a.held.activity.at || (a.id < b.id ? -1 : 1))
    return latest.slice(0, feedLength).map(({ id, held: { organization, activity } }) => {
      const { at, form, title, present, expected, townshipReview, countyReview } = activity
      return {
        id,
        at: toInstant(at),
        organization,
        form,
        title,
        present,
        expected,
        townshipReview,
        countyReview,
      }
    })
  }

  return {
    fold({ add, remove, alsoRemove }) {
      if (remove) foldOne(remove, -1)
      if (alsoRemove) foldOne(alsoRemove, -1)
      if (add) foldOne(add, 1)
    },
    changes,
    board: () => board,
    roster: () => rosterOf(state),
    save: () => ({ reducer: reducerVersion, state: pack(state) }),
  }
}

function rosterOf(state: State): readonly RosterRow[] {
  const rows = [...state.organizations].flatMap(([id, { records, members }]) => {
    const recorded = records.at(-1)?.value.data
    return recorded ? [{ id, recorded, members: members.at(-1)?.value.members ?? 0 }] : []
  })
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

function isToday(held: Held | undefined, day: number): boolean {
  return held !== undefined && held.activity.day === day && held.activity.isCounted
}

/** `中共新田县龙泉镇委员会` → `龙泉镇`. */
function placeOf(committee: string): string {
  const bare = committee
    .replace(/^中共|^中国共产党/, '')
    .replace(/(党工委|工作委员会|党委|委员会|工委)$/, '')
  return bare.replace(/^.+?[县市区](?=.+[镇乡]|.+街道)/, '') || committee
}

/** Rows are flat, but for the list of learners. */
function isSame<R extends object>(a: R | undefined, b: R): boolean {
  if (!a) return false
  for (const key in b) {
    const left: unknown = a[key]
    const right: unknown = b[key]
    if (left === right) continue
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false
    if (left.some((each, index) => each !== right[index])) return false
  }
  return true
}
