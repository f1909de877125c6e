import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from './text.ts'

test('a name cannot turn the direction of the text beside it', () => {
  expect(cleanText('积分\u202e54321\u2066')).toBe('积分54321')
})

test('invisible characters, controls and line breaks do not reach a screen', () => {
  expect(cleanText('\u0000红\u200b旗\u009f\n墙\u200d')).toBe('红旗 墙')
})

test('a mobile or identity number in a title is masked', () => {
  expect(cleanText('主题党日,联系人13800138000')).toBe(`主题党日,联系人${'•'.repeat(11)}`)
  expect(cleanText('名单 11010519491231002X')).toBe(`名单 ${'•'.repeat(18)}`)
})

test('at most three combining marks are stacked', () => {
  expect(cleanText(`x${'\u0301'.repeat(40)}`)).toBe('x\u0301\u0301\u0301')
})

test('cleaning twice is cleaning once, and the result is NFC', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const once = cleanText(text)
      expect(cleanText(once)).toBe(once)
      expect(once.normalize('NFC')).toBe(once)
    }),
    { seed: 7, numRuns: 1000 },
  )
})
