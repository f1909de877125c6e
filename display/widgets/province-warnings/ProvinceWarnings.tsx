/** 预警 of the whole, and the parts with the largest share of silent branches. */
import { useMemo } from 'react'
import { useCounty } from '../../board.ts'
import { useCountyFile } from '../../county.ts'
import { useFreshness } from '../../freshness.ts'
import { levelWords, shareOf, useParts } from '../../parts/province.ts'
import { useRowCount } from '../../parts/row-count.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { Counters } from '../warnings/Counters.tsx'

const rowU = 3.45
/** Of the head, the counters and beneath the rows. */
const takenU = 22.6

export function ProvinceWarnings() {
  const county = useCounty()
  const parts = useParts()
  const silence = useFreshness('activities')
  const { whole } = levelWords(useCountyFile().code)
  const rowsMost = useRowCount(rowU, takenU)
  const worst = useMemo(
    () =>
      parts
        .filter((part) => part.silent > 0)
        .map((part) => ({ ...part, share: shareOf(part.silent, part.organizations) }))
        .sort((a, b) => b.share - a.share || (a.code < b.code ? -1 : 1))
        .slice(0, rowsMost),
    [parts, rowsMost],
  )
  return (
    <Panel title="预警" freshness={silence} testid="province-warnings">
      {county === null ? (
        <Sentence title="还没有预警数据" next="收到汇聚中心的第一份数据后显示" />
      ) : (
        <>
          <Counters
            county={county}
            grave={{ silence: county.silent60, dues: 0, term: county.termOverdue }}
            calm={{
              silence: `${whole}支部均有活动`,
              dues: '没有未缴上报',
              term: '近期无到期',
            }}
            ofSilent={`占 ${(shareOf(county.silent, county.organizations) * 100).toFixed(1)}%`}
          />
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
