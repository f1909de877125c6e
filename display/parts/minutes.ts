/** Minutes that the members of each branch studied this month, on average. Pure. */
import type { Board } from '../../protocol/board.ts'
import { placeOf } from '../words.ts'

export interface Studied {
  readonly id: string
  /** A member; whole minutes. */
  readonly minutes: number
  readonly place: string
}

type Tables = Pick<Board, 'studies' | 'branches' | 'organizations' | 'townships'>

/** Every branch with members; committees and general branches study in their branches. */
export function studiedOf(board: Tables): readonly Studied[] {
  const studied: Studied[] = []
  for (const { id, members } of board.branches.values()) {
    const organization = board.organizations.get(id)
    if (members === 0 || organization?.kind !== 'branch') continue
    studied.push({
      id,
      minutes: Math.round((board.studies.get(id)?.minutes ?? 0) / members),
      place: placeOf(board, organization),
    })
  }
  return studied
}

/** The middle one; 0 of none. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
