import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { countyCameras } from './platforms/xintian-cameras.ts'
import { makeCounty } from './platforms/xintian-county.ts'
import { registerCameras } from './register-cameras.ts'

const nowMs = Date.parse('2026-06-18T09:30:00+08:00')
const cameras = countyCameras(makeCounty({ asOf: '2026-06-18' }))
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cameras-'))
  file = join(folder, 'streams.yaml')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const register = (port: number): void =>
  registerCameras(file, cameras, (id) => `http://127.0.0.1:${port}/${id}.flv`, nowMs)
const read = (): { readonly cameras: readonly Record<string, unknown>[] } =>
  parse(readFileSync(file, 'utf8'))

test('two hundred cameras stand in a file that only its owner reads, some of them signed for', () => {
  register(1)
  const { cameras: written } = read()
  expect(written).toHaveLength(200)
  expect(new Set(written.map(({ id }) => id)).size).toBe(200)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const signed = written.filter(({ publicDisplay }) => publicDisplay === true)
  expect(signed.length).toBeGreaterThan(30)
  expect(signed.length).toBeLessThan(100)
  expect(
    signed.every(({ clearedBy, clearedAt }) => clearedBy !== undefined && clearedAt !== undefined),
  ).toBe(true)
})

test('a later start brings new addresses and leaves the rest to whoever wrote it', () => {
  register(1)
  const before = read().cameras
  const id = String(before.find(({ publicDisplay }) => publicDisplay === true)?.['id'])
  const closed = readFileSync(file, 'utf8').replace(
    new RegExp(`(id: ${id}\n(?:.*\n)*?.*publicDisplay: )true\n.*\n.*\n`),
    '$1false\n',
  )
  writeFileSync(
    file,
    `# ours\nlimits:\n  processes: 8\n${closed}  - { id: own, kind: rtsp, url: 'rtsp://10.0.0.7/1' }\n`,
  )
  register(2)
  const text = readFileSync(file, 'utf8')
  expect(text).toContain('# ours')
  expect(parse(text)).toMatchObject({ limits: { processes: 8 } })
  const after = read().cameras
  expect(after).toHaveLength(201)
  expect(after.at(-1)).toEqual({ id: 'own', kind: 'rtsp', url: 'rtsp://10.0.0.7/1' })
  const one = after.find((camera) => camera['id'] === id)
  expect(one).toMatchObject({ publicDisplay: false, url: `http://127.0.0.1:2/${id}.flv` })
  expect(one).not.toHaveProperty('clearedBy')
})

test('a broken file is left alone', () => {
  writeFileSync(file, 'cameras: [')
  expect(() => register(1)).toThrow(/mend or remove/)
  expect(readFileSync(file, 'utf8')).toBe('cameras: [')
})
