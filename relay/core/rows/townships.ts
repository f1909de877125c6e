/** Townships, named after their own committees. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Draft } from '../draft.ts'
import type { Judged } from '../judge.ts'
import { awayOf } from '../judged-sums.ts'

export interface Townships {
  /** An organisation is judged otherwise than before; undefined where it is not on the board. */
  move(id: string, before: Judged | undefined, now: Judged | undefined): void
  /**
   * Puts those in which something moved, in steps. `registeredBy`: members away whom an organisation registers singly; then it
   * is not asked for its count of them.
   */
  put(
    draft: Draft,
    judged: ReadonlyMap<string, Judged>,
    registeredBy: (organization: string) => number,
  ): Generator<void, void>
}

export function createTownships(): Townships {
  /** Township → its organisations. */
  const members = new Map<string, Set<string>>()
  const moved = new Set<string>()
  return {
    move(id, before, now) {
      const was = before?.recorded.township
      const is = now?.recorded.township
      if (was !== undefined) moved.add(was)
      if (is !== undefined) moved.add(is)
      if (was === is) return
      if (was !== undefined) members.get(was)?.delete(id)
      if (is !== undefined) members.set(is, (members.get(is) ?? new Set()).add(id))
    },
    *put(draft, judged, registeredBy) {
      for (const township of moved) {
        const ids = members.get(township)
        if (ids !== undefined && ids.size > 0)
          draft.put('townships', rowOf(township, ids, judged, registeredBy))
        else {
          members.delete(township)
          draft.drop('townships', township)
        }
        yield
      }
      moved.clear()
    },
  }
}

function rowOf(
  township: string,
  ids: Iterable<string>,
  judged: ReadonlyMap<string, Judged>,
  registeredBy: (organization: string) => number,
): Row<'townships'> {
  const sums = { organizations: 0, online: 0, silent: 0, activeToday: 0, points: 0, away: 0 }
  let named: { readonly id: string; readonly name: string } | undefined
  for (const id of ids) {
    const each = judged.get(id)
    if (each === undefined) continue
    const { kind, group, village, name } = each.recorded
    sums.organizations += 1
    sums.online += each.isOnline ? 1 : 0
    sums.silent += each.level > 0 ? 1 : 0
    sums.activeToday += each.activitiesToday > 0 ? 1 : 0
    sums.points += each.points
    sums.away += registeredBy(id) || awayOf(each)
    // Its own committee names the township; of several, the one with the lowest id.
    if (kind !== 'committee' || group !== 'territory' || village !== undefined) continue
    if (named === undefined || id < named.id) named = { id, name: placeOf(name) }
  }
  return { id: township, name: named?.name ?? township, ...sums }
}

/** `中共新田县龙泉镇委员会` → `龙泉镇`. */
function placeOf(committee: string): string {
  const bare = committee
    .replace(/^中共|^中国共产党/, '')
    .replace(/(党工委|工作委员会|党委|委员会|工委)$/, '')
  return bare.replace(/^.+?[县市区](?=.+[镇乡]|.+街道)/, '') || committee
}
