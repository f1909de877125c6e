/** The roster command against a real relay: template, dry run, errors, writing, and nothing left to do after it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import writeXlsx from 'write-excel-file/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removeDataDir, startRelay, type Relay } from '../support/relay.ts'

let relay: Relay
beforeAll(async () => {
  relay = await startRelay()
})
afterAll(async () => {
  await relay?.end()
  if (relay !== undefined) removeDataDir(relay.dataDir)
})

async function roster(...words: readonly string[]): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, ['relay/roster.ts', ...words], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, DATA_DIR: relay.dataDir, PORT: new URL(relay.url).port },
  })
  let text = ''
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (text += bytes.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, text }
}
const file = (name: string): string => join(relay.dataDir, name)
const figure = async (name: string): Promise<unknown> =>
  ((await (await fetch(`${relay.url}/v1/figures/431128`)).json()) as Record<string, unknown>)[name]

const titles =
  '组织编码,组织名称,组织类别,组织分类,上级组织编码,所属乡镇,经度,纬度,成立日期,党员人数'
const rows = [
  '431128101,中共新田县金陵镇委员会,党委,乡镇,,金陵镇,112.27,25.94,1995-07-01,6',
  '43112810121701,篮田村党支部,党支部,乡镇,431128101,金陵镇,112.28,25.95,2001-07-01,46',
]

it('writes a template that its own import reads, and refuses to overwrite a file', async () => {
  expect((await roster('template', file('名册.xlsx'))).code).toBe(0)
  const again = await roster('template', file('名册.xlsx'))
  expect([again.code, again.text]).toEqual([1, `${file('名册.xlsx')} 已存在:请换一个文件名\n`])
  const read = await roster('import', file('名册.xlsx'))
  expect(read.text).toContain('上级组织编码:本表和系统中都没有 "431128101"')
})

it('lists what is wrong by row and column and writes nothing', async () => {
  writeFileSync(
    file('bad.csv'),
    `${titles}\n${rows.join('\n').replace('金陵镇,112.28', '金陆镇,212')}\n`,
  )
  const { code, text } = await roster('import', file('bad.csv'), '--apply')
  expect(code).toBe(1)
  expect(text).toContain('第 3 行 F 列 所属乡镇:没有 "金陆镇",是不是 "金陵镇"')
  expect(text).toContain('第 3 行 G 列 经度:"212" 应为 73 至 136 的小数')
  expect(await figure('organizations')).toBe(0)
})

it('shows the difference first, writes it when told, and then finds nothing to do', async () => {
  writeFileSync(file('good.csv'), `${titles}\n${rows.join('\n')}\n`)
  const dry = await roster('import', file('good.csv'))
  expect(dry.text).toContain('新增 2,变更 0,不变 0')
  expect(dry.text).toContain('试运行')
  expect(await figure('organizations')).toBe(0)

  expect((await roster('import', file('good.csv'), '--apply')).text).toContain('接收 4 条')
  expect(await figure('organizations')).toBe(2)
  expect(await figure('members')).toBe(52)
  expect((await roster('import', file('good.csv'))).text).toContain('没有变化')

  const cells = [titles, rows[0], rows[1]?.replace('46', '47')].map((line) =>
    (line ?? '').split(',').map((value) => ({ value })),
  )
  await writeXlsx(cells).toFile(file('next.xlsx'))
  const changed = await roster('import', file('next.xlsx'), '--apply')
  expect(changed.text).toContain('~ 篮田村党支部(43112810121701):党员人数 46 → 47')
  expect(await figure('members')).toBe(53)
})

it('says in one sentence that the relay is not there, and keeps its list from strangers', async () => {
  const { code, text } = await roster('import', file('good.csv'), '--url', 'http://127.0.0.1:9')
  expect([code, text]).toEqual([
    1,
    '连不上汇聚中心 http://127.0.0.1:9:请先启动(npm start),或用 --url 指明地址\n',
  ])
  expect((await fetch(`${relay.url}/v1/roster/431128`)).status).toBe(401)
})
