/** 志愿服务: what branches did for residents lately, among the newest activities of the county. */
import { useMemo } from 'react'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useCounty, useTable } from '../../board.ts'
import { clockTime, useFreshness } from '../../freshness.ts'
import { ListPages } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { shortDay } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'

export function Volunteering(size: Size) {
  const county = useCounty()
  const feed = useTable('feed')
  const organizations = useTable('organizations')
  const freshness = useFreshness('activities')
  const all = useMemo(
    () =>
      [...feed.values()]
        .filter(({ form }) => form === 'volunteering')
        .sort((a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? -1 : 1)),
    [feed],
  )
  return (
    <Panel title="志愿服务" note="支部最近的行动" freshness={freshness} testid="volunteering">
      {freshness.phase === 'error' ? (
        <Sentence broken title="活动接口异常" next={`行动${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, at, organization, title, present, expected }) => {
            const ms = instantMs(at)
            return (
              <ListRow
                key={id}
                lead={localDay(ms) === county?.day ? clockTime(ms) : shortDay(localDay(ms))}
                name={organizations.get(organization)?.name ?? organization}
                organization={organization}
                note={title}
                testid="volunteer"
              >
                {expected > 0 ? `${present} 人` : ''}
              </ListRow>
            )
          }}
        />
      )}
    </Panel>
  )
}
