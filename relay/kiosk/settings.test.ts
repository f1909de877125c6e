import { expect, test } from 'vitest'
import { isOn, jitterMs, nextRestart } from './hours.ts'
import { parseKiosk } from './settings.ts'
import { unitOf } from './units.ts'

const parse = (content: string) => parseKiosk(content, 'kiosk.yaml')
const at = (instant: string) => Date.parse(`2026-06-18T${instant}+08:00`)

test('one line is enough', () => {
  expect(parse('relay: http://10.0.0.5:8080')).toMatchObject({
    relay: new URL('http://10.0.0.5:8080'),
    monitors: [{ at: [0, 0], size: null, page: '/' }],
    restart: 250,
    hours: null,
  })
})

test.each([
  ['', 'relay'],
  ['relay: 10.0.0.5:8080', 'relay'],
  ['relay: http://user:word@10.0.0.5', 'relay'],
  ['relay: http://a\nmonitors: []', 'monitors'],
  ['relay: http://a\nmonitors: [{ page: //elsewhere/ }]', 'monitors.0.page'],
  ['relay: http://a\nmonitors: [{ size: [0, 1080] }]', 'monitors.0.size.0'],
  ['relay: http://a\nrestart: "24:00"', 'restart'],
  ['relay: http://a\nscreens: 1', 'screens'],
  ['relay: [', 'this is not YAML'],
])('%j is refused at its place', (content, place) => {
  expect(() => parse(content)).toThrow(new RegExp(`^kiosk.yaml, line \\d, column \\d+: .*${place}`))
})

test('hours that are none are refused', () => {
  expect(() => parse('relay: http://a\nhours: { on: "07:00", off: "07:00" }')).toThrow(
    'same minute',
  )
})

test('monitors are on in their hours, over midnight too', () => {
  const day = { on: 7 * 60, off: 23 * 60 }
  expect([at('06:59:59'), at('07:00:00'), at('23:00:00')].map((now) => isOn(day, now))).toEqual([
    false,
    true,
    false,
  ])
  const night = { on: 20 * 60, off: 60 }
  expect(
    [at('19:59:59'), at('23:59:00'), at('00:30:00'), at('01:00:00')].map((now) => isOn(night, now)),
  ).toEqual([false, true, true, false])
  expect(isOn(null, at('03:00:00'))).toBe(true)
})

test('browsers are started anew once a day, machines at their own minutes', () => {
  const due = at('04:10:00')
  expect(nextRestart(250, 0, at('04:00:00'))).toBe(due)
  expect(nextRestart(250, 0.5, at('04:00:00'))).toBe(due + jitterMs / 2)
  expect(nextRestart(250, 0, due)).toBe(due + 86_400_000)
})

test('a unit keeps names with blanks, quotes and per cent in one word', () => {
  const unit = unitOf({
    user: 'wall',
    folder: '/srv/red wall',
    file: '/srv/50%"a".yaml',
    node: '/n',
  })
  expect(unit).toContain(
    'ExecStart=/usr/bin/xinit "/srv/red wall/relay/kiosk/session.sh" "/n" "/srv/50%%\\"a\\".yaml" -- :0',
  )
})
