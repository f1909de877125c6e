import { expect, it } from 'vitest'
import { atRest, type Site } from '../../director/patrol.ts'
import { markOf, namedOf } from './marks.ts'

const site = (id: string, unwell?: Site['unwell']): Site => ({
  id,
  organization: id,
  lead: 0,
  weight: 1,
  ...(unwell !== undefined && { unwell }),
})
const since = Date.parse('2026-06-18T09:12:00+08:00')
const sites = [
  site('well'),
  site('dark', { kind: 'dark', since, why: '画面亮度低' }),
  site('frozen', { kind: 'frozen', since, why: '' }),
  site('lost', { kind: 'lost', since, why: '信号源拒绝连接' }),
]
const patrol = { ...atRest, sites }

it('marks what the relay saw of each camera, and names those that are not well before all', () => {
  expect(sites.map(({ id }) => markOf(patrol, id, false))).toEqual([
    { text: '·', tone: 'unseen', words: '还没看过' },
    { text: '黑', tone: 'ill', words: '画面全黑' },
    { text: '停', tone: 'ill', words: '画面不动' },
    { text: '断', tone: 'ill', words: '信号源拒绝连接' },
  ])
  expect(namedOf(patrol, new Map()).map(({ id }) => id)).toEqual(['dark', 'frozen', 'lost'])
})
