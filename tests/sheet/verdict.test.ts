import { expect, it } from 'vitest'
import type { Sight } from './sight.ts'
import { wrongsOf, type Circumstances, type Looked } from './verdict.ts'

const nowMs = Date.parse('2026-06-18T09:41:26+08:00')
const calm: Circumstances = {
  cutFor: null,
  linkedFor: Infinity,
  openFor: Infinity,
  setFor: Infinity,
  leaptFor: Infinity,
  nowMs,
  complaints: [],
}
const looked = (sight: Partial<Sight> = {}, at = 10): Looked => ({
  at,
  since: 0,
  ink: [0.1],
  sight: {
    scene: 'ranking',
    layers: 1,
    trust: 'live',
    hasBanner: false,
    clock: '09:41:26',
    why: '',
    modules: [
      {
        at: '.plot',
        is: 'drawn',
        least: 1,
        letters: 40,
        painted: [0.2],
        isSaid: false,
        box: [0, 0, 9, 9],
      },
    ],
    videos: [],
    fences: [],
    strange: [],
    longestMs: 40,
    crowded: [],
    cut: [],
    liveLooking: ['num: 12'],
    bannered: [],
    ...sight,
  },
})
const kinds = (one: Looked, around: Partial<Circumstances> = {}, before: Looked | null = null) =>
  wrongsOf(one, before, { ...calm, ...around }, () => 30).map(({ kind }) => kind)

it('has nothing to say of a wall that is well', () => expect(kinds(looked())).toEqual([]))

it('takes the banner for right from a minute after the relay was gone, and for wrong where it is there', () => {
  const cut = looked({ trust: 'stale', hasBanner: true, liveLooking: [] })
  expect(kinds(cut, { cutFor: 80 })).toEqual([])
  expect(kinds(cut)).toEqual(['mixed'])
  expect(kinds(looked(), { cutFor: 80 })).toEqual(['mixed'])
  expect(kinds(looked({ ...cut.sight, liveLooking: ['num: 12'] }), { cutFor: 80 })).toEqual([
    'mixed',
  ])
})

it('calls a place empty whose drawing has nothing on it, unless it says why', () => {
  const [plot] = looked().sight.modules
  if (plot === undefined) throw new Error('there is no plot')
  expect(kinds(looked({ modules: [{ ...plot, painted: [0] }] }))).toEqual(['empty'])
  expect(kinds(looked({ modules: [{ ...plot, painted: [], isSaid: true }] }))).toEqual([])
})

it('calls a wall stuck whose clock, scene or live picture does not go on', () => {
  expect(kinds({ ...looked({ clock: '09:41:40' }), at: 80 })).toEqual(['stuck'])
  expect(kinds(looked({}, 14), {}, looked())).toEqual(['stuck'])
  const video = { source: 'a', state: 'live', at: 3, isBlack: false }
  const later = looked({ clock: '09:41:50', videos: [video] }, 30)
  expect(kinds(later, {}, looked({ videos: [video] }))).toEqual(['stuck'])
})

it("excuses a browser's words about an absent relay, and no others", () => {
  const complaints = ['net::ERR_CONNECTION_REFUSED', 'TypeError: x is undefined']
  expect(kinds(looked(), { complaints })).toEqual(['complaint', 'complaint'])
  expect(kinds(looked(), { complaints, cutFor: 20 })).toEqual(['complaint'])
})
