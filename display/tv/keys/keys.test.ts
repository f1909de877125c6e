import { describe, expect, it } from 'vitest'
import { asked, firstKeyLesson, learn } from './lesson.ts'
import { profileOf, profiles, type ProfileName } from './profiles.ts'
import { meaningOf } from './remote-map.ts'

const plain = (set: ProfileName) => ({ set, learned: {} })
const press = (set: ProfileName, keyCode: number) => meaningOf({ keyCode }, plain(set))

describe.each(Object.entries(profiles))('the remote of %s', (name, { codes, ignored }) => {
  const set = name as ProfileName
  it('has the five keys that reach everything', () => {
    for (const action of ['up', 'down', 'left', 'right', 'ok', 'back'] as const)
      for (const code of codes[action] ?? []) expect(press(set, code)).toEqual({ action })
    expect(codes.back).toBeDefined()
  })
  it('means one thing by one code', () => {
    const all = [...Object.values(codes).flat(), ...ignored]
    expect(new Set(all).size).toBe(all.length)
  })
  it('has both kinds of digits', () => {
    expect(press(set, 48)).toEqual({ action: '0' })
    expect(press(set, 105)).toEqual({ action: '9' })
  })
})

describe('codes that collide', () => {
  it('mean what the set at hand means by them', () => {
    expect(press('tizen', 10009)).toEqual({ action: 'back' })
    expect(press('webos', 461)).toEqual({ action: 'back' })
    expect(press('iptv', 461)).toBe('unknown')
    expect(press('iptv', 257)).toEqual({ action: 'channel-up' })
    expect(press('tizen', 257)).toBe('unknown')
    expect(press('iptv', 275)).toEqual({ action: 'red' })
    expect(press('hbbtv', 403)).toEqual({ action: 'red' })
  })
  it('pass over what a box says by itself', () => expect(press('iptv', 768)).toBe('ignored'))
})

it('reads keys by name where an engine gives no code', () => {
  expect(meaningOf({ keyCode: 0, key: 'GoBack' }, plain('iptv'))).toEqual({ action: 'back' })
  expect(meaningOf({ keyCode: 229, key: 'ArrowUp' }, plain('iptv'))).toEqual({ action: 'up' })
})

it('knows the sets by what they say of themselves', () => {
  expect(profileOf('Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) Chrome/63')).toBe('tizen')
  expect(profileOf('Mozilla/5.0 (Web0S; Linux/SmartTV) Chrome/79')).toBe('webos')
  expect(profileOf('HbbTV/1.4.1 (+DRM; Sony)')).toBe('hbbtv')
  expect(profileOf('Mozilla/5.0 (Linux; Android 4.4.4; EC6108V9) Chrome/49')).toBe('iptv')
  expect(profileOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/140')).toBe('pc')
})

describe('a remote that is learned', () => {
  const teach = (codes: readonly number[]) => codes.reduce(learn, firstKeyLesson)
  it('asks for the five keys first and is done after the last', () => {
    expect(asked(firstKeyLesson)).toBe('up')
    expect(asked(teach([1, 2, 3, 4, 5]))).toBe('back')
    expect(asked(teach([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))).toBeNull()
  })
  it('does not take one code for two keys, and says for which it has it', () => {
    const twice = teach([1, 1])
    expect(asked(twice)).toBe('down')
    expect(twice.taken).toBe('up')
  })
  it('passes over what a remote lacks, by OK', () => {
    const poor = teach([1, 2, 3, 4, 5, 6, 5, 5, 5, 5, 5, 5])
    expect(asked(poor)).toBeNull()
    expect(poor.learned.red).toBeUndefined()
  })
  it('goes before the profile, which keeps what was not shown', () => {
    const map = { set: 'iptv', learned: { up: 37, left: 38 } } as const
    expect(meaningOf({ keyCode: 37 }, map)).toEqual({ action: 'up' })
    expect(meaningOf({ keyCode: 38 }, map)).toEqual({ action: 'left' })
    expect(meaningOf({ keyCode: 13 }, map)).toEqual({ action: 'ok' })
  })
})
