/** What the wall makes of the machine's clock: the turn of a day, and a clock that was set. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { apply, boardOf } from '../protocol/apply.ts'
import type { Board } from '../protocol/board.ts'
import type { Event, EventData, EventKind } from '../protocol/events.ts'
import { dayMs, instantMs, toInstant } from '../protocol/time.ts'
import { createHub, type Hub } from './hub.ts'
import { openEmbeddedJournal } from './journal/embedded.ts'
import type { Stored } from './journal/journal.ts'
import { eventOf } from './scopes/reduction.ts'

const county = '431128'
const branch = '431128105001-01'
const hourMs = 3_600_000

interface Running {
  readonly hub: Hub
  /** Sets the machine's clock. */
  set(instant: string): void
  tell<K extends EventKind>(kind: K, time: string, data: EventData<K>): Promise<void>
  /** How often the relay has looked at its clock. */
  looks(): number
  log(): readonly Stored[]
  /** Days that the log says began, in its order. */
  days(): readonly string[]
  /** What a screen shows that is open since the start and is told patches only. */
  screen(): Board
  /** Waits until the log says that this day began. */
  dayOf(day: string): Promise<void>
  /** Stops and starts it again, on the same log, with its clock at this instant. */
  restart(instant: string): Promise<Running>
}
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

let told = 0

function start(instant: string, folder = mkdtempSync(join(tmpdir(), 'clock-'))): Running {
  let nowMs = instantMs(instant)
  let looks = 0
  const now = (): number => {
    looks += 1
    return nowMs
  }
  const journal = openEmbeddedJournal(join(folder, 'journal.sqlite'))
  const hub = createHub({ home: county, journal, now, flushMs: 5 })
  let shown = boardOf(hub.snapshot(county, 'wall'))
  hub.onChange((changes) => {
    for (const { scope, viewer, patch } of changes)
      if (scope === county && viewer === 'wall') shown = apply(shown, patch.puts, patch.deletes)
  })
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await hub.stop()
    await journal.close()
  }
  closing.push(async () => {
    await close()
    rmSync(folder, { recursive: true, force: true })
  })
  const log = (): readonly Stored[] => journal.read(0, 10_000)
  const days = (): readonly string[] =>
    log()
      .map(eventOf)
      .flatMap((event) => (event.kind === 'day.began' ? [event.data.day] : []))
  return {
    hub,
    set(next) {
      nowMs = instantMs(next)
    },
    async tell(kind, time, data) {
      told += 1
      const id = `told-${told}`
      const event = { kind, source: 'xintian', id, rev: 0, subject: branch, county, time, data }
      await hub.accept([event as unknown as Event])
    },
    looks: () => looks,
    log,
    days,
    screen: () => shown,
    dayOf: (day) => vi.waitFor(() => expect(days().at(-1)).toBe(day), { timeout: 5_000 }),
    async restart(next) {
      await close()
      return start(next, folder)
    },
  }
}

const recorded = {
  name: '乐大晚村党支部',
  kind: 'branch',
  group: 'territory',
  township: '431128105',
  lng: 112.2,
  lat: 25.75,
  foundedOn: '2001-07-01',
  termEndsOn: '2035-03-01',
} as const

/** Of the county beside it. */
function neighbour<K extends EventKind>(kind: K, subject: string, data: EventData<K>): Event {
  const time = '2026-06-30T23:55:00+08:00'
  const id = `${kind} ${subject}`
  return {
    kind,
    source: 'r',
    id,
    rev: 0,
    subject,
    county: '431129',
    time,
    data,
  } as unknown as Event
}

/** One branch that met at `time`. */
async function meets(relay: Running, time: string): Promise<void> {
  await relay.tell('organization.recorded', '2020-01-05T09:00:00+08:00', recorded)
  await relay.tell('branch.online', '2020-01-05T09:00:00+08:00', {})
  await relay.tell('activity.started', time, {
    activity: `met-${time}`,
    form: 'theme-day',
    title: '主题党日',
  })
}
const activeToday = (board: Board): boolean | undefined => board.branches.get(branch)?.activeToday
const metToday = (board: Board): number | undefined => board.townships.get('431128105')?.activeToday
/** Lets it tick a good many times: what should come once must not come again. */
async function ticks(relay: Running): Promise<void> {
  const before = relay.log().length
  await relay.tell('points.awarded', relay.hub.version().at, { points: 1, reason: 'quiz' })
  const looks = relay.looks()
  await vi.waitFor(() => expect(relay.looks()).toBeGreaterThan(looks + 40))
  expect(relay.log()).toHaveLength(before + 1)
}

describe('a day', () => {
  it.each([
    ['in the middle of a month', '2026-06-18', '2026-06-19'],
    ['at the end of a month of 30 days', '2026-06-30', '2026-07-01'],
    ['on a leap day', '2028-02-28', '2028-02-29'],
    ['after a leap day', '2028-02-29', '2028-03-01'],
    ['in March of a year that is no leap year', '2027-02-28', '2027-03-01'],
    ['at New Year', '2026-12-31', '2027-01-01'],
  ])('begins once, at midnight in Shanghai, %s', async (_when, before, after) => {
    const relay = start(`${before}T23:59:58+08:00`)
    await relay.dayOf(before)
    relay.set(`${before}T23:59:59.999+08:00`)
    await ticks(relay)
    expect(relay.days()).toEqual([before])
    relay.set(`${after}T00:00:00+08:00`)
    await relay.dayOf(after)
    await ticks(relay)
    expect(relay.days()).toEqual([before, after])
  })

  it('takes "today" off an open screen though nothing else happens', async () => {
    const relay = start('2026-06-30T23:50:00+08:00')
    await meets(relay, '2026-06-30T19:30:00+08:00')
    await vi.waitFor(() => expect(metToday(relay.screen())).toBe(1))
    expect(activeToday(relay.screen())).toBe(true)
    relay.set('2026-07-01T00:00:00+08:00')
    await vi.waitFor(() => expect(metToday(relay.screen())).toBe(0), { timeout: 5_000 })
    expect(activeToday(relay.screen())).toBe(false)
    expect((await relay.hub.figures(county, 'wall')).figures['activities.today']).toBe(0)
  })

  it('turns in a division of many organisations at once, though it is judged in slices while the rest goes on', async () => {
    const relay = start('2026-06-30T23:50:00+08:00')
    await meets(relay, '2026-06-30T19:30:00+08:00')
    const many = Array.from({ length: 3_000 }, (_, index) => `431129-${index}`)
    await relay.hub.accept(
      many.map((subject) => neighbour('organization.recorded', subject, recorded)),
    )
    await relay.hub.settle()
    const turns: unknown[] = []
    relay.hub.onChange((changes) => {
      for (const { scope, viewer, patch } of changes) {
        if (scope !== '431129' || viewer !== 'wall') continue
        const [row] = patch.puts.county ?? []
        turns.push([row?.day, row?.online, patch.puts.branches?.length ?? 0])
      }
    })
    const dayIn = (scope: string): string | undefined =>
      boardOf(relay.hub.snapshot(scope, 'wall')).county.get(scope)?.day

    relay.set('2026-07-01T00:00:00+08:00')
    await relay.dayOf('2026-07-01')
    await relay.tell('branch.offline', '2026-06-30T23:59:00+08:00', {})
    expect((await relay.hub.figures(county, 'wall')).figures['branches.online']).toBe(0)
    expect([dayIn(county), dayIn('431129')]).toEqual(['2026-07-01', '2026-06-30'])
    await relay.hub.accept([neighbour('branch.online', '431129-7', {})])
    expect(turns).toEqual([])

    await relay.hub.settle('431129')
    expect(turns).toEqual([
      ['2026-07-01', 0, many.length],
      ['2026-07-01', 1, 0],
    ])
  })

  it('begins once also when the relay is started anew on it', async () => {
    const relay = start('2026-12-31T23:00:00+08:00')
    await relay.dayOf('2026-12-31')
    const again = await relay.restart('2026-12-31T23:30:00+08:00')
    await ticks(again)
    const next = await again.restart('2027-01-01T06:00:00+08:00')
    await next.dayOf('2027-01-01')
    expect(next.days()).toEqual(['2026-12-31', '2027-01-01'])
  })
})

describe('a clock that is set', () => {
  it.each([
    ['an hour', hourMs],
    ['a day', dayMs],
    ['three days, to one that never began', 3 * dayMs],
  ])('back by %s neither repeats a day nor un-rings it', async (_by, byMs) => {
    const relay = start('2026-06-30T23:59:00+08:00')
    await meets(relay, '2026-06-30T19:30:00+08:00')
    relay.set('2026-07-01T00:10:00+08:00')
    await relay.dayOf('2026-07-01')
    await vi.waitFor(() => expect(metToday(relay.screen())).toBe(0))

    relay.set(toInstant(instantMs('2026-07-01T00:10:00+08:00') - byMs))
    await ticks(relay)
    relay.set('2026-07-01T00:20:00+08:00')
    await ticks(relay)
    expect(relay.days()).toEqual(['2026-06-30', '2026-07-01'])
    expect(activeToday(relay.screen())).toBe(false)
  })

  it.each([
    ['while it runs', false],
    ['while it is stopped', true],
  ])('back a day %s does not reorder what was received', async (_when, isStopped) => {
    const first = start('2026-07-01T10:00:00+08:00')
    await meets(first, '2026-07-01T09:00:00+08:00')
    const earlier = '2026-06-30T10:00:00+08:00'
    const relay = isStopped ? await first.restart(earlier) : first
    relay.set(earlier)
    await relay.tell('points.awarded', '2026-07-01T09:30:00+08:00', { points: 3, reason: 'quiz' })
    const received = relay.log().map((stored) => instantMs(stored.receivedAt))
    expect(received).toEqual(received.toSorted((a, b) => a - b))
    expect(received.at(-1)).toBe(instantMs('2026-07-01T10:00:00+08:00'))
    await vi.waitFor(() => expect(activeToday(relay.screen())).toBe(true))
  })

  it('forward by a week shows the right day at once', async () => {
    const relay = start('2026-06-24T10:00:00+08:00')
    await meets(relay, '2026-06-24T09:00:00+08:00')
    await vi.waitFor(() => expect(activeToday(relay.screen())).toBe(true))
    relay.set('2026-07-01T10:00:00+08:00')
    await relay.dayOf('2026-07-01')
    await vi.waitFor(() => expect(activeToday(relay.screen())).toBe(false))
    expect(relay.screen().branches.get(branch)?.silentDays).toBe(7)
    expect(relay.days()).toEqual(['2026-06-24', '2026-07-01'])
  })

  it('back by an hour does not keep the province waiting', async () => {
    const relay = start('2026-07-01T10:00:00+08:00')
    const province: number[] = []
    relay.hub.onChange((changes) => {
      for (const { scope, patch } of changes) if (scope === '430000') province.push(patch.version)
    })
    // Told before the clock is moved: a turn of the timer between the two would use up the province's second.
    const hears = async (clock: string): Promise<void> => {
      const heard = province.length
      relay.set(clock)
      await vi.waitFor(() => expect(province.length).toBeGreaterThan(heard))
    }
    await meets(relay, '2026-07-01T08:00:00+08:00')
    await hears('2026-07-01T09:00:00+08:00')
    await relay.tell('members.counted', '2026-07-01T08:30:00+08:00', { members: 41 })
    await hears('2026-07-01T09:00:02+08:00')
  })
})
