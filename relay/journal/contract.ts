import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Entry, Journal, Stored } from './journal.ts'

export interface JournalUnderTest {
  readonly journal: Journal
  /** Closes the journal and opens the same data again. */
  readonly reopen: () => Promise<Journal>
  readonly dispose: () => Promise<void>
}

const receivedAt = '2026-03-01T01:02:03.000Z'

export function entry(id: string, more: Partial<Entry> = {}): Entry {
  return {
    partition: '431128',
    source: '/platform/a',
    id,
    rev: 0,
    time: '2026-03-01T09:00:00+08:00',
    body: `{"id":"${id}"}`,
    ...more,
  }
}

export function entries(from: number, count: number): readonly Entry[] {
  return Array.from({ length: count }, (_, index) => entry(`e${from + index}`))
}

/** What every journal must do, whatever keeps it. `open` starts from nothing each time. */
export function journalContract(name: string, open: () => Promise<JournalUnderTest>): void {
  describe(`${name} keeps the journal's contract`, () => {
    let under: JournalUnderTest
    let journal: Journal

    beforeEach(async () => {
      under = await open()
      journal = under.journal
    })
    afterEach(() => under.dispose())

    it('starts empty, at ordinal 0', () => {
      expect(journal.head()).toEqual({ ordinal: 0, hash: '0'.repeat(64) })
      expect(journal.read(0, 10)).toEqual([])
      expect(journal.verify()).toEqual({ ok: true, ordinal: 0 })
    })

    it('numbers entries from 1 without gaps, across appends and a restart', async () => {
      await journal.append(entries(1, 3), receivedAt)
      await journal.append([...entries(2, 2), ...entries(4, 2)], receivedAt)
      journal = await under.reopen()
      await journal.append(entries(6, 1), receivedAt)
      expect(journal.read(0, 100).map(({ ordinal, id }) => [ordinal, id])).toEqual(
        [1, 2, 3, 4, 5, 6].map((ordinal) => [ordinal, `e${ordinal}`]),
      )
    })

    it('answers a repeated event with the ordinal of the first, inside a call, across calls and after a restart', async () => {
      expect(await journal.append([entry('a'), entry('b'), entry('a')], receivedAt)).toEqual([
        { status: 'accepted', ordinal: 1 },
        { status: 'accepted', ordinal: 2 },
        { status: 'duplicate', ordinal: 1 },
      ])
      expect(await journal.append([entry('b', { body: '{}' })], receivedAt)).toEqual([
        { status: 'duplicate', ordinal: 2 },
      ])
      journal = await under.reopen()
      expect(await journal.append([entry('a'), entry('c')], receivedAt)).toEqual([
        { status: 'duplicate', ordinal: 1 },
        { status: 'accepted', ordinal: 3 },
      ])
      expect(journal.find('/platform/a', 'b')?.body).toBe('{"id":"b"}')
    })

    it('tells the same id from two sources apart', async () => {
      await journal.append([entry('a'), entry('a', { source: '/platform/b' })], receivedAt)
      expect(journal.find('/platform/a', 'a')?.ordinal).toBe(1)
      expect(journal.find('/platform/b', 'a')?.ordinal).toBe(2)
    })

    it('keeps every revision and finds the highest, in whatever order they came', async () => {
      await journal.append(
        [entry('a', { rev: 2 }), entry('a', { rev: 10 }), entry('a', { rev: 0 })],
        receivedAt,
      )
      expect(journal.head().ordinal).toBe(3)
      expect(journal.find('/platform/a', 'a')?.rev).toBe(10)
      expect(journal.find('/platform/a', 'z')).toBeUndefined()
    })

    it('gives back what it was given, in any script, with and without a retraction', async () => {
      const given = [
        entry('党-🚩', {
          body: '{"标题":"红旗支部\\u0000😀","空":""}',
          retracts: '/platform/a 旧',
        }),
        entry('plain', { rev: 3, body: '' }),
      ]
      await journal.append(given, receivedAt)
      journal = await under.reopen()
      expect(journal.read(0, 10)).toEqual(
        given.map(({ source, id, rev, retracts, time, body }, index) => ({
          source,
          id,
          rev,
          time,
          body,
          ...(retracts === undefined ? {} : { retracts }),
          ordinal: index + 1,
          receivedAt,
          hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        })),
      )
    })

    it('refuses an event it could not give back, and stores nothing of that call', async () => {
      for (const bad of [
        entry('\0'),
        entry('\ud800'),
        entry('a', { rev: 0.5 }),
        entry('a', { rev: -1 }),
        entry('a', { time: 'yesterday' }),
      ]) {
        const neighbour = journal.append([entry(`n${journal.head().ordinal}`)], receivedAt)
        await expect(journal.append([entry('x'), bad], receivedAt)).rejects.toThrow(TypeError)
        await neighbour
      }
      expect(journal.find('/platform/a', 'x')).toBeUndefined()
      expect(journal.head().ordinal).toBe(5)
    })

    it('reads pages after an ordinal', async () => {
      await journal.append(entries(1, 10), receivedAt)
      expect(journal.read(3, 4).map(({ ordinal }) => ordinal)).toEqual([4, 5, 6, 7])
      expect(journal.read(8, 4).map(({ ordinal }) => ordinal)).toEqual([9, 10])
      expect(journal.read(10, 4)).toEqual([])
    })

    it('accepts an empty call', async () => {
      expect(await journal.append([], receivedAt)).toEqual([])
    })

    it('gives every one of many concurrent appends its own receipts', async () => {
      const calls = Array.from({ length: 200 }, (_, call) => entries(call * 5, 10))
      const answers = await Promise.all(calls.map((call) => journal.append(call, receivedAt)))
      const stored = new Map(journal.read(0, 10_000).map(({ id, ordinal }) => [id, ordinal]))
      expect(stored.size).toBe(1005)
      expect([...stored.values()]).toEqual(Array.from({ length: 1005 }, (_, index) => index + 1))
      calls.forEach((call, index) => {
        expect(answers[index]?.map(({ ordinal }) => ordinal)).toEqual(
          call.map(({ id }) => stored.get(id)),
        )
      })
      expect(answers.flat().filter(({ status }) => status === 'accepted')).toHaveLength(1005)
    })

    it('tells followers in ordinal order, before the append is answered, and never of duplicates', async () => {
      const seen: Stored[] = []
      const stop = journal.tail((news) => void seen.push(...news))
      await Promise.all(
        [1, 4, 2].map(async (from) => {
          const receipts = await journal.append(entries(from, 5), receivedAt)
          expect(seen.map(({ ordinal }) => ordinal)).toEqual(
            expect.arrayContaining(receipts.map(({ ordinal }) => ordinal)),
          )
        }),
      )
      expect(seen).toEqual(journal.read(0, 100))
      stop()
      await journal.append(entries(100, 1), receivedAt)
      expect(seen).toHaveLength(8)
    })

    it('links each entry to the one before, and ends at the head', async () => {
      await journal.append(entries(1, 20), receivedAt)
      const before = journal.head()
      expect(before).toEqual({ ordinal: 20, hash: journal.read(19, 1)[0]?.hash })
      journal = await under.reopen()
      expect(journal.head()).toEqual(before)
      expect(journal.verify()).toEqual({ ok: true, ordinal: 20 })
    })

    it('reads one partition alone, within ordinals and up to an event time', async () => {
      const at = (hour: number) => ({ time: `2026-03-01T${10 + hour}:00:00+08:00` })
      await journal.append(
        [
          entry('a', { partition: '530102', ...at(3) }),
          entry('b', { partition: '530103', ...at(0) }),
          entry('c', { partition: '530102', ...at(1) }),
          entry('d', { partition: '530102', ...at(2) }),
        ],
        receivedAt,
      )
      journal = await under.reopen()
      const all = { after: 0, upTo: 4, afterMs: -Infinity, untilMs: Infinity }
      const read = (more: Partial<typeof all>, limit = 10): readonly string[] =>
        journal.readPart('530102', { ...all, ...more }, limit).map(({ id }) => id)
      expect(read({})).toEqual(['a', 'c', 'd'])
      expect(read({}, 2)).toEqual(['a', 'c'])
      expect(read({ after: 1 })).toEqual(['c', 'd'])
      expect(read({ upTo: 3 })).toEqual(['a', 'c'])
      expect(read({ untilMs: Date.parse('2026-03-01T12:00:00+08:00') })).toEqual(['c', 'd'])
      expect(read({ afterMs: Date.parse('2026-03-01T11:00:00+08:00') })).toEqual(['a', 'd'])
      expect(journal.readPart('530104', all, 10)).toEqual([])
    })

    it('gives back the snapshots of the asked reducer part by part, after a restart too', async () => {
      await journal.append(entries(1, 6), receivedAt)
      for (const { ordinal, hash } of journal.read(0, 6)) {
        const state = new Uint8Array([ordinal, 0, 255])
        const part = ordinal % 2 === 0 ? '530102' : '530103'
        journal.saveSnapshot({ reducer: 1, part, ordinal, hash, timeMs: 100 * ordinal, state })
      }
      journal = await under.reopen()
      const kept = [6, 4, 2].map((ordinal) => ({
        reducer: 1,
        part: '530102',
        ordinal,
        timeMs: 100 * ordinal,
      }))
      expect(journal.snapshots(1, '530102')).toEqual(kept)
      expect(journal.snapshots(1).map(({ ordinal }) => ordinal)).toEqual([6, 5, 4, 3, 2, 1])
      expect(journal.snapshots(2)).toEqual([])
      const name = { reducer: 1, part: '530102', ordinal: 4 }
      expect(journal.loadSnapshot(name)).toEqual(new Uint8Array([4, 0, 255]))
      expect(journal.loadSnapshot({ ...name, ordinal: 5 })).toBeUndefined()
    })

    it('refuses a snapshot of a state that is not in the journal', async () => {
      await journal.append(entries(1, 2), receivedAt)
      const { hash } = journal.head()
      const given = { reducer: 1, part: '', hash, timeMs: 0, state: new Uint8Array() }
      expect(() => journal.saveSnapshot({ ...given, ordinal: 1 })).toThrow(RangeError)
      expect(() => journal.saveSnapshot({ ...given, ordinal: 3 })).toThrow(RangeError)
    })

    it('commits what is queued when it closes, and refuses appends from then on', async () => {
      const queued = journal.append(entries(1, 3), receivedAt)
      await journal.close()
      expect(await queued).toHaveLength(3)
      await expect(journal.append(entries(4, 1), receivedAt)).rejects.toThrow('closed')
      journal = await under.reopen()
      expect(journal.head().ordinal).toBe(3)
    })
  })
}
