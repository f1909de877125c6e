/** 服务事项: what residents can have done, and in how many days as promised. */
import { useMemo } from 'react'
import { useTable } from '../../board.ts'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages, usePageWords } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'

/** 即办, 2 天办结, or nothing promised. */
export function promiseOf(days: number | null): string {
  return days === null ? '未承诺时限' : days === 0 ? '即办' : `${days} 天办结`
}

export function ServiceItems(size: Size) {
  const services = useTable('services')
  const totals = useTable('totals').values().next().value
  const freshness = useFirstFreshness('services')
  const all = useMemo(
    () =>
      [...services.values()].sort(
        (a, b) => (a.days ?? Infinity) - (b.days ?? Infinity) || (a.title < b.title ? -1 : 1),
      ),
    [services],
  )
  const atOnce = all.filter(({ days }) => days === 0).length
  const note = [
    `开放 ${thousands(Math.max(totals?.serviceItems ?? 0, all.length))} 项`,
    ...(atOnce > 0 ? [`即办 ${thousands(atOnce)}`] : []),
    ...usePageWords(all.length, size),
  ]
  return (
    <Panel title="服务事项" note={note.join(' · ')} freshness={freshness} testid="service-items">
      {freshness.phase === 'error' ? (
        <Sentence broken title="便民服务接口异常" next={`事项${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, title, days }) => (
            <ListRow key={id} name={title} testid="service-item">
              {promiseOf(days)}
            </ListRow>
          )}
        />
      )}
    </Panel>
  )
}
