import { expect, it } from 'vitest'
import { parseRules } from './rules-file.ts'

const read = (content: string) => parseRules(content, 'rules.yaml')

it('gives every county the defaults where nothing is written', () => {
  expect(read('').of('431128').thresholds.get('silence')).toEqual({
    yellowAfterDays: 30,
    orangeFromDays: 60,
    redFromDays: 90,
  })
})

it('lets a county change one threshold and keep what all others share', () => {
  const rules = read(
    'all:\n  rules:\n    silence: { yellowAfterDays: 40, redFromDays: 120 }\n    lecture: off\ncounties:\n  "511403":\n    rules:\n      silence: { yellowAfterDays: 30 }\n    tiers: { goldShare: 0.2 }\n',
  )
  expect(rules.of('431128').thresholds.get('silence')).toMatchObject({ yellowAfterDays: 40 })
  const own = rules.of('511403')
  expect(own.thresholds.get('silence')).toMatchObject({ yellowAfterDays: 30, redFromDays: 120 })
  expect(own.thresholds.has('lecture')).toBe(false)
  expect(own.tiers).toMatchObject({ goldShare: 0.2, silverShare: 0.25 })
})

it('lets a county change the hours of one stage of its cases', () => {
  const rules = read(
    'all:\n  cases: { verifiedHours: 12 }\ncounties:\n  "330824":\n    cases: { dispatchedHours: 48 }\n',
  )
  const standard = { collectedHours: 24, verifiedHours: 12, dispatchedHours: 72 }
  expect(rules.of('431128').cases).toEqual(standard)
  expect(rules.of('330824').cases).toEqual({ ...standard, dispatchedHours: 48 })
})

it('takes the rules of a county from its own file, over those of all, and refuses two words on one county', () => {
  const written = 'all:\n  rules:\n    lecture: off\n'
  const own = { code: '431128', rules: { rules: { silence: { yellowAfterDays: 45 } } } }
  const rules = parseRules(written, 'rules.yaml', own)
  expect(rules.of('431128').thresholds.get('silence')).toMatchObject({ yellowAfterDays: 45 })
  expect(rules.of('431128').thresholds.has('lecture')).toBe(false)
  expect(rules.of('330824').thresholds.get('silence')).toMatchObject({ yellowAfterDays: 30 })
  expect(rules.digest).not.toBe(parseRules(written, 'rules.yaml').digest)
  const twice = `${written}counties:\n  "431128": { floodFrom: 9 }\n`
  expect(() => parseRules(twice, 'rules.yaml', own)).toThrow(
    /the rules of 431128 stand here and in county\.yaml/,
  )
})

it.each([
  [
    'all:\n  cases:\n    verifiedHours: 0\n',
    /^rules\.yaml, line 3, column \d+: all\.cases\.verifiedHours: /,
  ],
  [
    'all:\n  cases:\n    handledHours: 9\n',
    /^rules\.yaml, line 3, column \d+: all\.cases\.handledHours: /,
  ],
  ['all:\n  rules:\n    silense: off\n', /^rules\.yaml, line 3, column \d+: all\.rules\.silense: /],
  [
    'all:\n  rules:\n    silence: { yellowAfterDays: 0 }\n',
    /^rules\.yaml, line 3, column \d+: all\.rules\.silence/,
  ],
  ['counties:\n  xintian: {}\n', /^rules\.yaml, line 2, column \d+: counties\.xintian: /],
  ['all: [\n', /^rules\.yaml, line \d+, column \d+: this is not YAML/],
])('names line, column and setting: %j', (content, sentence) => {
  expect(() => read(content)).toThrow(sentence)
})
