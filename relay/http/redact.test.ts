import { expect, test } from 'vitest'
import { mask, redacted, unread } from './redact.ts'

const shows = new Set(['orgCode', 'payload', 'title', 'list'])

test('agreed fields keep their values, and everything else keeps its name alone', () => {
  const message = {
    orgCode: 'org-1',
    payload: { title: '主题党日', sfzh: '110105194912310021', more: { title: '张三' } },
    list: ['张三', { title: 7, 张三: [1] }],
  }
  expect(JSON.parse(redacted(message, shows))).toEqual({
    orgCode: 'org-1',
    payload: { title: '主题党日', sfzh: '•••', more: '•••' },
    list: ['•••', { title: 7, 张三: '•••' }],
  })
})

test('an agreed field that holds a number of a person, or far too long a text, does not keep it', () => {
  expect(JSON.parse(redacted({ title: '请致电13800138000' }, shows))).toEqual({
    title: `请致电${'•'.repeat(11)}`,
  })
  expect(redacted({ title: 13800138000 }, shows)).not.toContain('138')
  expect(redacted({ title: '话'.repeat(81) }, shows)).toBe('{"title":"•••(81 字)"}')
  expect(redacted({ 身份证110105194912310021: 1 }, shows)).not.toContain('1949')
})

test('numbers of persons are told from longer ones', () => {
  expect(mask('身份证 11010519491231002X,电话 13800138000')).not.toMatch(/\d/)
  expect(mask('432112345678901234567 和 43112810121701')).toBe(
    '432112345678901234567 和 43112810121701',
  )
})

test('of a body that cannot be read only its size is kept', () => {
  expect([unread(0), unread(9)]).toEqual(['', '(正文 9 字节,无法按报文读取,未保留)'])
  expect([redacted('张三', shows), redacted(undefined, shows)]).toEqual(['"•••"', '"•••"'])
})
