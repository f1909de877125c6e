/** The past that a feed tells before it is live, and how it finds out that the relay knows it already. */
import type { Event } from '../protocol/events.ts'
import { dayMs } from '../protocol/time.ts'
import type { Position } from './cursor.ts'
import { countyEvents, makeCounty } from './platforms/xintian-county.ts'
import { eventsBetween } from './platforms/xintian-day.ts'
import { write } from './platforms/xintian.ts'
import type { Sender } from './send.ts'

const chunk = 6_000
const showEveryMs = 5_000
/** A branch that meets once a month has met within this many days. */
const memoryDays = 125

/** The county as it stands at `fromMs`, then its days up to `toMs`. */
export function* pastOf(
  county: ReturnType<typeof makeCounty>,
  fromMs: number,
  toMs: number,
  seed: number,
): Generator<Event> {
  yield* countyEvents(county, fromMs)
  // A short backfill still says when each branch met last, or all of them would look silent since they were founded.
  const remembered = toMs - memoryDays * dayMs
  if (remembered < fromMs) {
    const latest = new Map<string, Event>()
    for (const event of eventsBetween(county, remembered, fromMs, seed)) {
      if (event.kind === 'activity.submitted') latest.set(event.subject, event)
    }
    yield* latest.values()
  }
  yield* eventsBetween(county, fromMs, toMs, seed)
}

/** How much of what it must know the relay is asked about before the past is skipped. */
const probeOrganizations = 200
const probeEvents = 800

/**
 * Where the past need not be told again: the cursor's end, if it speaks of the same county and the relay
 * answers "duplicate" to all of a sample from it. Undefined where the log was emptied or exchanged.
 */
export async function resumeAt(
  told: Position | undefined,
  { seed, fromMs, atMs }: { seed: number; fromMs: number; atMs: number },
  sender: Sender,
): Promise<number | undefined> {
  if (told === undefined || told.seed !== seed || told.fromMs > fromMs + dayMs) return undefined
  if (told.doneMs > atMs || told.doneMs < told.fromMs) return undefined
  const county = makeCounty({ seed, asOf: told.asOf })
  const organizations = [...countyEvents(county, told.fromMs)].slice(-probeOrganizations)
  const latest = [
    ...eventsBetween(county, Math.max(told.fromMs, told.doneMs - dayMs), told.doneMs, seed),
  ]
  const sample = [...organizations, ...latest.slice(-probeEvents)]
  const { accepted, rejected } = await sender.send(sample.map(write))
  return accepted + rejected === 0 ? told.doneMs : undefined
}

interface Past {
  readonly sender: Sender
  readonly events: Iterable<Event>
  /** Between them lie the events, but for the county itself. */
  readonly fromMs: number
  readonly toMs: number
  log(line: string): void
  /** After each delivery: events taken so far, and the time before which none is missing. */
  onSent(sent: number, upToMs: number): void
}

/** Sends in the order of time, with a line to `log` every few seconds. */
export async function sendPast({ sender, events, fromMs, toMs, log, onSent }: Past): Promise<void> {
  const begun = performance.now()
  let sent = 0
  let shownMs = begun
  let open: object[] = []
  let lastMs = fromMs
  const count = () => sent.toLocaleString('en')
  const flush = async () => {
    const messages = open
    open = []
    await sender.send(messages)
    sent += messages.length
    onSent(sent, lastMs)
    const now = performance.now()
    if (now - shownMs < showEveryMs) return
    shownMs = now
    const percent = Math.max(0, Math.min(100, ((lastMs - fromMs) / (toMs - fromMs)) * 100))
    const rate = Math.round((sent / (now - begun)) * 1000).toLocaleString('en')
    log(`History: ${percent.toFixed(0)} %, ${count()} events, ${rate} a second`)
  }
  for (const event of events) {
    open.push(write(event))
    lastMs = Date.parse(event.time)
    if (open.length >= chunk) await flush()
  }
  await flush()
  log(
    `History: complete, ${count()} events in ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  )
}
