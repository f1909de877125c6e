/** 今日活动 of each part, for every hundred branches, so that large and small stand side by side. */
import { useMemo } from 'react'
import { useCounty } from '../../board.ts'
import { useCountyFile } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { levelWords, shareOf, useParts } from '../../parts/province.ts'
import { PartBars, usePartPages } from '../../parts/PartBars.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'

/** Of the line above the rows. */
const sumU = 4.9

export function ProvinceActivities() {
  const county = useCounty()
  const parts = useParts()
  const freshness = useFreshness('activities')
  const { part: word } = levelWords(useCountyFile().code)
  const rows = useMemo(() => {
    const dense = parts
      .map((part) => ({ ...part, density: shareOf(part.activitiesToday, part.organizations) }))
      .filter((part) => part.activitiesToday > 0)
      .sort((a, b) => b.density - a.density || (a.code < b.code ? -1 : 1))
    const most = dense[0]?.density ?? 1
    return dense.map(({ code, name, activitiesToday, density }) => ({
      code,
      name,
      share: density / most,
      figure: thousands(activitiesToday),
      unit: '场',
    }))
  }, [parts])
  const pages = usePartPages(rows.length, sumU)
  return (
    <Panel
      title="今日活动"
      note={[`${word}每百个支部的场次排序`, ...(freshness.phase === 'error' ? [] : pages)].join(
        ' · ',
      )}
      freshness={freshness}
      testid="province-activities"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="活动接口异常" next={`场次${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          {county !== null && (
            <p className="activities-sum">
              今日 <b className="num">{thousands(county.activitiesToday)}</b> 场 · 昨日全天{' '}
              <span className="fig">{thousands(county.activitiesYesterday)}</span> 场
            </p>
          )}
          <PartBars rows={rows} tone="gold" empty="今天还没有活动" taken={sumU} />
        </>
      )}
    </Panel>
  )
}
