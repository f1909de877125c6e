import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import { JournalFull } from '../../relay/journal/journal.ts'
import { keyOf, planEntries, seeded } from './plan.ts'

const receivedAt = '2026-03-01T01:02:03.000Z'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

it('refuses whole groups on a full disk, keeps what it acknowledged, and goes on when there is space', async ({
  skip,
}) => {
  const folder = temporaryFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    skip(`needs the right to mount a tmpfs: ${String(error)}`)
  }
  onTestFinished(() => void execFileSync('umount', [folder]))

  const file = join(folder, 'journal.sqlite')
  const ballast = join(folder, 'ballast')
  writeFileSync(ballast, Buffer.alloc(1 << 20))
  const journal = openEmbeddedJournal(file)
  const plan = planEntries(7, 12_000)
  const acknowledged = new Set<string>()
  const refused = new Set<string>()
  const told: number[] = []
  journal.tail((news) => void told.push(...news.map(({ ordinal }) => ordinal)))

  async function deliver(from: number): Promise<boolean> {
    const batch = plan.slice(from, from + 40)
    const before = journal.head()
    try {
      await journal.append(batch, receivedAt)
      for (const entry of batch) acknowledged.add(keyOf(entry))
      return true
    } catch (error) {
      expect(error).toBeInstanceOf(JournalFull)
      expect(journal.head()).toEqual(before)
      for (const entry of batch) if (!acknowledged.has(keyOf(entry))) refused.add(keyOf(entry))
      return false
    }
  }

  let next = 0
  while (await deliver(next)) next += 40
  expect(next).toBeGreaterThan(0)
  expect(next).toBeLessThan(plan.length)
  // Still full: it keeps refusing, keeps answering questions, and a refusal of a delivery does not throw.
  expect(await deliver(next + 40)).toBe(false)
  journal.refusals.add({ platform: 'a', receivedAt, status: 503, reason: 'full', body: '' })
  expect(new Set(journal.read(0, 1e6).map(keyOf))).toEqual(acknowledged)
  expect([...refused].some((key) => acknowledged.has(key))).toBe(false)

  rmSync(ballast)
  expect(await deliver(next)).toBe(true)
  expect(journal.verify()).toEqual({ ok: true, ordinal: acknowledged.size })
  expect(told).toEqual(Array.from(acknowledged, (_, index) => index + 1))
  expect(journal.refusals.list().map(({ reason }) => reason)).toEqual(['full'])
  await journal.close()

  const again = openEmbeddedJournal(file)
  expect(new Set(again.read(0, 1e6).map(keyOf))).toEqual(acknowledged)
  await again.close()
})

it('never serves a flipped bit: it refuses to open, or the flip was in nothing that is read', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'journal.sqlite')
  const first = openEmbeddedJournal(file)
  await first.append(planEntries(11, 150), receivedAt)
  const expected = first.read(0, 1e6)
  await first.close()
  const bytes = readFileSync(file)

  const random = seeded(5)
  let refused = 0
  for (let flip = 0; flip < 200; flip++) {
    const damaged = Buffer.from(bytes)
    // A quarter of them in the first page, where SQLite keeps its header and table definitions.
    const at = Math.floor(random() * (flip % 4 === 0 ? 4096 : bytes.length))
    const bit = Math.floor(random() * 8)
    damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true })
    writeFileSync(file, damaged)
    let journal
    try {
      journal = openEmbeddedJournal(file)
    } catch (error) {
      expect(error, `byte ${at}, bit ${bit}`).toMatchObject({ name: 'JournalCorrupt' })
      refused += 1
      continue
    }
    expect(journal.read(0, 1e6), `byte ${at}, bit ${bit}`).toEqual(expected)
    const again = await journal.append(
      expected.map((entry) => ({ ...entry, partition: '431128' })),
      receivedAt,
    )
    expect(again, `byte ${at}, bit ${bit}`).toEqual(
      expected.map(({ ordinal }) => ({ status: 'duplicate', ordinal })),
    )
    await journal.close()
  }
  expect(refused).toBeGreaterThan(100)
}, 30_000)
