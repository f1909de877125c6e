import { expect, it } from 'vitest'
import { apply, boardOf } from '../../protocol/apply.ts'
import { fixtureSnapshot } from '../gallery/fixtures.ts'
import { cuesBetween } from './cues.ts'

const board = boardOf(fixtureSnapshot())
const [known] = board.floating.values()
if (known === undefined) throw new Error('no floating organisation')

it('brings the floating scene up when members elsewhere get an organisation, and says which', () => {
  const puts = {
    organizations: [
      {
        id: 'zs',
        name: '驻中山流动党支部',
        kind: 'branch' as const,
        group: 'floating' as const,
        township: '',
        lng: null,
        lat: null,
      },
    ],
    floating: [{ ...known, id: 'zs', city: '中山' }],
  }
  const cues = cuesBetween(board, apply(board, puts, {}))
  expect(cues).toMatchObject([{ scene: 'floating', why: '新建流动党组织 · 驻中山流动党支部' }])
})

it('says nothing when a floating branch met, or when the first roster comes', () => {
  const met = apply(board, { floating: [{ ...known, joined: known.joined + 1 }] }, {})
  expect(cuesBetween(board, met)).toEqual([])
  const bare = { ...board, floating: new Map() }
  expect(cuesBetween(bare, board)).toEqual([])
})

it('brings the governance scene up when a case passes its time, and not when one is handled late', () => {
  const stage = board.caseStages.get('dispatched')
  if (stage === undefined) throw new Error('no stage')
  const overdue = (by: number) =>
    cuesBetween(
      board,
      apply(board, { caseStages: [{ ...stage, overdue: stage.overdue + by }] }, {}),
    )
  expect(overdue(2)).toEqual([
    { key: 'overdue', scene: 'governance', weight: 2, why: '诉求超时 · 新增 2 件' },
  ])
  expect(overdue(-1)).toEqual([])
})
