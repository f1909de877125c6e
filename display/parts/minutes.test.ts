import { expect, it } from 'vitest'
import { fixtureSnapshot } from '../gallery/fixtures.ts'
import { boardOf } from '../../protocol/apply.ts'
import { medianOf, studiedOf } from './minutes.ts'

const board = boardOf(fixtureSnapshot())

it('counts the branches alone, each by the minutes of one of its members', () => {
  const studied = studiedOf(board)
  expect(studied.length).toBeGreaterThan(700)
  for (const { id } of studied) expect(board.organizations.get(id)?.kind).toBe('branch')
  const [first] = studied
  const minutes = board.studies.get(first?.id ?? '')?.minutes ?? 0
  const members = board.branches.get(first?.id ?? '')?.members ?? 1
  expect(first?.minutes).toBe(Math.round(minutes / members))
})

it('counts a branch that did not study with nought, and one without members not at all', () => {
  expect(studiedOf({ ...board, studies: new Map() }).every(({ minutes }) => minutes === 0)).toBe(
    true,
  )
  const [one] = board.branches.values()
  if (one === undefined) throw new Error('no branch')
  expect(studiedOf({ ...board, branches: new Map([[one.id, { ...one, members: 0 }]]) })).toEqual([])
})

it('finds the middle of many, and nought of none', () => {
  expect([medianOf([5, 1, 9]), medianOf([]), medianOf([0, 300, 310, 320])]).toEqual([5, 0, 310])
})
