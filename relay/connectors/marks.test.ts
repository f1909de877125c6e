import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openMarks } from './marks.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagwall-marks-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a mark is there again after a restart, and the newest wins', async () => {
  expect(await openMarks(folder, 'grid', 'outbox').read()).toBeUndefined()
  await openMarks(folder, 'grid', 'outbox').save({ id: '7' })
  await openMarks(folder, 'grid', 'outbox').save({ id: '9' })
  expect(await openMarks(folder, 'grid', 'outbox').read()).toEqual({ id: '9' })
})

test('a write that a crash cut off leaves the mark before it', async () => {
  await openMarks(folder, 'grid', 'outbox').save({ id: '7' })
  writeFileSync(join(folder, 'marks', 'grid.json.new'), '{"source":"outb')
  expect(await openMarks(folder, 'grid', 'outbox').read()).toEqual({ id: '7' })
})

test('a mark of another table would skip rows in silence, so it is refused with what to do', async () => {
  await openMarks(folder, 'grid', 'outbox').save({ id: '7' })
  await expect(openMarks(folder, 'grid', 'inbox').read()).rejects.toThrow(
    /记录的是 outbox 的进度.*换一个 name/,
  )
})

test('a damaged mark is told with what to do', async () => {
  await openMarks(folder, 'grid', 'outbox').save(1)
  writeFileSync(join(folder, 'marks', 'grid.json'), '{')
  await expect(openMarks(folder, 'grid', 'outbox').read()).rejects.toThrow(/已损坏:删除后从头读取/)
})
