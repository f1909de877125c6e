import { expect, it } from 'vitest'
import type { Row } from '../../../protocol/board.ts'
import { clearedByActs, middleHours, shownOf } from './rows.ts'

const warning = (id: string, more: Partial<Row<'warnings'>>): Row<'warnings'> => ({
  id,
  rule: 'silence',
  organization: `o-${id}`,
  level: 2,
  amount: 31,
  raisedOn: '2026-06-01',
  stage: 'raised',
  duty: 'branch',
  reminders: 0,
  remindedBy: null,
  remindedAt: null,
  acknowledgedBy: null,
  acknowledgedAt: null,
  rectifiedBy: null,
  rectifiedAt: null,
  article: '',
  ...more,
})
const at = (id: string, township: string): Row<'organizations'> => ({
  id,
  name: id,
  kind: 'branch',
  group: 'territory',
  township,
  lng: null,
  lat: null,
})
const table = <T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> =>
  new Map(rows.map((row) => [row.id, row]))

it("shows the gravest silence first, and a flood as one row after what is one branch's own", () => {
  const warnings = table([
    warning('a', { amount: 40 }),
    warning('b', { level: 4, amount: 97 }),
    warning('c', { level: 4, rule: 'appraisal', amount: 3, raisedOn: '2026-01-01' }),
    warning('d', { level: 4, rule: 'appraisal', amount: 3, raisedOn: '2026-01-01' }),
    warning('e', { level: 3, rule: 'term', amount: -4 }),
  ])
  const organizations = table(['a', 'b', 'c', 'd', 'e'].map((id) => at(`o-${id}`, '431128101')))
  const floods = table([
    {
      id: 'f',
      rule: 'appraisal' as const,
      township: '431128101',
      raisedOn: '2026-01-01',
      warnings: 2,
    },
  ])
  const shown = shownOf({ warnings, organizations, floods })
  expect(shown.map((each) => (each.kind === 'one' ? each.warning.id : each.flood.id))).toEqual([
    'b',
    'e',
    'a',
    'f',
  ])
})

const trace: Row<'cleared'> = {
  id: 'a',
  rule: 'silence',
  organization: 'a',
  raisedOn: '2026-06-01',
  reminders: 1,
  remindedBy: 'township',
  remindedAt: '2026-06-02T09:00:00+08:00',
  acknowledgedBy: null,
  acknowledgedAt: null,
  rectifiedBy: null,
  rectifiedAt: null,
  clearedOn: '2026-06-03',
  clearedBy: 'activity',
  clearedAt: '2026-06-03T19:00:00+08:00',
  cause: 'x',
  hoursToAction: 34,
}

it('counts as cleared what somebody did, and not what only ran out', () => {
  const lapsed: Row<'cleared'> = { ...trace, id: 'b', clearedBy: 'lapse', hoursToAction: null }
  const traces = table([trace, lapsed])
  expect(clearedByActs(traces)).toBe(1)
})

it('tells the middle of the hours to action, and nothing where nobody has acted', () => {
  const ended = (id: string, hoursToAction: number | null): Row<'cleared'> => ({
    ...trace,
    id,
    organization: id,
    hoursToAction,
  })
  expect(
    middleHours(table([ended('a', 4), ended('b', 200), ended('c', 30), ended('d', null)])),
  ).toBe(30)
  expect(middleHours(table([ended('a', null)]))).toBeNull()
})
