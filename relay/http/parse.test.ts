import { expect, test } from 'vitest'
import { parseJson } from './parse.ts'

const parse = (text: string) => parseJson(Buffer.from(text))

test('ordinary JSON is read', () => {
  expect(parse('{"a:":["\\\\",{"b\\"":":"}],"c":1}')).toEqual({ 'a:': ['\\', { 'b"': ':' }], c: 1 })
})

test.each([
  ['{\n "activity": "hd-1",\n "present": x,\n "expected": 40\n}', 'near line 3, column 13'],
  ['{"name":"张三","phone":1380013800', 'near line 1, column 32'],
  ['{"name":"张三","phone":13800138000,,"note":"他说了什么"}', 'near line 1, column 34'],
  ['{"name":"张三', 'near line 1, column 12'],
  ['{"name":张三,"note":"他说了什么很长很长很长很长的一段话"}', 'near line 1, column'],
  ['', 'it ends too early'],
])(
  'what is no JSON is refused by its place, and not a word of it is repeated: %s',
  (text, place) => {
    const refusal = () => parse(text)
    expect(refusal).toThrow(place)
    expect(refusal).not.toThrow(/张三|他说|1380/)
  },
)

test('a key that appears twice is refused', () => {
  expect(() => parse('{"a":1,"a":2}')).toThrow(/key appears twice/)
})

test('the key __proto__ is refused wherever it hides', () => {
  expect(() => parse('{"a":[{"__proto__":{}}]}')).toThrow(/__proto__/)
})

test('32 levels are read and 33 are refused', () => {
  expect(parse('['.repeat(32) + ']'.repeat(32))).toBeDefined()
  expect(() => parse('['.repeat(33) + ']'.repeat(33))).toThrow(/nested/)
  expect(() => parse('['.repeat(120_000))).toThrow(/nested/)
})

test('bytes that are not UTF-8 are refused', () => {
  expect(() => parseJson(Buffer.from([0x22, 0xba, 0xec, 0xc6, 0xec, 0x22]))).toThrow(/UTF-8/)
})
