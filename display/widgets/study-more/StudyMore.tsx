/** 学用结合: quizzes, reflections and exchanges over thirty days, the hours of the year, and what is on the air. */
import { useMemo } from 'react'
import { instantMs, localDay, toInstant } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { clockTime, useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { Columns, daysOf } from '../../parts/Columns.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { belowOf } from '../../parts/minutes.ts'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { shortDay, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { upcoming, waysOf, type Way } from './ways.ts'
import './study-more.css'

const minuteMs = 60_000
const programmesMost = 3
/** u of the head, a way, the line of the year and a programme. */
const rowsU = { head: 5.4, way: 8.6, hours: 5, programme: 4.2 } as const

export function StudyMore() {
  const daily = useTable('daily')
  const studies = useTable('studies')
  const programmes = useTable('programmes')
  const totals = useTable('totals').values().next().value
  const freshness = useFreshness('study')
  const minute = useWall((state) => Math.floor(state.now / minuteMs))
  const ways = useMemo(() => waysOf(daily), [daily])
  const below = useMemo(() => belowOf(studies), [studies])
  const now = minute * minuteMs
  const { h } = useRoom()
  const leftU = h - rowsU.head - ways.length * rowsU.way - (below === null ? 0 : rowsU.hours)
  const count = Math.max(0, Math.min(programmesMost, Math.floor(leftU / rowsU.programme)))
  const next = upcoming(programmes, toInstant(now), count)
  const isTold = ways.length > 0 || below !== null || next.length > 0
  const right =
    totals === undefined || totals.quizAnswered === 0
      ? undefined
      : `今年答对 ${((totals.quizRight / totals.quizAnswered) * 100).toFixed(1)}%`
  return (
    <Panel title="学用结合" note={right} freshness={freshness} testid="study-more">
      {!isTold ? (
        <Sentence title="没有答题、心得和课目" next="本县的平台报送后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="学习接口异常" next={`学习${freshness.until},恢复后自动显示`} />
      ) : (
        <>
          <ol>
            {ways.map((way) => (
              <OneWay key={way.series} way={way} />
            ))}
          </ol>
          {below !== null && (
            <p className="study-hours">
              <span>年度 32 学时</span>
              {below.members === 0 ? (
                <b>核过的支部都已达到</b>
              ) : (
                <b className="fig">
                  <WarningMark level={1} />
                  {thousands(below.branches)} 个支部 {thousands(below.members)} 人未到
                </b>
              )}
            </p>
          )}
          {next.length > 0 && (
            <ol className="programmes">
              {next.map(({ id, title, startsAt, minutes }) => (
                <li key={id}>
                  <b className="fig">{timeOf(startsAt, now)}</b>
                  <bdi>{title}</bdi>
                  <small className="fig">{minutes} 分钟</small>
                </li>
              ))}
            </ol>
          )}
        </>
      )}
    </Panel>
  )
}

function OneWay({ way }: { readonly way: Way }) {
  return (
    <li className="study-way">
      <p>
        <span>{way.name}</span>
        <small className="fig">
          30 天 {thousands(way.sum)} {way.unit}
        </small>
      </p>
      <Columns
        columns={daysOf(way.days)}
        width={20}
        height={4.4}
        label={`${way.name} 30 天 ${way.sum}`}
      />
      <p className="study-way-today">
        <Digits value={way.today} delta testid={`study-${way.series}`} />
        <small>今日</small>
      </p>
    </li>
  )
}

function timeOf(startsAt: string, now: number): string {
  const day = localDay(instantMs(startsAt))
  const time = clockTime(instantMs(startsAt))
  return day === localDay(now) ? time : `${shortDay(day)} ${time}`
}
