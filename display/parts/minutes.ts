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

export interface Below {
  readonly members: number
  readonly branches: number
  /** Branches whose members were counted. */
  readonly counted: number
}

/** 32 学时: members below the hours of the year; null where no platform counts them. */
export function belowOf(studies: Board['studies']): Below | null {
  let [members, branches, counted] = [0, 0, 0]
  for (const { belowHours } of studies.values()) {
    if (belowHours === null) continue
    counted += 1
    members += belowHours
    if (belowHours > 0) branches += 1
  }
  return counted === 0 ? null : { members, branches, counted }
}
