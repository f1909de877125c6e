/** 荣誉: the newest, by name only where consent is on record. */
import { useMemo } from 'react'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable } from '../../board.ts'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages, usePageWords } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { shortDay, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'

export function Honours(size: Size) {
  const honours = useTable('honours')
  const organizations = useTable('organizations')
  const totals = useTable('totals').values().next().value
  const freshness = useFirstFreshness('services', 'organizations')
  const all = useMemo(
    () =>
      [...honours.values()].sort(
        (a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? -1 : 1),
      ),
    [honours],
  )
  const note = [
    `共 ${thousands(Math.max(totals?.honours ?? 0, all.length))} 项`,
    ...usePageWords(all.length, size),
  ]
  return (
    <Panel title="荣誉" note={note.join(' · ')} freshness={freshness} testid="honours">
      {freshness.phase === 'error' ? (
        <Sentence broken title="荣誉数据中断" next={`荣誉${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, title, name, organization, at }) => {
            const place = organizations.get(organization)?.name ?? ''
            return (
              <ListRow
                key={id}
                name={name ?? (place || title)}
                note={name === null && place === '' ? '' : title}
                testid="honour"
              >
                {shortDay(localDay(instantMs(at)))}
              </ListRow>
            )
          }}
        />
      )}
    </Panel>
  )
}
