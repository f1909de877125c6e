import { expect, it } from 'vitest'
import { visible } from './visible.ts'

it('shows characters that reverse a line or hide in it, so that a refused text reads as it was sent', () => {
  expect(visible('{"zzmc":"\u202E积分"}')).toBe('{"zzmc":"\\u202E积分"}')
  expect(visible('a\u200bb\u0000c\ufeff')).toBe('a\\u200Bb\\u0000c\\uFEFF')
})

it('leaves text, line breaks and tabs alone', () => {
  const text = '{\n\t"支部": "篮田村党支部 𠮷"\n}'
  expect(visible(text)).toBe(text)
})
