/** 走访: visits to residents, what they found, and what of it was solved. */
import { useTable } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { Seal } from '../../parts/Seal.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './visits.css'

/** u of all but the columns. */
const takenU = 34

export function Visits() {
  const totals = useTable('totals').values().next().value
  const values = useTable('daily').get('visits')?.values ?? []
  const freshness = useFreshness('services')
  const { w, h } = useRoom()
  const steps = [
    { char: '访', name: '走访群众', value: totals?.visits ?? 0 },
    { char: '问', name: '发现问题和需求', value: totals?.visitsFound ?? 0 },
    { char: '解', name: '已经解决', value: totals?.visitsSolved ?? 0 },
  ]
  const [{ value: visited } = { value: 0 }, found, solved] = steps
  return (
    <Panel
      title="走访"
      note={
        visited === 0 || found === undefined || solved === undefined || found.value === 0
          ? undefined
          : `今年 · 解决率 ${((solved.value / found.value) * 100).toFixed(1)}%`
      }
      freshness={freshness}
      testid="visits"
    >
      {visited === 0 ? (
        <Sentence title="今年还没有走访" next="收到第一次走访后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="服务接口异常" next={`走访${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="visits">
          <ol>
            {steps.map(({ char, name, value }, index) => (
              <li key={char}>
                <Seal char={char} variant={index === steps.length - 1 ? 'done' : 'now'} />
                <p>
                  <Digits value={value} testid={`visits-${char}`} />
                  <small>{name}</small>
                </p>
              </li>
            ))}
          </ol>
          <p className="visits-month">
            近 30 天走访 {thousands(values.reduce((sum, value) => sum + value, 0))} 次
          </p>
          <Columns columns={daysOf(values)} width={w} height={h - takenU} label="近 30 天走访" />
          <p className="visits-days">
            <span>30 天前</span>
            <span>今日</span>
          </p>
        </div>
      )}
    </Panel>
  )
}
