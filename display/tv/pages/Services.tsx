/** 办事情: what can be done where, and how many requests of the county went through their four steps. */
import { useMemo } from 'react'
import type { Row } from '../../../protocol/board.ts'
import { instantMs } from '../../../protocol/time.ts'
import { useTable } from '../../board.ts'
import { orderSteps } from '../../case-words.ts'
import { thousands } from '../../words.ts'
import { useVillage } from '../facts/use-village.ts'
import { column } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { List } from '../parts/List.tsx'
import { Reader } from '../parts/Reader.tsx'
import { boxStyle } from '../parts/Spot.tsx'
import { useTelevision, useTv } from '../television.ts'
import { useAge } from '../trust.ts'
import './services.css'

const daysWords = (days: number | null): string =>
  days === null ? '时限以窗口告知为准' : days === 0 ? '当场办结' : `承诺 ${days} 天内办结`

function newest(rows: ReadonlyMap<string, Row<'services'>>): readonly Row<'services'>[] {
  return [...rows.values()].sort(
    (a, b) => instantMs(b.at) - instantMs(a.at) || (a.id < b.id ? -1 : 1),
  )
}

export function Services() {
  const { stack } = useTelevision()
  const table = useTable('services')
  const rows = useMemo(() => newest(table), [table])
  const age = useAge('services')
  const help = useTv(({ file }) => file.help)
  const focus = useFocus(
    'services',
    column(
      'services',
      rows.map(({ id }) => id),
    ),
    {
      onOk: (leaf) => stack.open({ page: 'service', id: leaf }),
    },
  )
  return (
    <Frame
      title="办事情"
      note="到村党群服务中心,由值班干部代办"
      age={<span className="late">{age.words}</span>}
      keys="▲ ▼ 选事项   OK 看怎么办   返回 回首页"
    >
      <List
        focus={focus}
        rows={rows}
        idOf={({ id }) => id}
        size={6}
        first={[8, 21, 90, 8.6]}
        none={
          age.phase === 'none'
            ? '正在取办事事项'
            : '还没有平台报来办事事项,请到村党群服务中心问值班干部'
        }
        draw={({ title, days }) => (
          <div className="tv-row-words">
            <p className="tv-row-title line">{title}</p>
            <p className="tv-row-line line">{daysWords(days)}</p>
          </div>
        )}
      />
      <section className="tv-steps" style={boxStyle([102, 21, 50, 57.6])}>
        <Steps />
        <p className="mid tv-steps-help">
          {help === null ? '不清楚的,问村干部' : `不清楚的,打${help.office}`}
        </p>
        {help !== null && <p className="num gold tv-steps-phone">{help.phone}</p>}
      </section>
    </Frame>
  )
}

/** 点派接验 of the whole county: no single order is public. */
function Steps() {
  const orders = useTable('orders')
  const age = useAge('cases')
  const told = orderSteps.filter(({ stage }) => orders.has(stage))
  return (
    <>
      <h2 className="mid">为民服务 · 全县今年</h2>
      {told.length === 0 && <p>还没有公布的数字</p>}
      {told.map(({ stage, char, name }) => {
        const row = orders.get(stage)
        return (
          <div key={stage} className="tv-step">
            <span className="tv-seal tv-seal-ring">{char}</span>
            <span className="tv-step-name">{name}</span>
            <span className={`num ${age.phase === 'live' ? '' : 'lo'}`}>
              {age.phase === 'error' ? '—' : thousands(row?.year ?? 0)}
            </span>
          </div>
        )
      })}
      {age.words !== '' && told.length > 0 && <p className="late tv-steps-age">{age.words}</p>}
    </>
  )
}

export function ServicePage({ id }: { readonly id: string }) {
  const row = useTable('services').get(id)
  const help = useTv(({ file }) => file.help)
  const { place } = useVillage()
  if (row === undefined)
    return <Reader title="办事情" note="" pages={['这一项已经撤下。按“返回”回到办事清单。']} />
  const text = [
    `怎么办:带身份证,到${place}党群服务中心,由值班干部代办。`,
    `多久:${daysWords(row.days)}。`,
    help === null ? '' : `不清楚的,打${help.office} ${help.phone}。`,
  ]
  return (
    <Reader
      title={row.title}
      note="办事情"
      pages={[text.filter((line) => line !== '').join('\n')]}
    />
  )
}
