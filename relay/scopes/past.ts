/**
 * A board as it was: the nearest state at or before the moment, and what the log has to say since.
 *
 * Two pasts differ. `now`: what held at the moment, as it is known today; late events are in it, and what was
 * revised or taken back since is not. `then`: what the boards showed at the moment; of what the relay had received
 * by then, everything. Where the two differ, the past was corrected.
 */
import { emptyBoard } from '../../protocol/apply.ts'
import type { Board } from '../../protocol/board.ts'
import { above, covers, everywhere } from '../../protocol/division.ts'
import type { Event } from '../../protocol/events.ts'
import { instantMs, localDay } from '../../protocol/time.ts'
import { reducerVersion } from '../core/core.ts'
import type { Journal, Stored } from '../journal/journal.ts'
import { createDivision, type Division } from './division.ts'
import { eventOf, type Reduction } from './reduction.ts'
import { loadDivision } from './store.ts'
import type { Rules } from '../rules-file.ts'
import { createTree } from './tree.ts'

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

/** Steps aside between parts of the log, so that the living boards go on. */
export async function boardAt(log: Log, scope: string, moment: Moment): Promise<Board> {
  const past = new Map<string, Division>()
  for (const division of log.living.divisions.values()) {
    if (!covers(scope, division.code)) continue
    const found = await divisionAt(log, division, moment)
    if (found !== undefined) past.set(division.code, found)
  }
  const tree = createTree(past)
  tree.begin(moment.atMs)
  return tree.board(scope)?.board() ?? emptyBoard()
}

/** Undefined when the relay had not heard of the division. */
async function divisionAt(
  { journal, rules, living }: Log,
  division: Division,
  moment: Moment,
): Promise<Division | undefined> {
  const { code } = division
  const upTo =
    moment.known === 'now' ? journal.head().ordinal : lastReceivedBy(journal, moment.atMs)
  const untilMs = moment.known === 'now' ? moment.atMs : Infinity
  if (division.last().born > upTo) return undefined
  const saved = loadDivision(
    journal,
    journal
      .snapshots(reducerVersion, code)
      .filter(({ ordinal, timeMs }) => ordinal <= upTo && timeMs <= untilMs),
  )
  const past = createDivision(code, rules.of(code), saved)
  const after = saved?.ordinal ?? 0

  const since = division.corrections().filter(({ by }) => by > after)
  for (const { by, removed } of since.filter((each) => each.by <= upTo && each.removed <= after)) {
    const [stored] = journal.read(removed - 1, 1)
    if (stored === undefined) continue
    past.fold({ event: eventOf(stored), sign: -1, ordinal: removed }, { ordinal: by, atMs: 0 })
  }
  /** Taken back later than the boards could know. */
  const stillHeld = new Set(since.filter(({ by }) => by > upTo).map(({ removed }) => removed))
  for (const partition of [code, ...[code, ...above(code), everywhere].map((each) => `${each}*`)]) {
    for await (const stored of entriesOf(journal, partition, { after, upTo, untilMs })) {
      if (!stillHeld.has(stored.ordinal) && !living.holds(stored)) continue
      const { ordinal } = stored
      past.fold({ event: eventOf(stored), sign: 1, ordinal }, { ordinal, atMs: 0 })
    }
  }
  if (moment.known === 'now') {
    const event = dayBegan(localDay(moment.atMs))
    past.fold({ event, sign: 1, ordinal: 0 }, { ordinal: upTo + 1, atMs: 0 })
  }
  return past
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
