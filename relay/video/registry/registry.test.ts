import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Audit } from '../../audit.ts'
import { followRegistry, type Registry } from './registry.ts'

const file = `# Cameras of the county.
cameras:
  - id: hall # behind the stage
    organization: org-1
    title: 会议室
    kind: rtsp
    url: rtsp://admin:hunter2@10.0.0.7/1
`
const cleared = `${file}    publicDisplay: true
    clearedBy: 张三
    clearedAt: 2026-06-18T09:00:00+08:00
`
const signature = { by: '李四', reason: '公开活动室', address: '10.0.0.9' }

let dataDir: string
let registry: Registry
let lines: string[]
let records: string[]
let isDiskFull: boolean
const audit: Audit = {
  record(act, by, about) {
    if (isDiskFull) throw new Error('ENOSPC')
    records.push(`${act} ${by} ${about}`)
  },
}
const path = () => join(dataDir, 'streams.yaml')
function write(content: string): void {
  writeFileSync(`${path()}.next`, content)
  renameSync(`${path()}.next`, path())
}
function follow(): void {
  registry = followRegistry({
    dataDir,
    audit,
    log: (line) => lines.push(line),
    env: {},
    home: '431128',
    now: () => Date.parse('2026-06-18T10:00:00+08:00'),
  })
}
const isPublic = () => registry.find('hall')?.clearance !== undefined
const soon = { timeout: 1_000, interval: 10 }

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'registry-'))
  lines = []
  records = []
  isDiskFull = false
  write(file)
})
afterEach(() => {
  registry.stop()
  rmSync(dataDir, { recursive: true })
})

it('knows who signed for a camera while the file says so, and records it', async () => {
  follow()
  expect([registry.find('hall')?.title, isPublic()]).toEqual(['会议室', false])
  write(cleared)
  await vi.waitFor(() => expect(isPublic()).toBe(true), soon)
  write(file)
  await vi.waitFor(() => expect(isPublic()).toBe(false), soon)
  expect(records).toEqual(['stream.cleared 张三 hall', 'stream.closed streams.yaml hall'])
})

it('goes on with what it knew while the file is broken, and says where', async () => {
  write(cleared)
  follow()
  write(cleared.replace('kind: rtsp', 'kind: [rtsp'))
  await vi.waitFor(() => expect(registry.fault()).toMatch(/line \d+/), soon)
  expect(isPublic()).toBe(true)
  expect(lines).toHaveLength(1)
  write(file)
  await vi.waitFor(() => expect(registry.fault()).toBeUndefined(), soon)
  expect(isPublic()).toBe(false)
})

it('has no cameras once the file is gone', async () => {
  write(cleared)
  follow()
  rmSync(path())
  await vi.waitFor(() => expect(registry.streams().cameras).toEqual([]), { timeout: 2_000 })
  expect(isPublic()).toBe(false)
})

it('signs for a camera and takes it back, and leaves the rest of the file as it was written', () => {
  follow()
  expect(registry.sign('none', { ...signature, isPublic: true })).toBe(false)
  expect(registry.sign('hall', { ...signature, isPublic: true })).toBe(true)
  expect(isPublic()).toBe(true)
  expect(registry.find('hall')?.clearance).toEqual({
    by: '李四',
    at: '2026-06-18T10:00:00+08:00',
    reason: '公开活动室',
  })
  const written = readFileSync(path(), 'utf8')
  for (const kept of ['# Cameras of the county.', '# behind the stage', 'hunter2'])
    expect(written).toContain(kept)
  expect(statSync(path()).mode & 0o077).toBe(0)
  expect(registry.sign('hall', { ...signature, isPublic: false, reason: '整改' })).toBe(true)
  expect(isPublic()).toBe(false)
  expect(readFileSync(path(), 'utf8')).not.toMatch(/clearedBy|李四/)
  expect(records).toEqual([
    'stream.cleared 10.0.0.9 hall by 李四: 公开活动室',
    'stream.closed 10.0.0.9 hall by 李四: 整改',
  ])
})

it('takes a clearance back at once on a full disk, and opens nothing there', async () => {
  write(cleared)
  follow()
  const heard: boolean[] = []
  registry.onChange(() => heard.push(isPublic()))
  isDiskFull = true
  expect(() => registry.sign('hall', { ...signature, isPublic: false })).toThrow()
  expect([isPublic(), heard]).toEqual([false, [false]])
  expect(() => registry.sign('hall', { ...signature, isPublic: true })).toThrow()
  expect(isPublic()).toBe(false)
  write(file)
  write(`${cleared}#`)
  await vi.waitFor(() => expect(registry.fault()).toMatch(/audit/), soon)
  expect(isPublic()).toBe(false)
  isDiskFull = false
  await vi.waitFor(() => expect(isPublic()).toBe(true), soon)
})
