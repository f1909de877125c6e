/** A board as it was: the log again, up to a moment. */
import { covers, everywhere } from '../../protocol/division.ts'
import type { Board } from '../../protocol/board.ts'
import { emptyBoard } from '../../protocol/apply.ts'
import type { Event } from '../../protocol/events.ts'
import { instantMs, localDay } from '../../protocol/time.ts'
import type { Journal } from '../journal/journal.ts'
import type { Rules } from '../rules-file.ts'
import { createReduction, eventOf } from './reduction.ts'
import { createTree } from './tree.ts'

/** The day on which `at` falls began for every division. */
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
export async function boardAt(
  journal: Journal,
  rules: Rules,
  scope: string,
  at: string,
): Promise<Board> {
  const until = instantMs(at)
  const seen = new Map<string, Event>()
  const past = createReduction((source, id) => seen.get(`${source} ${id}`), rules)
  const last = journal.head().ordinal
  let after = 0
  while (after < last) {
    const part = journal.read(after, 5_000)
    if (part.length === 0) break
    for (const stored of part) {
      after = stored.ordinal
      const event = eventOf(stored)
      const isHeard = covers(scope, event.county) || covers(event.county, scope)
      if (!isHeard || instantMs(event.time) > until) continue
      past.fold({ ...stored, receivedAt: at })
      const key = `${event.source} ${event.id}`
      const known = seen.get(key)
      if (known === undefined || known.rev < event.rev) seen.set(key, event)
    }
    await new Promise<void>((resume) => setImmediate(resume))
  }
  const day = dayBegan(localDay(until))
  past.fold({
    ordinal: after + 1,
    source: day.source,
    id: `${day.id}-again`,
    rev: day.rev,
    time: day.time,
    receivedAt: at,
    hash: '',
    body: JSON.stringify({ ...day, id: `${day.id}-again` }),
  })
  const tree = createTree(past.divisions)
  tree.begin()
  return tree.board(scope)?.board() ?? emptyBoard()
}
