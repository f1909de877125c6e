import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes what would break a row, and makes no formula of a name', () => {
  expect(
    csvOf([
      ['名称', '天'],
      ['甲"乙",丙', -3],
      ['=1+1', 0],
    ]),
  ).toBe('\uFEFF名称,天\r\n"甲""乙"",丙",-3\r\n\'=1+1,0\r\n')
})
