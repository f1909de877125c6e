/** The relay's hub and sockets and the wall's own link and store, together, over a line that loses things. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { io } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { createWall } from '../../display/board.ts'
import { followRelay, type Socket } from '../../display/link.ts'
import { boardOf } from '../../protocol/apply.ts'
import { tableNames, type Board } from '../../protocol/board.ts'
import type { Event } from '../../protocol/events.ts'
import { dayMs } from '../../protocol/time.ts'
import { afterwards, effort, log, patienceMs } from '../../relay/core/arbitrary.ts'
import { reducerVersion } from '../../relay/core/core.ts'
import { createHub, type Hub } from '../../relay/hub.ts'
import { openEmbeddedJournal, type EmbeddedJournal } from '../../relay/journal/embedded.ts'
import type { Entry, Stored } from '../../relay/journal/journal.ts'
import { everywhereAs, thePublic, viewerOf, type Reach } from '../../relay/reach.ts'
import { entryOf, eventOf } from '../../relay/scopes/reduction.ts'
import { serveScreens } from '../../relay/socket/screens.ts'
import { until } from '../support/relay.ts'

const county = '431128'
const runs = effort(10)
const named = `${runs.numRuns} runs from seed ${runs.seed}`

interface Node {
  readonly hub: Hub
  readonly journal: EmbeddedJournal
  close(): Promise<void>
}
/** Publishes only when asked. The clock stands on the day after the events of `log`, `aheadMs` later. */
function open(file: string, aheadMs = 0): Node {
  const journal = openEmbeddedJournal(file)
  const now = (): number => afterwards - dayMs / 2 + aheadMs
  const hub = createHub({ home: county, journal, now, flushMs: 1e9 })
  return {
    hub,
    journal,
    async close() {
      await hub.stop()
      await journal.close()
    },
  }
}

/** A log that another node began; without its first day a hub would begin one of its own. Returns how long it is. */
async function beginWith(file: string, entries: readonly Stored[]): Promise<number> {
  const journal = openEmbeddedJournal(file)
  for (const entry of entries) await journal.append([again(entry)], entry.receivedAt)
  await journal.close()
  return entries.length
}

const sorted = (board: Board): unknown =>
  tableNames.map((name) => [name, [...board[name].values()].sort((a, b) => (a.id < b.id ? -1 : 1))])

const again = (stored: Stored): Entry => entryOf(eventOf(stored))

/** Of the newest state of every division, and of what they share. */
function stateHash(journal: EmbeddedJournal): string {
  const newest = new Map(
    journal
      .snapshots(reducerVersion)
      .map((name) => [name.part, name] as const)
      .toReversed(),
  )
  const hash = createHash('sha256')
  for (const part of [...newest.keys()].toSorted()) {
    const name = newest.get(part)
    const state = name && journal.loadSnapshot(name)
    // Compressed bytes depend on the slices that they were written in.
    hash.update(part).update(state === undefined ? '' : zstdDecompressSync(state))
  }
  return hash.digest('hex')
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sync-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe(`a second node (${named})`, () => {
  it(
    '[node A = node B] has the same state, byte for byte, from the same log, however it read and when it restarted',
    async () => {
      const restarts = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 })
      await fc.assert(
        fc.asyncProperty(log, fc.integer({ min: 1, max: 30 }), restarts, (events, step, isDown) =>
          inFolder(async (folder) => {
            const one = open(join(folder, 'a.sqlite'))
            for (let from = 0; from < events.length; from += step) {
              await one.hub.accept(events.slice(from, from + step))
              if (isDown[(from / step) % 12] === true) one.hub.flush()
            }
            // B reads A's log in parts of its own, publishing and restarting at its own moments.
            const entries = one.journal.read(0, 1e6)
            let behind = await beginWith(join(folder, 'b.sqlite'), entries.slice(0, 3))
            let other = open(join(folder, 'b.sqlite'), 3_600_000)
            for (let part = 0; behind < entries.length; part += 1) {
              for (const entry of entries.slice(behind, behind + 7))
                await other.journal.append([again(entry)], entry.receivedAt)
              behind += 7
              if (part % 2 === 0) other.hub.flush()
              if (isDown[part % 12] !== true) continue
              await other.close()
              other = open(join(folder, 'b.sqlite'), 3_600_000)
            }
            expect(other.journal.head()).toEqual(one.journal.head())
            await one.close()
            await other.close()
            const [a, b] = ['a', 'b'].map((name) =>
              openEmbeddedJournal(join(folder, `${name}.sqlite`)),
            )
            expect(a && stateHash(a)).toBe(b && stateHash(b))
            await a?.close()
            await b?.close()
          }),
        ),
        runs,
      )
    },
    patienceMs,
  )
})

describe(`a relay whose platforms send again (${named})`, () => {
  it(
    '[redelivery] counts everything once, keeps its version, and tells the screens nothing',
    async () => {
      // The epoch is named after the first entry, so there has to be one.
      const some = log.filter((events) => events.length > 0)
      const deliveries = some.chain((events) =>
        fc.tuple(fc.constant(events), fc.shuffledSubarray([...events]), fc.boolean()),
      )
      await fc.assert(
        fc.asyncProperty(deliveries, ([events, again, isRestarted]) =>
          inFolder(async (folder) => {
            let node = open(join(folder, 'log.sqlite'))
            await node.hub.accept(events)
            node.hub.flush()
            const before = [
              node.hub.version(county),
              sorted(boardOf(node.hub.snapshot(county, 'county'))),
            ]
            if (isRestarted) {
              await node.close()
              node = open(join(folder, 'log.sqlite'))
            }
            const told: unknown[] = []
            node.hub.onChange((changes) => told.push(...changes))
            const receipts = await node.hub.accept([...again, ...events])
            node.hub.flush()
            expect(receipts.every(({ status }) => status === 'duplicate')).toBe(true)
            expect(told).toEqual([])
            expect([
              node.hub.version(county),
              sorted(boardOf(node.hub.snapshot(county, 'county'))),
            ]).toEqual(before)
            await node.close()
          }),
        ),
        runs,
      )
    },
    patienceMs,
  )
})

describe(`a screen on a bad line (${named})`, () => {
  it(
    '[patched = fresh] never shows another board than the relay had at that version, and ends with the fresh one',
    async () => {
      const reach = fc.constantFrom<Reach>(
        thePublic,
        everywhereAs('wall'),
        everywhereAs('county'),
        { audience: 'township', code: '431128100' },
      )
      const losses = fc.array(fc.constantFrom('keep', 'keep', 'lose', 'again', 'late'), {
        minLength: 40,
        maxLength: 40,
      })
      await fc.assert(
        fc.asyncProperty(
          log,
          reach,
          losses,
          fc.integer({ min: 1, max: 9 }),
          fc.nat({ max: 40 }),
          (events, reach, fates, step, breaksAt) =>
            inFolder((folder) =>
              watch(open(join(folder, 'log.sqlite')), { events, reach, fates, step, breaksAt }),
            ),
        ),
        runs,
      )
    },
    patienceMs,
  )
})

interface Line {
  readonly events: readonly Event[]
  readonly reach: Reach
  readonly fates: readonly string[]
  readonly step: number
  /** The part of the events after which the connection breaks once. */
  readonly breaksAt: number
}

async function watch(node: Node, line: Line): Promise<void> {
  const { hub } = node
  const http = createServer()
  const screens = serveScreens({
    http,
    hub,
    clock: () => performance.now(),
    now: Date.now,
    reachOf: () => line.reach,
    heartbeatMs: 120,
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const client = io(`http://127.0.0.1:${port}`, {
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
  })

  const wall = createWall()
  const truth = new Map<number, unknown>()
  const viewer = viewerOf(line.reach, county)
  const fresh = (): unknown => sorted(boardOf(hub.snapshot(county, viewer)))
  const remember = (): void => void truth.set(hub.version(county).version, fresh())
  remember()
  const check = (): void => {
    const { board, version, epoch } = wall.store.getState()
    if (epoch !== null) expect(sorted(board)).toEqual(truth.get(version))
  }
  const wrong: unknown[] = []
  wall.store.subscribe(() => {
    try {
      check()
    } catch (error) {
      wrong.push(error)
    }
  })

  let patches = 0
  let isCalm = false
  /** Loses, repeats and delays patches; all else passes. */
  const lossy: Socket = {
    on: (name: string, listener: (message: unknown) => void) =>
      client.on(name, (message: unknown) => {
        const fate = name === 'patch' && !isCalm ? line.fates[patches++ % 40] : 'keep'
        if (fate === 'lose') return
        if (fate === 'late') {
          setTimeout(() => listener(message), 25)
          return
        }
        listener(message)
        if (fate === 'again') listener(message)
      }),
    emit: client.emit.bind(client),
    connect: () => client.connect(),
    disconnect: () => client.disconnect(),
  }
  const stop = followRelay(wall, {
    scope: county,
    socket: lossy,
    fetchJson: async () => {
      // The board may move on while its snapshot is under way.
      const body: unknown = JSON.parse(JSON.stringify(hub.snapshot(county, viewer)))
      await new Promise((resume) => setTimeout(resume, 5))
      return body
    },
    clock: () => performance.now(),
    random: () => 0,
  })
  try {
    await until('the first board', () => wall.store.getState().connection === 'live')
    for (let from = 0, part = 0; from < line.events.length; from += line.step, part += 1) {
      await hub.accept(line.events.slice(from, from + line.step))
      hub.flush()
      remember()
      if (part === line.breaksAt) client.io.engine.close()
      await new Promise((resume) => setTimeout(resume, 2))
    }
    isCalm = true
    await until(
      'the screen to come level',
      () => wall.store.getState().version === hub.version(county).version,
    )
    check()
    expect(wrong).toEqual([])
    expect(sorted(wall.store.getState().board)).toEqual(fresh())
  } finally {
    stop()
    await screens.stop()
    await node.close()
  }
}
