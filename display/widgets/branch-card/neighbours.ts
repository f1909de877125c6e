/** The organisations before and after one, in the order in which its township's table has them. Pure. */
import type { Board } from '../../../protocol/board.ts'
import { townshipOf } from '../../parts/township.ts'

type Tables = Pick<Board, 'organizations' | 'branches' | 'townships'>

export function neighbour(board: Tables, id: string, by: 1 | -1): string | null {
  const own = board.organizations.get(id)
  if (own === undefined) return null
  const all =
    own.township === ''
      ? [...board.organizations.values()].filter(({ group }) => group === own.group)
      : (townshipOf(board, own.township)?.all ?? []).map(({ organization }) => organization)
  const at = all.findIndex((each) => each.id === id)
  return all[(at + by + all.length) % all.length]?.id ?? null
}
