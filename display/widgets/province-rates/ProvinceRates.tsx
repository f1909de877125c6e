/** 在线率 of each part, the best first. */
import { useMemo } from 'react'
import { useCountyFile } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { levelWords, shareOf, useParts } from '../../parts/province.ts'
import { PartBars, usePartPages } from '../../parts/PartBars.tsx'
import { Panel, Sentence } from '../panel/Panel.tsx'

export function ProvinceRates() {
  const parts = useParts()
  const freshness = useFreshness('organizations')
  const { part: word } = levelWords(useCountyFile().code)
  const rows = useMemo(
    () =>
      parts
        .filter((part) => part.organizations > 0)
        .map(({ code, name, online, organizations }) => {
          const share = shareOf(online, organizations)
          return { code, name, share, figure: (share * 100).toFixed(1), unit: '%' }
        })
        .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1)),
    [parts],
  )
  const pages = usePartPages(rows.length)
  return (
    <Panel
      title={`${word}在线率`}
      note={pages.length === 0 ? undefined : pages.join('')}
      freshness={freshness}
      testid="province-rates"
    >
      {freshness.phase === 'error' ? (
        <Sentence broken title="组织库接口异常" next={`在线率${freshness.until},恢复后自动显示`} />
      ) : (
        <PartBars rows={rows} tone="mass" empty="还没有支部上线" />
      )}
    </Panel>
  )
}
