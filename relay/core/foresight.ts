/** What is about to happen if nobody acts: branches that turn yellow in the next days, terms of office by month. Pure. */
import type { Row } from '../../protocol/board.ts'
import { dayTextOf } from './dates.ts'
import type { Judged } from './judge.ts'

const daysAhead = 14
const monthsAhead = 12
/** How many are named; the rest is a number. */
const named = 20

/** `yellowAfterDays` undefined: the county does not warn of silence. */
export function foresightRows(
  judged: ReadonlyMap<string, Judged>,
  day: number,
  yellowAfterDays: number | undefined,
): readonly Row<'foresight'>[] {
  const due = new Map<string, string[]>()
  const put = (key: string, id: string): void => {
    const ids = due.get(key) ?? []
    ids.push(id)
    due.set(key, ids)
  }
  const lastMonth = dayTextOf(day + monthsAhead * 30).slice(0, 7)
  const today = dayTextOf(day)
  for (const [id, each] of judged) {
    if (yellowAfterDays !== undefined && each.isJudged && each.level === 0) {
      const left = yellowAfterDays + 1 - each.silentDays
      if (left > 0 && left <= daysAhead) put(`silence/${dayTextOf(day + left)}`, id)
    }
    if (each.termEndsOn === undefined || each.termEndsOn < day) continue
    const month = dayTextOf(each.termEndsOn).slice(0, 7)
    if (month <= lastMonth && month >= today.slice(0, 7)) put(`term/${month}`, id)
  }
  return [...due].map(([key, ids]) => ({
    id: key,
    rule: key.startsWith('term/') ? 'term' : 'silence',
    on: key.slice(key.indexOf('/') + 1),
    organizations: ids.length,
    first: ids.sort().slice(0, named),
  }))
}
