/** 学习: learners so far today, minutes a member, and today's curve over yesterday's. */
import { lazy, Suspense } from 'react'
import { useCounty, useTable, useWall } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { Digits } from '../../parts/Digits.tsx'
import { thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import './study.css'

const Curve = lazy(() => import('../../canvas/curve/Curve.tsx'))

export function Study() {
  const county = useCounty()
  const study = useTable('study')
  const freshness = useFreshness('study')
  const now = useWall((state) => state.now)
  const { phase, mark } = freshness
  const stopMs = phase === 'live' ? now : (mark.asOf ?? now)
  return (
    <Panel title="学习" freshness={freshness} testid="study">
      {county === null ? (
        <Sentence title="还没有学习数据" next="收到汇聚中心的第一份数据后显示" />
      ) : (
        <div className="study">
          <div className="study-figures">
            <p className="study-label">今日学习党员</p>
            {phase === 'error' ? (
              <span className="num">—</span>
            ) : (
              <Digits value={county.learnersToday} testid="study-learners" />
            )}
            <p className="study-note fig">
              {phase === 'error' ? (
                <span className="broken">学习接口异常</span>
              ) : (
                <>
                  日活{' '}
                  {county.members === 0
                    ? '0.0'
                    : ((county.learnersToday / county.members) * 100).toFixed(1)}
                  % · 昨日同时 {thousands(county.learnersYesterdaySameTime)}
                </>
              )}
            </p>
            <p className="study-minutes">
              <span className="num">
                {phase === 'error' ? '—' : thousands(county.minutesPerMemberMonth)}
              </span>{' '}
              分钟 / 人 · 月
            </p>
          </div>
          <div className="study-curve">
            <Suspense fallback={null}>
              <Curve
                today={study.get('today')?.learners ?? none}
                yesterday={study.get('yesterday')?.learners ?? none}
                stopMinute={Math.floor(((stopMs + 8 * 3_600_000) % 86_400_000) / 60_000 / 10) * 10}
                gapMinute={
                  phase === 'live'
                    ? null
                    : Math.floor(((now + 8 * 3_600_000) % 86_400_000) / 60_000 / 10) * 10
                }
                quiet={phase !== 'live'}
              />
            </Suspense>
          </div>
        </div>
      )}
    </Panel>
  )
}

const none: readonly number[] = []
