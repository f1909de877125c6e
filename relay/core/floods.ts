/** Many warnings of one rule, in one township, raised on one day have one cause and are told as one. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { WarningRule } from '../../protocol/events.ts'
import type { Judged } from './judge.ts'

export function floodRows(
  judged: ReadonlyMap<string, Judged>,
  floodFrom: number,
): readonly Row<'floods'>[] {
  const counts = new Map<string, number>()
  for (const { warnings, recorded } of judged.values()) {
    for (const { rule, raisedOn } of warnings) {
      const key = `${rule}/${recorded.township ?? ''}/${raisedOn}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return [...counts].flatMap(([id, warnings]) => {
    const [rule, township = '', raisedOn = ''] = id.split('/')
    // The key was made of them.
    return warnings < floodFrom
      ? []
      : [{ id, rule: rule as WarningRule, township, raisedOn, warnings }]
  })
}
