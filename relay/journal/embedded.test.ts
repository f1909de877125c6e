import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entries, entry, journalContract } from './contract.ts'
import { openEmbeddedJournal, openWhileVerifying } from './embedded.ts'
import type { EmbeddedJournal } from './embedded.ts'
import { JournalCorrupt, JournalLocked } from './journal.ts'
import { withVerdict } from './verify-beside.ts'

const receivedAt = '2026-03-01T01:02:03.000Z'

journalContract('the embedded journal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'))
  const file = join(folder, 'journal.sqlite')
  let journal = openEmbeddedJournal(file)
  return {
    journal,
    async reopen() {
      await journal.close()
      return (journal = openEmbeddedJournal(file))
    },
    async dispose() {
      await journal.close()
      rmSync(folder, { recursive: true })
    },
  }
})

describe('the embedded journal', () => {
  let folder: string
  let file: string
  let journal: EmbeddedJournal

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'))
    file = join(folder, 'data', 'journal.sqlite')
    journal = openEmbeddedJournal(file)
  })
  afterEach(async () => {
    await journal.close()
    rmSync(folder, { recursive: true })
  })

  /** Changes the closed file behind the journal's back. */
  async function tamper(sql: string): Promise<void> {
    await journal.close()
    const db = new DatabaseSync(file)
    db.exec(sql)
    db.close()
  }

  it('is readable by its owner alone', async () => {
    await journal.append(entries(1, 1), receivedAt)
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
    for (const suffix of ['', '-wal', '-shm', '.lock'])
      expect(statSync(file + suffix).mode & 0o777).toBe(0o600)
  })

  it('lets one relay write at a time, and the next one after it closes', async () => {
    expect(() => openEmbeddedJournal(file)).toThrow(JournalLocked)
    await journal.append(entries(1, 1), receivedAt)
    await journal.close()
    journal = openEmbeddedJournal(file)
    expect(journal.head().ordinal).toBe(1)
  })

  it('splits a long queue into several commits without reordering it', async () => {
    await journal.close()
    journal = openEmbeddedJournal(file, { flushGroup: 7 })
    const groups: number[] = []
    journal.tail((news) => void groups.push(news.length))
    await Promise.all(
      [entries(1, 10), entries(11, 3), entries(14, 3), entries(17, 3)].map((call) =>
        journal.append(call, receivedAt),
      ),
    )
    expect(groups).toEqual([10, 6, 3])
    expect(journal.read(0, 100).map(({ id }) => id)).toEqual(entries(1, 19).map(({ id }) => id))
  })

  it.each([
    ['a changed body', "UPDATE entries SET body = body || ' ' WHERE ordinal = 4", 4],
    ['a changed revision', 'UPDATE entries SET rev = 9 WHERE ordinal = 5', 5],
    ['an added retraction', "UPDATE entries SET retracts = '/platform/a e1' WHERE ordinal = 2", 2],
    [
      'a changed reception time',
      "UPDATE entries SET received_at = '2020-01-01T00:00:00Z' WHERE ordinal = 1",
      1,
    ],
    ['a removed entry', 'DELETE FROM entries WHERE ordinal = 3', 3],
    ['a cut tail', 'DELETE FROM entries WHERE ordinal > 6', 7],
    ['a forgotten head', 'DELETE FROM head', 10],
    ['a dropped uniqueness', 'DROP INDEX entries_key', 0],
  ])('does not open over %s, and says where', async (_, sql, ordinal) => {
    await journal.append(entries(1, 9), receivedAt)
    await tamper(sql)
    let thrown: unknown
    try {
      openEmbeddedJournal(file)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(JournalCorrupt)
    expect(thrown).toMatchObject({ ordinal })
    expect(String(thrown)).toContain(`entry ${ordinal}`)
    await expect(openAndVerify()).rejects.toMatchObject({ name: 'JournalCorrupt', ordinal })
  })

  /** As the relay starts: open, read and append at once, and wait for the verdict. */
  async function openAndVerify(read: (opened: EmbeddedJournal) => unknown = () => undefined) {
    const { journal: opened, verified } = openWhileVerifying(file)
    try {
      const appended = opened.append(entries(100, 1), receivedAt)
      appended.catch(() => undefined)
      await withVerdict(verified, () => read(opened))
      await appended
    } finally {
      await opened.close()
    }
  }

  it('is read while it is verified, and takes what was appended meanwhile', async () => {
    await journal.append(entries(1, 9), receivedAt)
    await journal.close()
    let read = 0
    await openAndVerify((opened) => (read = opened.read(0, 100).length))
    expect(read).toBe(9)
    journal = openEmbeddedJournal(file)
    expect(journal.head().ordinal).toBe(10)
  })

  it('writes nothing into a damaged log, and blames the damage for what its reader stumbled over', async () => {
    await journal.append(entries(1, 9), receivedAt)
    await tamper("UPDATE entries SET body = '{' WHERE ordinal = 4")
    const stumble = (opened: EmbeddedJournal) =>
      opened.read(3, 1).map(({ body }) => JSON.parse(body))
    await expect(openAndVerify(stumble)).rejects.toMatchObject({ name: 'JournalCorrupt' })
    const db = new DatabaseSync(file)
    expect(db.prepare('SELECT count(*) AS count FROM entries').get()).toEqual({ count: 9 })
    db.close()
  })

  it('finds on demand what changed while it was open', async () => {
    await journal.append(entries(1, 9), receivedAt)
    const db = new DatabaseSync(file)
    db.exec("UPDATE entries SET time = '2020-01-01T00:00:00Z' WHERE ordinal = 4")
    db.close()
    expect(journal.verify()).toMatchObject({ ok: false, ordinal: 4 })
  })

  it('gives no damaged snapshot, and keeps the one before', async () => {
    await journal.append(entries(1, 2), receivedAt)
    for (const { ordinal, hash } of journal.read(0, 2)) {
      const state = new Uint8Array([ordinal])
      journal.saveSnapshot({ reducer: 1, part: '', ordinal, hash, timeMs: 0, state })
    }
    await tamper("UPDATE snapshots SET state = x'09' WHERE ordinal = 2")
    journal = openEmbeddedJournal(file)
    expect(journal.loadSnapshot({ reducer: 1, part: '', ordinal: 2 })).toBeUndefined()
    expect(journal.loadSnapshot({ reducer: 1, part: '', ordinal: 1 })).toEqual(new Uint8Array([1]))
  })

  it('keeps 32 snapshots of a part, the newest and the oldest among them, near any past entry', async () => {
    await journal.append(entries(1, 200), receivedAt)
    for (const { ordinal, hash } of journal.read(0, 200)) {
      const state = new Uint8Array(8)
      journal.saveSnapshot({ reducer: 1, part: '', ordinal, hash, timeMs: 0, state })
    }
    const kept = journal.snapshots(1, '').map(({ ordinal }) => ordinal)
    expect(kept).toHaveLength(32)
    expect(kept.slice(0, 3)).toEqual([200, 199, 198])
    const gaps = kept.map((ordinal, index) => ordinal - (kept[index + 1] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(16)
  })

  it('keeps the snapshots of the two newest reducers', async () => {
    await journal.append(entries(1, 1), receivedAt)
    for (const reducer of [1, 2, 3]) {
      const { hash } = journal.head()
      const state = new Uint8Array(8)
      journal.saveSnapshot({ reducer, part: '', ordinal: 1, hash, timeMs: 0, state })
    }
    expect([1, 2, 3].map((reducer) => journal.snapshots(reducer).length)).toEqual([0, 1, 1])
  })

  it('takes over a journal of format 1 with its chain, and knows whose each entry is', async () => {
    const told = (kind: string, county: string) => ({
      body: JSON.stringify({ kind, county }),
    })
    await journal.append(
      [
        entry('a', told('points.awarded', '431128')),
        entry('b', told('day.began', '431128')),
        entry('c', told('source.reported', '530000')),
      ],
      receivedAt,
    )
    await tamper(`DROP TABLE parts; DROP TABLE snapshots; PRAGMA user_version = 1;
      CREATE TABLE snapshots (
  reducer INTEGER NOT NULL, ordinal INTEGER NOT NULL, hash TEXT NOT NULL, digest TEXT NOT NULL, state BLOB NOT NULL,
  PRIMARY KEY (reducer, ordinal)
) STRICT`)
    journal = openEmbeddedJournal(file)
    expect(journal.verify()).toEqual({ ok: true, ordinal: 3 })
    const untilMs = Date.parse('2026-03-01T09:00:00+08:00')
    const found = ['431128', '000000*', '530000*'].map((partition) =>
      journal
        .readPart(partition, { after: 0, upTo: 3, afterMs: -Infinity, untilMs }, 9)
        .map(({ id }) => id),
    )
    expect(found).toEqual([['a'], ['b'], ['c']])
  })

  it('lists refusals newest first, by platform and by page, and cuts their bodies at 64 KB of whole characters', () => {
    for (let count = 1; count <= 5; count++) {
      const platform = count % 2 === 0 ? 'even' : 'odd'
      journal.refusals.add({
        platform,
        receivedAt,
        status: 400,
        reason: `r${count}`,
        body: '旗'.repeat(30_000),
      })
    }
    const reasons = (filter?: Parameters<typeof journal.refusals.list>[0]) =>
      journal.refusals.list(filter).map(({ reason }) => reason)
    expect(reasons()).toEqual(['r5', 'r4', 'r3', 'r2', 'r1'])
    expect(reasons({ platform: 'odd', limit: 2 })).toEqual(['r5', 'r3'])
    expect(reasons({ before: 3 })).toEqual(['r2', 'r1'])
    expect(journal.refusals.list({ limit: 1 })[0]).toEqual({
      number: 5,
      platform: 'odd',
      receivedAt,
      status: 400,
      reason: 'r5',
      body: '旗'.repeat(21_845),
    })
  })

  it('keeps the newest 10,000 refusals', () => {
    for (let count = 0; count < 10_500; count++) {
      journal.refusals.add({ platform: 'p', receivedAt, status: 400, reason: '', body: '' })
    }
    const kept = journal.refusals.list({ limit: 20_000 })
    expect([kept.length, kept.at(-1)?.number]).toEqual([10_000, 501])
  })

  it('answers an append although a follower threw', async () => {
    // vitest would count the surfaced error as a failure of the run, so it is received here instead.
    const others = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    const surfaced = new Promise((resolve) => process.once('uncaughtException', resolve))
    try {
      journal.tail(() => {
        throw new Error('follower')
      })
      expect(await journal.append([entry('a')], receivedAt)).toEqual([
        { status: 'accepted', ordinal: 1 },
      ])
      expect(String(await surfaced)).toContain('follower')
    } finally {
      for (const other of others) process.on('uncaughtException', other)
    }
  })
})
