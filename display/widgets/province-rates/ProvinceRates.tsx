/** 在线率 of each part, the best first. */
import { useMemo } from 'react'
import { useCountyFile } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { levelWords, shareOf, useParts } from '../../parts/province.ts'
import { PartBars } from '../../parts/PartBars.tsx'
import { Panel } from '../panel/Panel.tsx'

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
  return (
    <Panel title={`${word}在线率`} freshness={freshness} testid="province-rates">
      <PartBars rows={rows} tone="mass" empty="还没有支部上线" />
    </Panel>
  )
}
