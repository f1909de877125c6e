/** 社区比学赶超: which communities keep up their daily uploads, this month and today. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { RankNumber } from '../../parts/Rank.tsx'
import { ListPages, usePageWords } from '../../parts/ListPages.tsx'
import type { Size } from '../../parts/size.ts'
import { placeOf, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './communities.css'

export function Communities(size: Size) {
  const communities = useTable('communities')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFirstFreshness('services', 'organizations')
  const all = useMemo(
    () => [...communities.values()].sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1)),
    [communities],
  )
  const note = [
    `${thousands(all.length)} 个社区`,
    '本月上报完成',
    ...usePageWords(all.length, size),
  ]
  return (
    <Panel title="社区比学赶超" note={note.join(' · ')} freshness={freshness} testid="communities">
      {freshness.phase === 'error' ? (
        <Sentence broken title="社区上报中断" next={`排名${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, rank, dueMonth, doneMonth, due, done }) => {
            const organization = organizations.get(id)
            const share = dueMonth === 0 ? 0 : Math.min(1, doneMonth / dueMonth)
            return (
              <li className="community" key={id} data-testid="community">
                <RankNumber rank={rank} />
                <bdi>{organization?.name.replace(/党委$/, '') ?? id}</bdi>
                <small>{placeOf({ townships }, organization)}</small>
                <i style={{ scale: `${share} 1` }} />
                <span className="num">{(share * 100).toFixed(1)}%</span>
                <span className="fig">{due === 0 ? '' : `今日 ${done}/${due}`}</span>
              </li>
            )
          }}
        />
      )}
    </Panel>
  )
}
