import { describe, expect, it } from 'vitest'
import { boardOf } from '../../protocol/apply.ts'
import { instantMs } from '../../protocol/time.ts'
import { fixtureNow, fixtureSnapshot, fixtureTables, sourcesAt } from '../gallery/fixtures.ts'
import { emptyFile } from '../tv/television.ts'
import { ranking } from '../tv/facts/village.ts'
import { programmeOf, type Known } from './facts.ts'
import { guideOf } from './guide.ts'

const board = boardOf(fixtureSnapshot(fixtureTables(sourcesAt(fixtureNow, null))))
const village = '431128101-1'
const file = {
  ...emptyFile('431128'),
  calendar: [{ title: '主题党日', at: '09:00', monthly: 20, isMeeting: true }],
  radio: [{ id: 'noon', title: '午间广播', at: '12:00', minutes: 15, pages: ['第一页', '第二页'] }],
  notices: [{ id: 'n', title: '防火', from: '镇政府', on: '2026-06-17', pages: ['不上山'] }],
}
const live = { board, connection: 'live', lostAt: null, now: fixtureNow, isPast: false } as const
const known: Known = { state: live, file, detail: undefined, leaders: ranking(board, null) }
const kinds = (of: Known, who = village) => programmeOf(of, who).slides.map(({ kind }) => kind)
const at = (time: string) => instantMs(`2026-06-18T${time}:00+08:00`)

describe('what is on in a village', () => {
  it('is its branch, the day, the first of the county, and notices', () => {
    expect(kinds(known)).toEqual(['branch', 'today', 'ranking', 'notice'])
  })
  it('says the same words until something is otherwise, and then other ones', () => {
    const words = (of: Known) => JSON.stringify(programmeOf(of, village).slides)
    const later = { ...known, state: { ...live, now: fixtureNow + 1_000 } }
    expect(words(later)).toBe(words(known))
    const branches = new Map(board.branches)
    const own = branches.get(village)!
    branches.set(village, { ...own, points: own.points + 3 })
    expect(words({ ...known, state: { ...live, board: { ...board, branches } } })).not.toBe(
      words(known),
    )
  })
  it('is a radio column alone while that is on the air, page by page', () => {
    const { slides, onAir } = programmeOf(
      { ...known, state: { ...live, now: at('12:14') } },
      village,
    )
    expect(slides.map(({ kind }) => kind)).toEqual(['radio', 'radio'])
    expect(onAir).toEqual({ id: 'noon', startMs: at('12:00'), audio: null })
    expect(kinds({ ...known, state: { ...live, now: at('12:15') } })).toContain('branch')
  })
  it('never calls silence by its name', () => {
    const branches = new Map(board.branches)
    branches.set(village, { ...branches.get(village)!, state: 'silent', silentDays: 91, level: 4 })
    const words = JSON.stringify(
      programmeOf({ ...known, state: { ...live, board: { ...board, branches } } }, village),
    )
    expect(words).not.toMatch(/silentDays|"level"/)
  })
  it('says until when it knows something once the relay is lost, in every slide', () => {
    const state = { ...live, connection: 'lost', lostAt: fixtureNow - 90_000 } as const
    const { slides } = programmeOf({ ...known, state }, village)
    expect(slides.every(({ lost }) => /^数据截至 \d\d:\d\d$/.test(lost))).toBe(true)
  })
  it('is a sentence where the register has no such village', () => {
    expect(programmeOf(known, '431128999999').slides[0]).toMatchObject({
      kind: 'branch',
      branch: null,
    })
  })
})

it('guides through two days without a gap', () => {
  const guide = guideOf([village], file, live)
  expect(guide.map(({ title }) => title)).toContain('午间广播')
  for (const [i, { startMs }] of guide.entries())
    if (i > 0) expect(startMs).toBe(guide[i - 1]?.endMs)
  expect((guide.at(-1)?.endMs ?? 0) - (guide[0]?.startMs ?? 0)).toBe(2 * 86_400_000)
})
