/** 预警 of the whole, and the parts with the largest share of silent branches. */
import { useMemo } from 'react'
import { useCounty } from '../../board.ts'
import { useCountyFile } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { levelWords, shareOf, useParts } from '../../parts/province.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { Change, Counter } from '../warnings/Counter.tsx'

const rowsMost = 4

export function ProvinceWarnings() {
  const county = useCounty()
  const parts = useParts()
  const silence = useFreshness('activities')
  const dues = useFreshness('dues')
  const term = useFreshness('term')
  const { whole } = levelWords(useCountyFile().code)
  const worst = useMemo(
    () =>
      parts
        .filter((part) => part.silent > 0)
        .map((part) => ({ ...part, share: shareOf(part.silent, part.organizations) }))
        .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1))
        .slice(0, rowsMost),
    [parts],
  )
  return (
    <Panel title="预警" freshness={silence} testid="province-warnings">
      {county === null ? (
        <Sentence title="还没有预警数据" next="收到汇聚中心的第一份数据后显示" />
      ) : (
        <>
          <div className="counters">
            <Counter
              label="静默支部"
              level={2}
              grave={county.silent60}
              freshness={silence}
              value={county.silent}
              testid="province-silent"
              calm={`${whole}支部均有活动`}
              split={`占 ${(shareOf(county.silent, county.organizations) * 100).toFixed(1)}%`}
              then={<Change by={county.silent - county.silentYesterday} />}
            />
            <Counter
              label="党费未缴"
              level={2}
              grave={0}
              freshness={dues}
              value={county.duesUnpaid}
              testid="province-dues"
              calm="没有未缴上报"
              split={`人 · ${thousands(county.duesUnpaidBranches)} 个支部`}
              then={<Change by={county.duesUnpaid - county.duesUnpaidYesterday} />}
            />
            <Counter
              label="换届到期"
              level={3}
              grave={county.termOverdue}
              freshness={term}
              value={county.termDue}
              testid="province-term"
              calm="90 天内无到期"
              split={`个 · 逾期 ${county.termOverdue}`}
              then={<>90 天内另有 {county.termSoon}</>}
            />
          </div>
          <ol className="warning-rows">
            {worst.map(({ code, name, silent, share }) => (
              <li key={code} className="warning-row" data-part={code}>
                <WarningMark level={2} />
                <span className="warning-name">{name}</span>
                <span className="warning-amount fig">
                  静默率 <b>{(share * 100).toFixed(1)}</b>%
                </span>
                <span className="warning-helper fig">{thousands(silent)} 个</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Panel>
  )
}
