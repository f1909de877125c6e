/** Floating organisations as rows of a list, and how long ago they met. Pure. */
import type { Board, Row } from '../../../protocol/board.ts'
import { dayNumber } from '../../../protocol/time.ts'
import { shortDay } from '../../words.ts'

export interface FloatingRow {
  readonly id: string
  readonly name: string
  readonly isCommittee: boolean
  readonly branch: Row<'branches'> | undefined
  readonly joined: number
  readonly lastOn: string | null
}

/** Committees first, then by points. */
export function floatingRowsOf({
  organizations,
  branches,
  floating,
}: Pick<Board, 'organizations' | 'branches' | 'floating'>): readonly FloatingRow[] {
  const rows: FloatingRow[] = []
  for (const { id, name, kind, group } of organizations.values()) {
    if (group !== 'floating') continue
    const own = floating.get(id)
    rows.push({
      id,
      name,
      isCommittee: kind === 'committee',
      branch: branches.get(id),
      joined: own?.joined ?? 0,
      lastOn: own?.lastOn ?? null,
    })
  }
  const points = ({ branch }: FloatingRow) => branch?.points ?? 0
  return rows.sort(
    (a, b) =>
      Number(b.isCommittee) - Number(a.isCommittee) ||
      points(b) - points(a) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** 今天, 昨天, 6 月 14 日. */
export function lastWords(lastOn: string | null, today: string): string {
  if (lastOn === null) return '尚无活动'
  const ago = dayNumber(today) - dayNumber(lastOn)
  return ago <= 0 ? '今天' : ago === 1 ? '昨天' : shortDay(lastOn)
}
