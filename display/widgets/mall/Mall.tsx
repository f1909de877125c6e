/** 积分商城: what points buy, and how many were redeemed. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages, usePageWords } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'

export function Mall(size: Size) {
  const goods = useTable('goods')
  const totals = useTable('totals').values().next().value
  const freshness = useFirstFreshness('points', 'services')
  const all = useMemo(
    () => [...goods.values()].sort((a, b) => a.points - b.points || (a.id < b.id ? -1 : 1)),
    [goods],
  )
  const redeemed = totals?.redeemed ?? 0
  const note = [
    `${thousands(Math.max(totals?.goods ?? 0, all.length))} 种`,
    redeemed > 0 ? `今年兑换 ${thousands(redeemed)} 件` : '今年尚无兑换',
    ...usePageWords(all.length, size),
  ]
  return (
    <Panel title="积分商城" note={note.join(' · ')} freshness={freshness} testid="mall">
      {freshness.phase === 'error' ? (
        <Sentence broken title="积分接口异常" next={`库存${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, name, points, stock }) => (
            <ListRow
              key={id}
              name={name}
              note={stock === 0 ? '已兑完' : `余 ${thousands(stock)} 件`}
              testid="goods"
            >
              <b>{thousands(points)}</b> 分
            </ListRow>
          )}
        />
      )}
    </Panel>
  )
}
