import { expect, it } from 'vitest'
import { actsOf } from './acts.ts'

it('offers each role what it may do at the step, and nothing once the facts have to clear it', () => {
  const reminded = { stage: 'reminded', remindedBy: 'county' } as const
  expect(actsOf({ stage: 'raised', remindedBy: null }, 'county')).toEqual(['remind'])
  expect(actsOf({ stage: 'raised', remindedBy: null }, 'branch')).toEqual([])
  expect(actsOf(reminded, 'county')).toEqual(['remind', 'withdraw'])
  expect(actsOf(reminded, 'township')).toEqual(['remind', 'acknowledge'])
  expect(actsOf(reminded, 'branch')).toEqual(['acknowledge'])
  expect(actsOf({ stage: 'acknowledged', remindedBy: 'county' }, 'branch')).toEqual(['rectify'])
  expect(actsOf(reminded, 'auditor')).toEqual([])
  expect(actsOf({ stage: 'rectified', remindedBy: 'county' }, 'county')).toEqual([])
})
