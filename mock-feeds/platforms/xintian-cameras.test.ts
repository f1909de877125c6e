import { expect, test } from 'vitest'
import { dayMs, dayStartMs, instantMs } from '../../protocol/time.ts'
import { scenes } from '../footage/scenes/all.ts'
import { countyCameras, loopFor, loopNames } from './xintian-cameras.ts'
import { makeCounty } from './xintian-county.ts'
import { eventsBetween, meetingsOn } from './xintian-day.ts'

const asOf = '2026-06-18'
const county = makeCounty({ asOf })
const cameras = countyCameras(county)
const start = dayStartMs(asOf)

test('two hundred cameras hang in as many branches, a few of them in trouble', () => {
  expect(new Set(cameras.map(({ organization }) => organization.id)).size).toBe(200)
  const count = (of: string) => cameras.filter(({ trouble }) => trouble === of).length
  expect(count('none')).toBeGreaterThan(170)
  for (const trouble of ['lost', 'shaky', 'frozen', 'dark'] as const)
    expect(count(trouble), trouble).toBeGreaterThan(2)
  expect(countyCameras(makeCounty({ asOf }))).toEqual(cameras)
})

test('a camera shows a meeting while the feed tells that it does', () => {
  const events = [...eventsBetween(county, start, start + dayMs, 1)]
  const told = events.flatMap((event) =>
    event.kind === 'stream.up' && event.data.stream.startsWith('cam-') && event.data.activity
      ? [`${event.data.stream} ${instantMs(event.time)}`]
      : [],
  )
  const shown = [...meetingsOn(county, asOf, 1)].flatMap(([id, meetings]) =>
    id.startsWith('cam-')
      ? meetings.map(({ fromMs }) => `${id} ${Math.floor(fromMs / 1000) * 1000}`)
      : [],
  )
  expect(told.length).toBeGreaterThan(8)
  expect(told.toSorted()).toEqual(shown.toSorted())
  const started = new Set(
    events.flatMap((event) => (event.kind === 'activity.started' ? event.data.activity : [])),
  )
  const activities = events.flatMap((event) =>
    event.kind === 'stream.up' ? (event.data.activity ?? []) : [],
  )
  expect(activities.filter((id) => !started.has(id))).toEqual([])
})

test('nearly all are on by day and a few at night, and each is up before it goes down', () => {
  const up = new Map<string, string>()
  const counts = new Map<number, number>()
  let hour = 0
  for (const event of eventsBetween(county, start, start + dayMs, 1)) {
    while (instantMs(event.time) >= start + (hour + 1) * 3_600_000) {
      counts.set(hour, up.size)
      hour += 1
    }
    if (event.kind === 'stream.up') {
      expect(up.has(event.data.stream), event.data.stream).toBe(false)
      up.set(event.data.stream, event.data.title)
    }
    if (event.kind === 'stream.down') expect(up.delete(event.data.stream)).toBe(true)
  }
  expect(counts.get(10)).toBe(200)
  expect(counts.get(3)).toBeLessThan(70)
  expect(counts.get(3)).toBeGreaterThan(10)
})

test('whatever a camera shows is drawn, and there are as many sights as loops', () => {
  const names = new Set(loopNames())
  const seen = new Set<string>()
  for (const camera of cameras)
    for (let hour = 0; hour < 24; hour += 0.5)
      for (const form of [
        undefined,
        'theme-day',
        'volunteering',
        'discussion',
        'branch-committee',
        'lecture',
        'general-meeting',
      ] as const)
        seen.add(loopFor(camera, hour, form))
  expect([...seen].filter((name) => !names.has(name))).toEqual([])
  expect(seen.size).toBeGreaterThan(24)
  const drawn = new Set(scenes.map(({ name }) => name))
  expect([...names].filter((name) => !drawn.has(name.replace(/-\d+$/, '')))).toEqual([])
})
