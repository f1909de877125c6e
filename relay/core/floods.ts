/** Many warnings of one rule, in one township, raised on one day have one cause and are told as one. Pure. */
import type { Row } from '../../protocol/board.ts'
import type { Judged } from './judge.ts'

export function floodRows(
  judged: ReadonlyMap<string, Judged>,
  floodFrom: number,
): readonly Row<'floods'>[] {
  const floods = new Map<string, Row<'floods'>>()
  for (const { warnings, recorded } of judged.values()) {
    for (const { rule, raisedOn } of warnings) {
      const township = recorded.township ?? ''
      const id = `${rule}/${township}/${raisedOn}`
      const warned = (floods.get(id)?.warnings ?? 0) + 1
      floods.set(id, { id, rule, township, raisedOn, warnings: warned })
    }
  }
  return [...floods.values()].filter(({ warnings }) => warnings >= floodFrom)
}
