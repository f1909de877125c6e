/** 为民服务 of the whole: orders where the province has them, else what its stations settle and its villages sell. */
import type { Totals } from '../../../protocol/measures.ts'
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './province-services.css'

type Shown = readonly (readonly [label: string, measure: keyof Totals & string])[]

/** The first four that are told of are shown. */
const choices: Shown = [
  ['本年受理', 'ordersRequested'],
  ['本年办结', 'ordersVerified'],
  ['服务事项', 'serviceItems'],
  ['平台办件', 'serviceDone'],
  ['一村一品', 'products'],
  ['商户', 'merchants'],
  ['电商站', 'shops'],
  ['景点', 'sights'],
]
const shownMost = 4

export function ProvinceServices() {
  const [totals] = useTable('totals').values()
  const freshness = useFreshness('services')
  const told =
    totals === undefined ? [] : choices.filter(([, measure]) => Number(totals[measure]) > 0)
  return (
    <Panel title="为民服务" freshness={freshness} testid="province-services">
      {totals === undefined || told.length === 0 ? (
        <Sentence title="还没有便民服务数据" next="各地上报后显示" />
      ) : (
        <dl className="services-row">
          {told.slice(0, shownMost).map(([label, measure]) => (
            <div key={measure}>
              <dt>{label}</dt>
              <dd>
                {freshness.phase === 'error' ? (
                  <span className="num">—</span>
                ) : (
                  <Digits value={Number(totals[measure])} testid={`province-${measure}`} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}
