import { expect, describe, it } from 'vitest'
import { boardOf } from '../../../protocol/apply.ts'
import type { Camera } from '../../../protocol/video.ts'
import { instantMs } from '../../../protocol/time.ts'
import { fixtureNow, fixtureSnapshot, fixtureTables, sourcesAt } from '../../gallery/fixtures.ts'
import { beside, channelsOf, hasPicture } from './channels.ts'
import { keep, readKept } from './kept.ts'
import { countdown, nextOf, ofDay, onAir } from './schedule.ts'
import { numberOf, type, typingMs } from './typing.ts'
import { ownOf, placeName, ranking, villagesOf } from './village.ts'

const board = boardOf(fixtureSnapshot(fixtureTables(sourcesAt(fixtureNow, null))))
const at = (text: string) => instantMs(`${text}:00+08:00`)

describe('the own village', () => {
  it('is found by the id of its organisation, or by the digits of its village', () => {
    expect(ownOf(board, '431128101-1')?.name).toBe('天地山村党支部')
    const own = { ...board.organizations.get('431128101-1')!, id: '43112810121701' }
    const other = { ...own, id: '43112810121702' }
    const organizations = new Map([other, own].map((row) => [row.id, row]))
    expect(ownOf({ organizations }, '431128101217')?.id).toBe('43112810121701')
    expect(ownOf({ organizations }, '431128101218')).toBeUndefined()
  })
  it('is called by its place', () => {
    expect(placeName('天地山村党支部')).toBe('天地山村')
    expect(placeName('东门社区第一党支部')).toBe('东门社区')
    expect(placeName('县公安局党委')).toBe('县公安局')
  })
  it('is one of the branches with territory of its township', () => {
    const all = villagesOf(board, '431128101')
    expect(all.map(({ id }) => id)).toContain('431128101-1')
    expect(all.every(({ group }) => group === 'territory')).toBe(true)
  })
})

it('ranks the county and a township, and leaves out what is offline', () => {
  const county = ranking(board, null)
  expect(county[0]?.organization.name).toBe('天地山村党支部')
  expect(county.map(({ branch }) => branch.rank)).toEqual(
    county.map(({ branch }) => branch.rank).sort((a, b) => a - b),
  )
  expect(county.some(({ branch }) => branch.state === 'offline')).toBe(false)
  expect(
    ranking(board, '431128101').every(({ organization }) => organization.township === '431128101'),
  ).toBe(true)
})

describe('the hours of the village', () => {
  const meeting = { title: '主题党日', at: '09:00', monthly: 20 }
  const evening = { title: '夜学', at: '19:30', weekly: [4], minutes: 20 }
  const once = { title: '选举', at: '08:00', on: '2026-06-18', where: '431128101' }
  const village = '431128101217'
  it('are of the day, the weekday, or that day of the month', () => {
    // 18 June 2026 is a Thursday.
    const titles = (day: string, of = village) =>
      ofDay([meeting, evening, once], day, of).map(({ entry }) => entry.title)
    expect(titles('2026-06-18')).toEqual(['选举', '夜学'])
    expect(titles('2026-06-19')).toEqual([])
    expect(titles('2026-06-20')).toEqual(['主题党日'])
    expect(titles('2026-06-18', '431128102001')).toEqual(['夜学'])
  })
  it('count down to the next meeting, in the next month once this one has begun', () => {
    const next = nextOf([meeting], at('2026-06-20T09:00'), village)
    expect(next?.startMs).toBe(at('2026-07-20T09:00'))
    expect(nextOf([meeting], at('2026-06-20T08:59'), village)?.startMs).toBe(at('2026-06-20T09:00'))
    expect(nextOf([once], at('2026-06-18T08:00'), village)).toBeUndefined()
  })
  it('put a column on the air from its minute to its last', () => {
    const air = (text: string) => onAir([evening], at(text), village)?.entry.title
    expect(air('2026-06-18T19:29')).toBeUndefined()
    expect(air('2026-06-18T19:30')).toBe('夜学')
    expect(air('2026-06-18T19:49')).toBe('夜学')
    expect(air('2026-06-18T19:50')).toBeUndefined()
  })
  it.each([
    [30_000, '即将开始'],
    [12 * 60_000, '12 分钟'],
    [252 * 60_000, '4 小时 12 分'],
    [76 * 3_600_000, '3 天 4 小时'],
  ])('say how long it is still: %i ms', (ms, words) => expect(countdown(ms)).toBe(words))
})

describe('channels', () => {
  const camera = (id: string, organization: string, more: Partial<Camera> = {}): Camera => ({
    id,
    county: '431128',
    organization,
    title: id,
    kind: 'file',
    isPublic: true,
    health: { state: 'ok', since: '2026-06-18T09:00:00+08:00' },
    play: 'relay',
    large: id,
    ...more,
  })
  const all = [
    camera('c', '431128105-1'),
    camera('a', '431128101-1'),
    camera('b', '431128102-1', { health: { state: 'lost', since: '2026-06-18T09:00:00+08:00' } }),
    camera('x', '431128103-1', { isPublic: false }),
  ]
  it('begin with the own village and leave out what nobody signed for', () => {
    const list = channelsOf(all, '431128105-1')
    expect(list.map(({ number, camera }) => [number, camera?.id])).toEqual([
      [1, 'c'],
      [2, 'a'],
      [3, 'b'],
    ])
    expect(channelsOf(all, '431128106-1')[0]).toEqual({
      number: 1,
      camera: null,
      organization: '431128106-1',
    })
  })
  it('have two digits at most', () => {
    const many = Array.from({ length: 150 }, (_, at) => camera(`m${at}`, `o${1000 + at}`))
    expect(channelsOf(many, null).at(-1)?.number).toBe(99)
  })
  it('go round, and pass over what has no picture when one was lost', () => {
    const list = channelsOf(all, '431128105-1')
    expect(beside(list, 3, 1)?.number).toBe(1)
    expect(beside(list, 1, -1)?.number).toBe(3)
    expect(beside(list, 2, 1, hasPicture)?.number).toBe(1)
    expect(beside(list.slice(0, 1), 1, 1)).toBeUndefined()
  })
  it('are chosen by one digit after a while, by two at once', () => {
    const one = type(null, '7', 0)
    expect(numberOf(one, typingMs - 1)).toBeNull()
    expect(numberOf(one, typingMs)).toBe(7)
    expect(numberOf(type(one, '2', 900), 900)).toBe(72)
    expect(type(one, '2', typingMs + 1).digits).toBe('2')
    expect(type(type(one, '2', 900), '3', 1_000).digits).toBe('3')
  })
})

describe('what a box keeps', () => {
  const shelf = () => {
    const kept = new Map<string, string>()
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    }
  }
  const file = {
    code: '431128',
    callsign: null,
    title: '{村}党群服务中心',
    help: null,
    lessons: [],
    calendar: [],
    radio: [],
    notices: [],
  }
  const village = '431128101-1'
  const what = { board, at: fixtureNow, scope: '431128', village, file }
  it('is the own village and the first of the ranking, with the time', () => {
    const box = shelf()
    expect(keep(box, what)).toBe(true)
    const kept = readKept(box, '431128', village)
    expect(kept?.at).toBe(fixtureNow)
    expect(kept?.board.branches.get(village)).toEqual(board.branches.get(village))
    expect(ranking(kept!.board, null)[0]).toEqual(ranking(board, null)[0])
    expect([...box.kept.values()].join().length).toBeLessThan(100_000)
  })
  it('is of no use to another village, nor when it is broken', () => {
    const box = shelf()
    keep(box, what)
    expect(readKept(box, '431128', '431128102-1')).toBeNull()
    expect(readKept(box, '511403', village)).toBeNull()
    for (const [key, text] of box.kept) box.kept.set(key, text.replace('"rank":1,', '"rank":0,'))
    expect(readKept(box, '431128', village)).toBeNull()
  })
  it('is nothing where the box has no room, and says so', () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    expect(keep(full, what)).toBe(false)
  })
})
