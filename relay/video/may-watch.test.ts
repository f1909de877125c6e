import { expect, it } from 'vitest'
import { everywhereAs, thePublic, type Reach } from '../reach.ts'
import { mayWatch } from './may-watch.ts'

const clearance = { by: '张三', at: '2026-06-18T09:00:00+08:00', reason: undefined }
const camera = {
  id: 'cam',
  county: '431128',
  organization: 'org-1',
  title: '会议室',
  kind: 'file',
  tile: { kind: 'file', path: '/loop.mp4' },
  main: undefined,
  clearance: undefined,
} as const
const townshipOf = (organization: string) => (organization === 'org-1' ? '431128101' : null)
const sees = (reach: Reach, isCleared: boolean, organization = 'org-1') =>
  mayWatch(reach, { ...camera, organization, ...(isCleared && { clearance }) }, townshipOf)

it.each<readonly [string, Reach, boolean]>([
  ['the public', thePublic, false],
  ['the wall on the relay’s machine', everywhereAs('wall'), true],
  ['the operator', everywhereAs('county'), true],
  ['a wall of the county', { audience: 'wall', code: '431128' }, true],
  ['a wall of its prefecture', { audience: 'wall', code: '431100' }, true],
  ['a wall of another county', { audience: 'wall', code: '511403' }, false],
  ['its own township', { audience: 'township', code: '431128101' }, true],
  ['another township', { audience: 'township', code: '431128102' }, false],
  ['a public screen of the county', { audience: 'public', code: '431128' }, false],
])('shows %s what is cleared, and of the rest what is its own', (_who, reach, isInside) => {
  expect([sees(reach, true), sees(reach, false)]).toEqual([true, isInside])
})

it('keeps a camera of no known branch from every township', () => {
  expect(sees({ audience: 'township', code: '431128101' }, false, 'nobody')).toBe(false)
})
