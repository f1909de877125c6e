import { describe, expect, it } from 'vitest'
import { columns } from './columns.ts'
import { diffRoster } from './diff-roster.ts'
import { readRoster, type Cell } from './read-roster.ts'
import { suggest } from './suggest.ts'

const divisions = {
  townships: [
    { code: '431128001', name: '龙泉街道' },
    { code: '431128101', name: '金陵镇' },
    { code: '330824901', name: '芹阳办事处' },
  ],
  villages: [
    { code: '431128101201', name: '篮田村委会' },
    { code: '431128001203', name: '新村村委会' },
    { code: '431128101209', name: '新村村委会' },
  ],
}
const titles = columns.map(({ title }) => title)
const good = {
  组织编码: 'a-1',
  组织名称: '篮田村党支部',
  组织类别: '党支部',
  组织分类: '乡镇',
  上级组织编码: '',
  所属乡镇: '金陵镇',
  '所在村(社区)': '篮田村委会',
  经度: 112.27,
  纬度: 25.94,
  成立日期: new Date('2001-07-01T00:00:00Z'),
  换届日期: '2029/3/1',
  党员人数: 46,
  选举日期: '2024年3月1日',
} satisfies Readonly<Record<string, Cell>>

const sheet = (
  ...rows: readonly Readonly<Record<string, Cell>>[]
): readonly (readonly Cell[])[] => [
  titles,
  ...rows.map((row) => titles.map((title) => row[title] ?? null)),
]
const read = (...rows: readonly Readonly<Record<string, Cell>>[]) =>
  readRoster(sheet(...rows), divisions, new Set(['known']))
const sentences = (...rows: readonly Readonly<Record<string, Cell>>[]) =>
  read(...rows).problems.map(({ row, column, sentence }) => `${row}${column ?? ''} ${sentence}`)

describe('a roster', () => {
  it('becomes organisations, whatever form a spreadsheet gives dates and numbers', () => {
    expect(read(good)).toEqual({
      problems: [],
      entries: [
        {
          id: 'a-1',
          members: 46,
          recorded: {
            name: '篮田村党支部',
            kind: 'branch',
            group: 'territory',
            township: '431128101',
            village: '431128101201',
            lng: 112.27,
            lat: 25.94,
            foundedOn: '2001-07-01',
            termEndsOn: '2029-03-01',
            electedOn: '2024-03-01',
          },
        },
      ],
    })
  })

  it.each([
    [{ 组织编码: '' }, '2A 组织编码:不能为空'],
    [{ 组织编码: '编码' }, '2A 组织编码:"编码" 应为 1–64 位字母、数字或 . _ : -,以字母或数字开头'],
    [{ 组织类别: '支部' }, '2C 组织类别:"支部" 应为 党委、党总支、党支部 之一'],
    [{ 组织类别: 'constructor' }, '2C 组织类别:"constructor" 应为 党委、党总支、党支部 之一'],
    [{ 上级组织编码: 'nobody' }, '2E 上级组织编码:本表和系统中都没有 "nobody"'],
    [{ 所属乡镇: '', '所在村(社区)': '' }, '2F 所属乡镇:乡镇类组织须填写'],
    [{ 所属乡镇: '龙泉镇', '所在村(社区)': '' }, '2F 所属乡镇:没有 "龙泉镇",是不是 "龙泉街道"'],
    [{ 所属乡镇: '金陆镇' }, '2F 所属乡镇:没有 "金陆镇",是不是 "金陵镇"'],
    [{ 所属乡镇: '火星基地' }, '2F 所属乡镇:没有 "火星基地",官方代码中没有的地方可写入 units.yaml'],
    [{ '所在村(社区)': '篮甜村委会' }, '2G 所在村(社区):没有 "篮甜村委会",是不是 "篮田村委会"'],
    [{ 经度: 212 }, '2H 经度:"212" 应为 73 至 136 的小数'],
    [{ 纬度: null }, '2I 纬度:经度和纬度须同时填写'],
    [{ 成立日期: '2026-02-30' }, '2J 成立日期:"2026-02-30" 不是真实存在的日期(YYYY-MM-DD)'],
    [{ 换届日期: '2000-01-01' }, '2K 换届日期:2000-01-01 早于成立日期 2001-07-01'],
    [{ 选举日期: '2000-01-01' }, '2M 选举日期:2000-01-01 早于成立日期 2001-07-01'],
    [{ 延期至: '2029-02-29' }, '2N 延期至:"2029-02-29" 不是真实存在的日期(YYYY-MM-DD)'],
    [{ 党员人数: 4.5 }, '2L 党员人数:"4.5" 不是 0 以上的整数'],
  ] as const)('names row, column and remedy: %o', (change, sentence) => {
    expect(sentences({ ...good, ...change })).toEqual([sentence])
  })

  it('asks for a code where a township has two villages of one name in the county', () => {
    const row = { ...good, 组织分类: '县直机关', 所属乡镇: '', '所在村(社区)': '新村村委会' }
    expect(sentences(row)[0]).toContain('有 2 个,请填代码:431128001203、431128101209')
    expect(sentences({ ...good, '所在村(社区)': '新村村委会' })).toEqual([])
  })

  it('finds a code that two rows share, and accepts a parent from the sheet or the relay', () => {
    expect(sentences(good, { ...good, 组织名称: '另一个' })).toEqual(['3A 组织编码:与第 2 行重复'])
    expect(sentences(good, { ...good, 组织编码: 'b', 上级组织编码: 'a-1' })).toEqual([])
    expect(sentences({ ...good, 上级组织编码: 'known' })).toEqual([])
  })

  it('reads columns by their titles, in any order, and says which it misses or does not know', () => {
    const [, values] = sheet(good)
    const turned = [titles.toReversed(), (values ?? []).toReversed()]
    expect(readRoster(turned, divisions, new Set()).entries).toEqual(read(good).entries)
    const { problems } = readRoster([['组织编号', '组织名称']], divisions, new Set())
    expect(problems[0]).toEqual({
      row: 1,
      column: 'A',
      sentence: '不认识的列 "组织编号",是不是 "组织编码"',
    })
    expect(problems.map(({ sentence }) => sentence)).toContain('缺少列 "党员人数"')
    expect(sentences().length).toBe(1)
  })

  it('takes a place that the official codes lack from the county’s own units', () => {
    expect(sentences({ ...good, 所属乡镇: '芹阳办事处', '所在村(社区)': '' })).toEqual([])
  })
})

describe('the comparison', () => {
  const [entry] = read(good).entries
  if (entry === undefined) throw new Error('no entry')

  it('tells new from changed from unchanged, field by field, and never removes', () => {
    const other = { ...entry, id: 'gone' }
    const now = new Map([
      ['a-1', { ...entry, members: 40 }],
      ['gone', other],
    ])
    const diff = diffRoster([entry, { ...entry, id: 'new' }], now)
    expect(diff.differences.map(({ entry: { id }, kind }) => [id, kind])).toEqual([
      ['a-1', 'changed'],
      ['new', 'new'],
    ])
    expect(diff.differences[0]?.fields).toEqual([['members', '40', '46']])
    expect(diff.differences[0]?.isRecordChanged).toBe(false)
    expect(diff.missing).toEqual([other])
    expect(diffRoster([entry], new Map([['a-1', entry]]))).toEqual({
      differences: [],
      unchanged: 1,
      missing: [],
    })
  })
})

it('suggests the renamed township before one that merely looks alike, and nothing for nonsense', () => {
  expect(suggest('龙泉镇', ['龙潭镇', '龙泉街道'])).toBe('龙泉街道')
  expect(suggest('龙全镇', ['枧头镇', '龙泉街道'])).toBe('龙泉街道')
  expect(suggest('乡镇', ['组织名称', '所属乡镇'])).toBe('所属乡镇')
  expect(suggest('', ['龙泉街道'])).toBeUndefined()
  expect(suggest('abcdef', ['龙泉街道'])).toBeUndefined()
})
