import { expect, test } from 'vitest'
import {
  count,
  countText,
  decimal,
  epochSeconds,
  fen,
  fenText,
  flag,
  json,
  list,
  localTime,
  masked,
  part,
  text,
} from './fields.ts'

test('a field that is wrong is named, with the way to it and what came', () => {
  const body = { a: { b: [{ c: 1 }, { c: 'x' }] } }
  const read = () =>
    part(body, 'a', new Set(['b']), (a) =>
      list(a, 'b', 9, new Set(['c']), (item) => count(item, 'c')),
    )
  expect(read).toThrow('字段 a.b[1].c 应为0 至 10000000 的整数,收到 "x"')
  expect(() => part(body, 'z', new Set(), () => 0)).toThrow('字段 z 缺失,应为对象')
})

test('a stranger is refused wherever it hides', () => {
  const known = new Set(['b'])
  expect(() => part({ a: { b: 1, x: 2 } }, 'a', known, () => 0)).toThrow(
    '字段 a."x" 未在接口中约定',
  )
  expect(() => list({ a: [{ x: 2 }] }, 'a', 9, known, () => 0)).toThrow('字段 a[0]."x" ')
})

test('epoch seconds become local time, milliseconds are refused by name', () => {
  expect(epochSeconds({ ts: 1_781_746_886 }, 'ts')).toBe('2026-06-18T09:41:26+08:00')
  expect(() => epochSeconds({ ts: 1_781_746_886_000 }, 'ts')).toThrow(/字段 ts .*不是毫秒/)
})

test('local time without an offset is Beijing time, and must be on the calendar', () => {
  expect(localTime({ t: '2024-02-29 23:59:59' }, 't')).toBe('2024-02-29T23:59:59+08:00')
  expect(() => localTime({ t: '2026-02-29 08:00:00' }, 't')).toThrow('真实存在的日期')
})

test('a number and a number in a string are two things', () => {
  expect([
    count({ n: 7 }, 'n'),
    countText({ n: '7' }, 'n'),
    decimal({ n: 7.5 }, 'n', 0, 9),
  ]).toEqual([7, 7, 7.5])
  expect(() => count({ n: '7' }, 'n')).toThrow('字段 n ')
  expect(() => countText({ n: 7 }, 'n')).toThrow('字段 n ')
  expect(() => flag({ n: 1 }, 'n')).toThrow('字段 n ')
})

test('a refusal never repeats a long text', () => {
  expect(() => text({ t: '密'.repeat(500) }, 't', 60)).toThrow(/收到 500 字的文本$/)
})

test('JSON in a text is refused in Chinese with the place where it breaks, and nothing of what stands there', () => {
  expect(json({ rows: '[{"a": 1}]' }, 'rows')).toEqual([{ a: 1 }])
  expect(() =>
    json(
      { rows: `[${'{"a": 1},'.repeat(9)}\n{"a": 1}, 密, {"a": 1}, {"a": 1}, {"a": 1}]` },
      'rows',
    ),
  ).toThrow(/^字段 rows 应为完整的 JSON 文本[^密]*,第 2 行第 11 列附近有误$/)
  const [deep, twice] = ['['.repeat(40), '[{"a": 1, "a": 2}]']
  for (const told of [deep, twice])
    expect(() => json({ rows: told }, 'rows')).toThrow(/^字段 rows 应为/)
  expect(() => json({ rows: [] }, 'rows')).toThrow('字段 rows 应为JSON 文本,收到 数组')
})

test('an amount is read to the fen, and a refusal never says what somebody earns', () => {
  expect(fen({ y: 3_000.01 }, 'y')).toBe(300_001)
  expect(fenText({ y: '3000.01' }, 'y')).toBe(300_001)
  for (const value of ['7351.935', '-7351', '七千351', '7351.93']) {
    const read = value === '7351.93' ? fen : fenText
    expect(() => read({ y: value }, 'y')).toThrow(/^字段 y 应为金额[^735]*$/)
  }
  expect(() => fen({ y: 7_351.935 }, 'y')).toThrow(/^字段 y 应为金额[^735]*$/)
  expect(() => fen({}, 'y')).toThrow('字段 y 缺失,应为金额')
  expect(() => list({ a: ['张三 7351'] }, 'a', 9, new Set(), () => 0)).toThrow(
    /^字段 a\[0\] 应为对象$/,
  )
})

test('a name is masked to its ends', () => {
  expect(['黄小平', '黄平', '黄*平', '欧阳小平'].map(masked)).toEqual([
    '黄*平',
    '黄*',
    '黄*平',
    '欧**平',
  ])
})
