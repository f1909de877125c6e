import { expect, it } from 'vitest'
import { admitted, everyDay, readTour, turnsAt, type Plan } from './plan.ts'
import { begin, move, type Cue } from './show.ts'

const rotation = ['overview', 'ranking', 'warnings', 'learning', 'night'].map((id) => ({
  id,
  seconds: 30,
}))
const at = (clock: string) => Date.parse(`2026-06-18T${clock}:00+08:00`)
const ids = (plan: Plan, clock: string) => turnsAt(rotation, plan, at(clock)).map(({ id }) => id)
const ceremony: Plan = { ...everyDay, mode: 'ceremony', chosen: ['overview', 'learning'] }
const mourning: Plan = { ...everyDay, mode: 'mourning' }
const red: Cue = { key: 'warning/w1', scene: 'warnings', weight: 3, why: '新增红色预警' }

it('lets study stay twice as long from six to noon', () => {
  const learning = (clock: string) =>
    turnsAt(rotation, everyDay, at(clock)).find(({ id }) => id === 'learning')?.seconds
  expect([learning('06:00'), learning('11:59'), learning('12:00')]).toEqual([60, 60, 30])
})

it('rests from 23:00 to 06:00 on the night screen, and wakes for no cue', () => {
  expect(ids(everyDay, '22:59')).not.toContain('night')
  for (const clock of ['23:00', '03:00', '05:59']) expect(ids(everyDay, clock)).toEqual(['night'])
  expect(ids(everyDay, '06:00')).toEqual(['overview', 'ranking', 'warnings', 'learning'])
  expect(admitted([red], everyDay, at('02:00'))).toEqual([])
  expect(admitted([red], everyDay, at('09:00'))).toEqual([red])
})

it('goes on and heeds its cues where somebody works at night', () => {
  const late: Plan = { ...everyDay, sleep: null }
  expect(ids(late, '02:00')).toEqual(['overview', 'ranking', 'warnings', 'learning'])
  expect(admitted([red], late, at('02:00'))).toEqual([red])
})

it('rests, stays and leaves scenes out as the file of a county says', () => {
  const own: Plan = {
    ...everyDay,
    sleep: { from: 13, to: 14 },
    dayParts: [{ from: 22, to: 2, scenes: ['warnings'], times: 3 }],
    seconds: { ranking: 0, overview: 90 },
  }
  expect(ids(own, '13:30')).toEqual(['night'])
  const turns = turnsAt(rotation, own, at('23:30')).map(({ id, seconds }) => [id, seconds])
  expect(turns).toEqual([
    ['overview', 90],
    ['warnings', 90],
    ['learning', 30],
  ])
  // A rotation with nothing in it would show nothing.
  const none = Object.fromEntries(rotation.map(({ id }) => [id, 0]))
  expect(ids({ ...own, seconds: none }, '15:00')).toHaveLength(4)
})

it('goes on with the day where a wall has no night screen', () => {
  const day = rotation.filter(({ id }) => id !== 'night')
  expect(turnsAt(day, everyDay, at('23:30'))).toEqual(day)
})

it('shows at a ceremony only what was chosen, also late, and no warning', () => {
  expect(ids(ceremony, '09:00')).toEqual(['overview', 'learning'])
  expect(ids(ceremony, '23:30')).toEqual(['overview', 'learning'])
  expect(admitted([red], ceremony, at('09:00'))).toEqual([])
})

it('ranks nobody in mourning', () => {
  expect(ids(mourning, '09:00')).toEqual(['overview', 'warnings', 'learning'])
  expect(admitted([red], mourning, at('09:00'))).toEqual([])
})

it('leads a visit from stop to stop with what is to be said at each, and begins again', () => {
  const tour = readTour([
    { scene: 'learning', seconds: 20, caption: '今日学习情况' },
    { scene: 'overview', seconds: 10, caption: '全县 852 个党组织' },
  ])
  const plan: Plan = { ...everyDay, tour }
  let show = begin(rotation[1] ?? { id: '', seconds: 0 }, at('09:00'))
  const seen: (string | null)[][] = []
  for (let now = at('09:00'); now <= at('09:02'); now += 1_000) {
    const next = move(show, turnsAt(rotation, plan, now), now)
    if (next.scene !== show.scene) seen.push([next.scene, next.why])
    show = next
  }
  expect(seen.slice(0, 3)).toEqual([
    ['learning', '今日学习情况'],
    ['overview', '全县 852 个党组织'],
    ['learning', '今日学习情况'],
  ])
})

it('refuses a tour that it could not lead, and says which stop is wrong', () => {
  expect(() => readTour({})).toThrow('列表')
  expect(() => readTour([{ scene: 'overview', seconds: 1, caption: '' }])).toThrow('第 1 站')
  const twice = { scene: 'overview', seconds: 10, caption: '' }
  expect(() => readTour([twice, twice])).toThrow('只能出现一次')
})
