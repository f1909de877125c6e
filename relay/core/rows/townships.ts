/** Townships, named after their own committees. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Judged } from '../judge.ts'
import { awayOf } from '../judged-sums.ts'

/** `registeredBy`: members away whom an organisation registers singly; then it is not asked for its count of them. */
export function townshipRows(
  judged: ReadonlyMap<string, Judged>,
  registeredBy: (organization: string) => number,
): readonly Row<'townships'>[] {
  const rows = new Map<string, Row<'townships'>>()
  const names = new Map<string, { id: string; name: string }>()
  for (const [id, each] of judged) {
    const { township, kind, group, village, name } = each.recorded
    if (township === undefined) continue
    const row = rows.get(township) ?? {
      id: township,
      name: township,
      organizations: 0,
      online: 0,
      silent: 0,
      activeToday: 0,
      points: 0,
      away: 0,
    }
    row.organizations += 1
    row.online += each.isOnline ? 1 : 0
    row.silent += each.level > 0 ? 1 : 0
    row.activeToday += each.activitiesToday > 0 ? 1 : 0
    row.points += each.points
    row.away += registeredBy(id) || awayOf(each)
    rows.set(township, row)
    // Its own committee names the township; of several, the one with the lowest id.
    if (kind !== 'committee' || group !== 'territory' || village !== undefined) continue
    const before = names.get(township)
    if (!before || id < before.id) names.set(township, { id, name: placeOf(name) })
  }
  for (const [township, { name }] of names) {
    const row = rows.get(township)
    if (row) row.name = name
  }
  return [...rows.values()]
}

/** `中共新田县龙泉镇委员会` → `龙泉镇`. */
function placeOf(committee: string): string {
  const bare = committee
    .replace(/^中共|^中国共产党/, '')
    .replace(/(党工委|工作委员会|党委|委员会|工委)$/, '')
  return bare.replace(/^.+?[县市区](?=.+[镇乡]|.+街道)/, '') || committee
}
