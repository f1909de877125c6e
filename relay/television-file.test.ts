import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseTelevisionFile, readTelevisionFiles } from './television-file.ts'

const publicDir = join(import.meta.dirname, '../public')
let dataDir = ''
let warned: string[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'television-'))
  warned = []
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
})
const read = () =>
  readTelevisionFiles({
    home: '431128',
    dataDir,
    publicDir,
    warn: (sentence) => warned.push(sentence),
  })
const own = (title: string, code = '431128') =>
  `code: "${code}"\ncallsign: null\ntitle: ${title}\nhelp: null\nlessons: []\ncalendar: []\nradio: []\nnotices: []\n`
let writes = 0
/** Two writes within one tick of the file system's clock would look like one. */
function write(content: string): void {
  const file = join(dataDir, 'television.yaml')
  writeFileSync(file, content)
  writes += 1
  utimesSync(file, writes, writes)
}

it('names every file after its code', () => {
  const files = read()
  for (const name of readdirSync(join(publicDir, 'television')))
    expect(`${files.of(name.slice(0, 6)).code}.yaml`).toBe(name)
})

it('gives a county without a file an empty one', () => {
  expect(read().of('530102')).toMatchObject({ code: '530102', lessons: [], radio: [] })
})

it('shows what was changed while the relay runs, and keeps the last good file after a mistake', () => {
  const files = read()
  write(own('甲'))
  expect(files.of('431128').title).toBe('甲')
  write('code: [\n')
  expect(files.of('431128').title).toBe('甲')
  expect(warned.join()).toMatch(/television\.yaml, line \d+.*not YAML.*stays in force/)
  write(own('乙'))
  expect(files.of('431128').title).toBe('乙')
})

it('refuses the file of another county at the start', () => {
  write(own('甲', '511403'))
  expect(read).toThrow(/code is 511403, and COUNTY is 431128; make the two equal/)
})

it.each([
  [own('甲').replace('radio: []', 'radio: [{ at: "25:00" }]'), /line 7/],
  [own('甲').replace('help: null', 'help: { phone: 1 }'), /line 4, column \d+: help/],
  [own('甲').replace('title: 甲', 'titel: 甲'), /titel|title/],
])('names line and setting: %j', (content, sentence) => {
  expect(() => parseTelevisionFile(content, 'television.yaml')).toThrow(sentence)
})
