import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parseCountyFile, readCountyFiles } from './county-file.ts'

const publicDir = join(import.meta.dirname, '../public')
let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'county-'))
})
afterEach(() => {
  rmSync(dataDir, { recursive: true })
})
const read = () => readCountyFiles({ home: '431128', dataDir, publicDir })

it('names every county file after its code', () => {
  const files = read()
  for (const name of readdirSync(join(publicDir, 'counties')))
    expect(`${files.of(name.slice(0, 6)).code}.yaml`).toBe(name)
})

it('puts the own file of the data folder over the one that comes with the product', () => {
  expect(read().of('431128').masthead).toBe('新田智慧党建')
  const own =
    'code: "431128"\nmasthead: 新田红旗\noffice: 指挥中心\nmap: own\napproval: 湘S(2026)001号\npalette: { gold: "#E0C080" }\n'
  writeFileSync(join(dataDir, 'county.yaml'), own)
  expect(read().of('431128')).toMatchObject({ masthead: '新田红旗', map: 'own' })
})

it('gives a county without a file the name that its prefecture has for it, or a plain one, and no map', () => {
  expect(read().of('530102')).toMatchObject({
    code: '530102',
    masthead: '五华区智慧党建',
    map: null,
  })
  expect(read().of('110101')).toMatchObject({ code: '110101', masthead: '智慧党建', map: null })
})

it('takes what a wall is set to, and gives it to the screens', () => {
  const own =
    'code: "431128"\nmasthead: 新田红旗\noffice: x\nmap: null\napproval: null\nwall: { density: far, seams: 4x4, sleep: null, rotation: { ranking: 0 }, audience: public }\n'
  writeFileSync(join(dataDir, 'county.yaml'), own)
  expect(read().of('431128').wall).toEqual({
    density: 'far',
    seams: '4x4',
    sleep: null,
    rotation: { ranking: 0 },
    audience: 'public',
  })
})

it('refuses the file of another county', () => {
  writeFileSync(
    join(dataDir, 'county.yaml'),
    'code: "511403"\nmasthead: 彭山\noffice: ""\nmap: null\napproval: null\n',
  )
  expect(read).toThrow(/code is 511403, and COUNTY is 431128; make the two equal/)
})

it.each([
  ['code: "43112"\n', /line 1, column \d+: /],
  [
    'code: "431128"\nmasthead: 新田\noffice: x\nmap: ../keys\napproval: null\n',
    /line 4, column 6: map: /,
  ],
  [
    'code: "431128"\nmasthead: 新田\noffice: x\nmap: null\napproval: null\npalette: { gold: red }\n',
    /line 6, column \d+: palette\.gold: /,
  ],
  ['code: "431128"\nmasthead: 新田\noffice: x\nmap: null\napproval: null\ncolour: red\n', /colour/],
  [
    'code: "431128"\nmasthead: 新田\noffice: x\nmap: null\napproval: null\nwall:\n  seams: 9x1\n',
    /line 7, column 10: wall\.seams: /,
  ],
  [
    'code: "431128"\nmasthead: 新田\noffice: x\nmap: null\napproval: null\nwall: { dayParts: [{ from: 6, to: 12, scenes: [learn], times: 2 }] }\n',
    /line 6, column \d+: wall\.dayParts\.0\.scenes\.0: /,
  ],
  ['code: [\n', /this is not YAML/],
])('names line, column and setting: %j', (content, sentence) => {
  expect(() => parseCountyFile(content, 'county.yaml')).toThrow(sentence)
})
