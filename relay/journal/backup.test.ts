import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { entries } from './contract.ts'
import { openEmbeddedJournal } from './embedded.ts'
import type { EmbeddedJournal } from './embedded.ts'

const receivedAt = '2026-03-01T01:02:03.000Z'

/** Runs one of the two commands as an operator would. */
function run(script: string, ...words: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, script), ...words],
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), said: (stdout + stderr).trim() })
      },
    )
  })
}

describe('backup and restore', () => {
  let folder: string
  let live: string
  let journal: EmbeddedJournal
  let copy: string

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'))
    live = join(folder, 'live')
    copy = join(folder, 'copy.sqlite')
    journal = openEmbeddedJournal(join(live, 'journal.sqlite'))
    await journal.append(entries(1, 500), receivedAt)
  })
  afterEach(async () => {
    await journal.close()
    rmSync(folder, { recursive: true })
  })

  it('copies a journal while the relay writes, and the copy is a journal up to some commit', async () => {
    let isDone = false
    const copying = run('backup.ts', live, copy).finally(() => (isDone = true))
    let next = 1000
    while (!isDone) {
      await journal.append(entries(next, 10), receivedAt)
      next += 10
    }
    expect(await copying).toMatchObject({
      code: 0,
      said: expect.stringMatching(/holds \d+ verified entries/),
    })
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const back = await run('restore.ts', copy, join(folder, 'new'))
    expect(back.code, back.said).toBe(0)
    const restored = openEmbeddedJournal(join(folder, 'new', 'journal.sqlite'))
    const { ordinal } = restored.head()
    expect(ordinal).toBeGreaterThanOrEqual(500)
    expect(restored.read(0, 1e6)).toEqual(journal.read(0, ordinal))
    await restored.close()
  })

  it('copies from inside the relay, and refuses to overwrite a file', async () => {
    await journal.backup(copy)
    await expect(journal.backup(copy)).rejects.toThrow('already exists')
    expect(await run('backup.ts', live, copy)).toMatchObject({
      code: 1,
      said: expect.stringContaining('already exists'),
    })
    expect(existsSync(`${copy}.partial`)).toBe(false)
  })

  it('restores from a copy on a read-only medium', async () => {
    await journal.backup(copy)
    chmodSync(copy, 0o400)
    expect((await run('restore.ts', copy, join(folder, 'new'))).said).toContain('500 verified')
  })

  it('does not restore under a running relay, nor over entries unless forced, and then keeps them aside', async () => {
    await journal.backup(copy)
    await journal.append(entries(501, 1), receivedAt)
    expect((await run('restore.ts', copy, live, '--force')).said).toContain(
      'in use by another relay',
    )
    await journal.close()
    expect(await run('restore.ts', copy, live)).toMatchObject({
      code: 1,
      said: expect.stringContaining('--force'),
    })
    // A mark ahead of the older log would let a connector skip the rows between.
    mkdirSync(join(live, 'marks'))
    writeFileSync(join(live, 'marks', 'grid.json'), '{"source":"outbox","mark":{"id":"501"}}')
    expect((await run('restore.ts', copy, live, '--force')).said).toContain('500 verified')
    expect(existsSync(join(live, 'marks'))).toBe(false)
    const aside = openEmbeddedJournal(join(live, 'journal.sqlite.replaced'))
    expect(aside.head().ordinal).toBe(501)
    await aside.close()
    journal = openEmbeddedJournal(join(live, 'journal.sqlite'))
    expect(journal.head().ordinal).toBe(500)
  })

  it('refuses a damaged copy and leaves the journal as it was', async () => {
    await journal.backup(copy)
    const bytes = readFileSync(copy)
    const at = bytes.indexOf('{"id":"e250"}')
    bytes[at + 8] = (bytes[at + 8] ?? 0) ^ 4
    writeFileSync(copy, bytes)
    await journal.close()
    expect(await run('restore.ts', copy, live, '--force')).toMatchObject({
      code: 1,
      said: expect.stringContaining('damaged at entry 250'),
    })
    journal = openEmbeddedJournal(join(live, 'journal.sqlite'))
    expect(journal.head().ordinal).toBe(500)
  })

  it('says in one sentence what is wrong with the words it was given', async () => {
    expect(await run('backup.ts')).toEqual({
      code: 1,
      said: 'Usage: npx node relay/journal/backup.ts DATA_DIR target',
    })
    expect((await run('backup.ts', join(folder, 'no'), copy)).said).toContain('is DATA_DIR right?')
    expect((await run('restore.ts', join(folder, 'no'), live)).said).toContain('does not exist')
  })
})
