/** Branches and members who lead, by turns: by the relay's clock, so that several walls show the same. */
import { useTable } from '../board.ts'
import { usePage } from '../parts/Pages.tsx'
import { GoldList } from '../widgets/gold-list/GoldList.tsx'
import { MemberList } from '../widgets/member-list/MemberList.tsx'

export function Leaders() {
  const hasScores = useTable('scores').size > 0
  const { page } = usePage(hasScores ? 2 : 1, 1)
  return page === 0 ? <GoldList /> : <MemberList />
}
