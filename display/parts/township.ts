/** The township that a scene is about, out of the board's tables. */
import { useMemo } from 'react'
import type { Board, Row } from '../../protocol/board.ts'
import { useTable } from '../board.ts'
import { useSubject } from '../director/openings.ts'

export interface Member {
  readonly organization: Row<'organizations'>
  readonly branch: Row<'branches'> | undefined
}

export interface Township {
  readonly code: string
  readonly row: Row<'townships'>
  /** By points, offline last: as the spectrum has them. */
  readonly all: readonly Member[]
  /** By the mean of points among the townships, from 1. */
  readonly rank: number
}

type Tables = Pick<Board, 'organizations' | 'branches' | 'townships'>

const meanOf = ({ points, organizations }: Row<'townships'>) =>
  organizations === 0 ? 0 : points / organizations

/** Undefined where the board knows no such township. */
export function townshipOf(
  { organizations, branches, townships }: Tables,
  code: string,
): Township | undefined {
  const row = townships.get(code)
  if (row === undefined) return undefined
  const isOffline = ({ branch }: Member) =>
    Number(branch === undefined || branch.state === 'offline')
  const all = [...organizations.values()]
    .filter(({ township }) => township === code)
    .map((organization): Member => ({ organization, branch: branches.get(organization.id) }))
    .sort(
      (a, b) =>
        isOffline(a) - isOffline(b) ||
        (b.branch?.points ?? 0) - (a.branch?.points ?? 0) ||
        (a.organization.id < b.organization.id ? -1 : 1),
    )
  const better = [...townships.values()].filter((other) => meanOf(other) > meanOf(row))
  return { code, row, all, rank: better.length + 1 }
}

export function useTownship(): Township | undefined {
  const organizations = useTable('organizations')
  const branches = useTable('branches')
  const townships = useTable('townships')
  const code = useSubject()
  return useMemo(
    () => (code === null ? undefined : townshipOf({ organizations, branches, townships }, code)),
    [organizations, branches, townships, code],
  )
}

/** 金陵镇农业综合服务中心党支部 among the branches of 金陵镇 → 农业综合服务中心党支部; 金陵镇党委 stays. */
export function nameWithin(name: string, township: string): string {
  const rest = name.startsWith(township) ? name.slice(township.length) : name
  return rest.length > 3 ? rest : name
}
