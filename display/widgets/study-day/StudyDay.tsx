/** 今日学习: learners so far over yesterday's, hour by hour. */
import { lazy, Suspense } from 'react'
import { dayMs } from '../../../protocol/time.ts'
import { useCounty, useTable, useWall } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Digits } from '../../parts/Digits.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './study-day.css'

const Curve = lazy(() => import('../../canvas/curve/Curve.tsx'))
const none: readonly number[] = []
const slotMinutes = 10
const beijingMs = 8 * 3_600_000

/** u of the head, and beneath the curve. */
const takenU = 8

/** The minute of the local day, down to a whole slot. */
function slotMinute(ms: number): number {
  return Math.floor(((ms + beijingMs) % dayMs) / 60_000 / slotMinutes) * slotMinutes
}

export function StudyDay() {
  const county = useCounty()
  const study = useTable('study')
  const { h } = useRoom()
  const freshness = useFreshness('study')
  const { phase, mark } = freshness
  const nowMinute = useWall((state) => slotMinute(state.now))
  const stopMinute = phase === 'live' || mark.asOf === null ? nowMinute : slotMinute(mark.asOf)
  const today = study.get('today')?.learners ?? none
  const yesterday = study.get('yesterday')?.learners ?? none
  const isTold = [...today, ...yesterday].some((count) => count > 0)
  return (
    <Panel title="今日学习" note="金为今日 · 灰为昨日" freshness={freshness} testid="study-day">
      {county === null || !isTold ? (
        <Sentence title="还没有学习数据" next="收到第一笔学习记录后显示" />
      ) : phase === 'error' ? (
        <Sentence broken title="学习接口异常" next={`学习${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="study-day">
          <dl>
            <div className="is-first">
              <dt>今日学习党员</dt>
              <dd>
                <Digits value={county.learnersToday} delta testid="study-day-learners" />
                <small>人</small>
              </dd>
            </div>
            <div>
              <dt>日活率</dt>
              <dd>
                <Digits
                  value={county.members === 0 ? 0 : (county.learnersToday / county.members) * 100}
                  decimals={1}
                  testid="study-day-rate"
                />
                <small>%</small>
              </dd>
            </div>
            <div>
              <dt className="fig">
                {sinceYesterday(county.learnersToday - county.learnersYesterdaySameTime)}
              </dt>
              <dd>
                <span className="num">{thousands(county.learnersYesterdaySameTime)}</span>
                <small>昨日同时</small>
              </dd>
            </div>
          </dl>
          <div className="study-day-curve" style={{ height: `calc(var(--u) * ${h - takenU})` }}>
            <Suspense fallback={null}>
              <Curve
                today={today}
                yesterday={yesterday}
                stopMinute={stopMinute}
                gapMinute={phase === 'live' ? null : nowMinute}
                quiet={phase !== 'live'}
              />
            </Suspense>
          </div>
        </div>
      )}
    </Panel>
  )
}

function sinceYesterday(change: number): string {
  if (change === 0) return '与昨日同时持平'
  return change > 0 ? `比昨日同时多 ${thousands(change)}` : `比昨日同时少 ${thousands(-change)}`
}
