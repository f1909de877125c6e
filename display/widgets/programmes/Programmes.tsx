/** 广播栏目: what the village loudspeakers bring today and in the days after. */
import { useMemo } from 'react'
import { useTable, useWall } from '../../board.ts'
import { useFirstFreshness } from '../../parts/first-freshness.ts'
import { ListPages } from '../../parts/ListPages.tsx'
import { ListRow } from '../../parts/ListRow.tsx'
import type { Size } from '../../parts/size.ts'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { programmesOf } from './programmes.ts'

const minuteMs = 60_000
const stateNames = { over: '已播', on: '正在播出', next: '下一档', later: '' } as const

export function Programmes(size: Size) {
  const programmes = useTable('programmes')
  const now = useWall((state) => Math.floor(state.now / minuteMs) * minuteMs)
  const freshness = useFirstFreshness('services', 'study')
  const all = useMemo(() => programmesOf(programmes.values(), now), [programmes, now])
  const today = all.filter(({ when }) => when.startsWith('今天')).length
  return (
    <Panel
      title="广播栏目"
      note={`今天 ${thousands(today)} 档`}
      freshness={freshness}
      testid="programmes"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="栏目表中断" next={`栏目${freshness.until},恢复后自动显示`} />
      ) : (
        <ListPages
          rows={all}
          size={size}
          render={({ id, title, when, minutes, state }) => (
            <ListRow
              key={id}
              lead={when}
              name={title}
              note={`${minutes} 分钟`}
              isHot={state === 'on' || state === 'next'}
              testid="programme"
            >
              {stateNames[state]}
            </ListRow>
          )}
        />
      )}
    </Panel>
  )
}
