import { expect, test } from 'vitest'
import { isIdentityNumber } from './identity-number.ts'

test('an identity number is known by its day of birth and its check digit', () => {
  expect(['11010519491231002X', '440524188001010014'].map(isIdentityNumber)).toEqual([true, false])
  expect(
    ['110105194912310021', '11010519490231002X', '431128121012170100'].map(isIdentityNumber),
  ).toEqual([false, false, false])
  expect([undefined, 7, '43112810121701'].map(isIdentityNumber)).toEqual([false, false, false])
})
