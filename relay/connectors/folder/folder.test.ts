import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import writeXlsx from 'write-excel-file/node'
import type { ConfigOf } from '../config.ts'
import type { Outcome, Parcel } from '../connector.ts'
import { createFolder } from './folder.ts'

let folder = ''
let clock = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flagwall-folder-'))
  clock = 0
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const signal = new AbortController().signal
const config = (more: Partial<ConfigOf<'folder'>> = {}): ConfigOf<'folder'> => ({
  name: 'files',
  platform: 'xintian',
  kind: 'folder',
  folder,
  batch: 2,
  ...more,
})

/** Refuses what says 坏, as an adapter would. */
const outcomeOf = (parcel: Parcel): Outcome =>
  'wrong' in parcel
    ? { accepted: 0, duplicate: 0, refused: [parcel.wrong] }
    : JSON.stringify(parcel.body).includes('坏')
      ? { accepted: 0, duplicate: 0, refused: ['字段不对'] }
      : { accepted: 1, duplicate: 0, refused: [] }

/** Lets files settle and pulls until nothing is left; `steps` pulls at the most. */
async function work(
  source = createFolder(config(), () => clock),
  mark: unknown = undefined,
  steps = Infinity,
) {
  const parcels: Parcel[] = []
  if (mark === undefined) {
    await source.pull(mark, signal)
    clock += 5_000
  }
  for (let step = 0; step < steps; step++) {
    const pulled = await source.pull(mark, signal)
    parcels.push(...pulled.parcels)
    mark = await pulled.settle(pulled.parcels.map(outcomeOf))
    if (!pulled.isMore) break
  }
  return { bodies: parcels.map((parcel) => ('body' in parcel ? parcel.body : parcel.wrong)), mark }
}
const list = (name: string): readonly string[] => readdirSync(join(folder, name)).toSorted()
const reportOf = (name: string): string =>
  readFileSync(join(folder, 'failed', `${name}.报告.csv`), 'utf8')

test('a file is read row by row and goes to done/', async () => {
  writeFileSync(join(folder, 'a.csv'), '\ufeff编号,名称\r\n1, 一支部 \r\n\r\n2,"二,支部"\r\n')
  expect((await work()).bodies).toEqual([
    { 编号: '1', 名称: '一支部' },
    { 编号: '2', 名称: '二,支部' },
  ])
  expect([list('done'), list('failed')]).toEqual([['a.csv'], []])
})

test.each([
  ['GB18030', Buffer.from([0xb1, 0xe0, 0xba, 0xc5, 0x0a, 0xbb, 0xb5, 0x0a])],
  ['UTF-16LE', Buffer.from('\ufeff编号\n坏\n', 'utf16le')],
  ['UTF-8', Buffer.from('编号\n坏\n')],
])('%s is recognised', async (encoding, bytes) => {
  writeFileSync(join(folder, 'a.csv'), bytes)
  expect((await work()).bodies).toEqual([{ 编号: '坏' }])
  expect(reportOf('a.csv')).toContain(`按 ${encoding} 读取`)
})

test('a file that is still being written is left until it has settled', async () => {
  const file = join(folder, 'a.csv')
  writeFileSync(file, 'n\n1\n')
  const source = createFolder(config(), () => clock)
  expect((await source.pull(undefined, signal)).parcels).toEqual([])
  clock += 4_000
  appendFileSync(file, '2\n')
  await source.pull(undefined, signal)
  clock += 4_000
  expect((await source.pull(undefined, signal)).parcels).toEqual([])
  clock += 1_000
  expect((await source.pull(undefined, signal)).parcels).toHaveLength(2)
})

test('hidden files, lock files of Excel, links and other kinds are left alone', async () => {
  for (const name of ['.a.csv', '~$a.xlsx', 'a.csv.part', 'a.docx'])
    writeFileSync(join(folder, name), 'n\n1\n')
  symlinkSync('/etc/passwd', join(folder, 'link.csv'))
  expect((await work()).bodies).toEqual([])
  expect(list('.')).toContain('link.csv')
})

test('a workbook is read as a spreadsheet shows it, below its title', async () => {
  const cell = (value: string | number | Date) => ({
    value,
    ...(value instanceof Date ? { format: 'yyyy-mm-dd hh:mm:ss' } : {}),
  })
  await writeXlsx([
    [cell('六月积分')],
    ['编号', '分值', '时间', '日期'].map(cell),
    ['007', 0.1 + 0.2, new Date('2026-06-18T09:41:26Z'), new Date('2026-06-18T00:00:00Z')].map(
      cell,
    ),
  ]).toFile(join(folder, 'a.xlsx'))
  expect((await work(createFolder(config({ headerRow: 2 }), () => clock))).bodies).toEqual([
    { 编号: '007', 分值: '0.3', 时间: '2026-06-18 09:41:26', 日期: '2026-06-18' },
  ])
})

test.each([
  ['a.xls', 'x', {}, /旧版 \.xls 不能读取/],
  ['a.xlsx', 'not a workbook', {}, /不是可读取的 XLSX 文件/],
  ['a.csv', Buffer.from([0x61, 0xff, 0x00, 0xff]), {}, /文件编码无法识别/],
  ['a.csv', '', {}, /第 1 行没有表头/],
  ['a.csv', 'n,n\n1,2\n', {}, /表头中""n""出现两次/],
  ['a.csv', 'n\n1\n', { body: { a: '{分值}' } }, /缺少列""分值"";第 1 行的表头是:n/],
])(
  '%s that cannot be read goes to failed/ with the reason',
  async (name, content, more, reason) => {
    writeFileSync(join(folder, name), content)
    expect((await work(createFolder(config(more), () => clock))).bodies).toEqual([])
    expect(list('failed')).toEqual([name, `${name}.报告.csv`].toSorted())
    expect(reportOf(name)).toMatch(reason)
    expect(reportOf(name)).toMatch(/整个文件,,未读取/)
  },
)

test('an archive that says it unpacks to gigabytes is not unpacked', async () => {
  await writeXlsx([[{ value: 'n' }]]).toFile(join(folder, 'a.xlsx'))
  const bytes = readFileSync(join(folder, 'a.xlsx'))
  const directory = bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  bytes.writeUInt32LE(0xf0000000, directory + 24)
  writeFileSync(join(folder, 'a.xlsx'), bytes)
  await work()
  expect(reportOf('a.xlsx')).toMatch(/解压后超过 512 MB/)
})

test('an open quote is told at its row, and the rows before it count', async () => {
  writeFileSync(join(folder, 'a.csv'), 'n,m\n1,2\n3,"4\n5,6\n')
  expect((await work()).bodies[0]).toEqual({ n: '1', m: '2' })
  expect(reportOf('a.csv')).toMatch(/^3,,退回,"从本行起无法读取:双引号不成对/m)
  expect(reportOf('a.csv')).toMatch(/入库 1,重复 0,退回 1/)
})

test('a row with more cells than the head is shifted, and refused', async () => {
  writeFileSync(join(folder, 'a.csv'), 'n,m\n1,2,3\n4,5,\n')
  expect((await work()).bodies).toEqual(['本行有 3 列,表头只有 2 列', { n: '4', m: '5' }])
})

test('after a crash a file goes on behind its mark, with one report of all its rows', async () => {
  writeFileSync(join(folder, 'a.csv'), 'n\n1\n坏2\n坏3\n4\n坏5\n')
  const first = await work(undefined, undefined, 1)
  expect(first.bodies).toEqual([{ n: '1' }, { n: '坏2' }])
  // What the crash left in the report behind the mark is not told twice.
  appendFileSync(join(folder, '.a.csv.report'), '4,,退回,"字段不对"\r\n'.repeat(9))
  const second = await work(
    createFolder(config(), () => clock),
    first.mark,
  )
  expect(second.bodies).toEqual([{ n: '坏3' }, { n: '4' }, { n: '坏5' }])
  expect(reportOf('a.csv').match(/^\d+,,退回/gm)).toEqual(['3,,退回', '4,,退回', '6,,退回'])
  expect(reportOf('a.csv')).toMatch(/共 5 行:入库 2,重复 0,退回 3/)
})

test('a crash between the last row and the move only moves the file', async () => {
  writeFileSync(join(folder, 'a.csv'), 'n\n1\n坏2\n')
  const { mark } = await work(undefined, undefined, 2)
  expect(existsSync(join(folder, 'a.csv'))).toBe(true)
  const again = await work(
    createFolder(config(), () => clock),
    mark,
  )
  expect(again.bodies).toEqual([])
  expect(list('failed')).toEqual(['a.csv', 'a.csv.报告.csv'])
})

test('a second file of the same name does not replace the first', async () => {
  const source = createFolder(config(), () => clock)
  writeFileSync(join(folder, 'a.csv'), 'n\n1\n')
  await work(source)
  writeFileSync(join(folder, 'a.csv'), 'n\n2\n')
  await work(source)
  expect(list('done')).toEqual(['a (2).csv', 'a.csv'])
})

test('a message may name its file and row where a row has no id of its own', async () => {
  writeFileSync(join(folder, 'a.csv'), 'n\n7\n')
  const source = createFolder(
    config({ body: { id: '{@file}-{@row}', n: '{n|number}' } }),
    () => clock,
  )
  expect((await work(source)).bodies).toEqual([{ id: 'a.csv-2', n: 7 }])
})

test('a folder that cannot be used is told with what to do', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  const source = createFolder(config({ folder: file }), () => clock)
  await expect(source.pull(undefined, signal)).rejects.toThrow(
    /不能使用:请让汇聚中心的运行用户可写/,
  )
})
