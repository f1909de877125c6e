/** The organisations as they are recorded, by id. Pure. */
import type { Recorded, State } from './state.ts'

export interface RosterRow {
  readonly id: string
  readonly recorded: Recorded
  readonly members: number
}

export function rosterOf(state: State): readonly RosterRow[] {
  const rows = [...state.organizations].flatMap(([id, { records, members }]) => {
    const recorded = records.at(-1)?.value.data
    return recorded ? [{ id, recorded, members: members.at(-1)?.value.members ?? 0 }] : []
  })
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}
