import { expect, test } from 'vitest'
import { columnAt, columnsOf, fill, templateFault } from './template.ts'

const row = {
  id: '9007199254740993',
  points: 5,
  note: null,
  blank: '',
  at: '2026-06-18 09:41:26.123456+08',
  day: '2026-06-18',
  payload: '{"fz":"5"}',
}

test('a value is written as text unless told, and a long id keeps its digits', () => {
  expect(
    fill(
      { a: '{id}', b: '{points}', c: '{points|number}', d: '{payload|json}', e: 'P{id}-{points}' },
      row,
    ),
  ).toEqual({
    ok: true,
    body: { a: '9007199254740993', b: '5', c: 5, d: { fz: '5' }, e: 'P9007199254740993-5' },
  })
})

test('a field without a value is left out, and a text around it stays', () => {
  expect(
    fill({ a: '{note}', b: '{blank}', c: 'x{note}y', list: ['{note}', '{points}'] }, row),
  ).toEqual({
    ok: true,
    body: { c: 'xy', list: ['5'] },
  })
})

test('times become the local time that dialects send', () => {
  expect(fill({ a: '{at|time}', b: '{day|time}' }, row)).toEqual({
    ok: true,
    body: { a: '2026-06-18 09:41:26', b: '2026-06-18 00:00:00' },
  })
})

test.each([
  ['{id|json}x{day|number}', /列 day 应为数字,收到 "2026-06-18"/],
  ['{day|json}', /列 day 不是合法的 JSON/],
  ['{points|time}', /列 points 应为北京时间/],
])('%s that does not fit is a refusal in Chinese', (template, reason) => {
  const filled = fill(template, row)
  expect(filled.ok ? '' : filled.reason).toMatch(reason)
})

test('JSON in a column is as strict as the door', () => {
  const deep = { payload: `${'['.repeat(40)}${']'.repeat(40)}`, twice: '{"a":1,"a":2}' }
  expect(fill('{payload|json}', deep).ok).toBe(false)
  expect(fill('{twice|json}', deep).ok).toBe(false)
})

test.each([
  ['字段 payload.fz 应为-1000 至 1000 的整数(字符串),收到 "x"', '分值'],
  ['字段 list[0].payload.fz 应为整数', '分值'],
  ['字段 payload.fz 缺失,应为整数', '分值'],
  ['列 时间 应为北京时间 YYYY-MM-DD HH:MM:SS,收到 "六月"', '时间'],
  ['字段 msgId 应为编码', undefined],
  ['字段 areaCode 应为本县代码', undefined],
  ['本行有 3 列,表头只有 2 列', undefined],
])('%s is about the column %s', (reason, column) => {
  const template = {
    areaCode: '431128',
    list: [{ msgId: '{前缀}-{编号}', occurTime: '{时间|time}', payload: { fz: '{分值}' } }],
  }
  expect(columnAt(template, reason)).toBe(column)
})

test('where the row itself is the message, its fields are its columns', () => {
  expect(columnAt(undefined, '字段 "备注" 未在接口中约定,请删除')).toBe('备注')
})

test('a template tells its columns and its faults', () => {
  expect([...columnsOf({ a: '{x}', b: [{ c: 'n {y|number}{z}' }], d: 1 })]).toEqual(['x', 'y', 'z'])
  expect(templateFault({ a: ['{x|nmber}'] })).toMatchObject({ at: ['a', 0] })
  expect(templateFault({ a: '{x|number} { not a reference', b: null })).toBeUndefined()
})
