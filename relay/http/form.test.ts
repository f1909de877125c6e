import { expect, test } from 'vitest'
import { parseForm } from './form.ts'

const form = (text: string) => parseForm(Buffer.from(text))

test('fields are decoded once, with plus as a space', () => {
  expect(form('a=1+2&%E6%95%B0%E6%8D%AE=%7B%22x%22%3A1%7D&empty=&bare')).toEqual({
    a: '1 2',
    数据: '{"x":1}',
    empty: '',
    bare: '',
  })
})

test.each([
  ['a field twice', 'a=1&a=2', /"a" comes twice/],
  ['GBK escapes', 'a=%CA%FD%BE%DD', /not GBK/],
  ['a broken escape', 'a=%4', /UTF-8/],
  ['__proto__', '__proto__=1', /__proto__/],
  ['more than a hundred fields', Array.from({ length: 101 }, (_, i) => `f${i}=`).join('&'), /100/],
])('%s is refused with what to do', (_name, text, reason) => {
  expect(() => form(text)).toThrow(reason)
})

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseForm(Buffer.from([0x61, 0x3d, 0xca, 0xfd]))).toThrow(/UTF-8/)
})
