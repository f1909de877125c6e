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
