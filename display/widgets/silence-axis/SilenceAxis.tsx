/** 静默支部: every branch over the days since its last activity. */
import { useMemo } from 'react'
import { useCounty, useTable, useThresholds } from '../../board.ts'
import { useFreshness } from '../../freshness.ts'
import { useRoom } from '../../kiosk/screen.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { BranchOpener } from '../../parts/BranchName.tsx'
import { Digits } from '../../parts/Digits.tsx'
import { Scale } from '../../parts/Scale.tsx'
import { WarningMark } from '../../parts/WarningMark.tsx'
import { placeOf, thousands } from '../../words.ts'
import { Panel, Sentence } from '../panel/Panel.tsx'
import { axisOf, scaleOf, ticksOf, zonesOf, type Quiet } from './axis.ts'
import './silence-axis.css'

/** u of the head and the scale. */
const takenU = 14
const nameWidth = 22
const laneHeight = 4.7
/** Above the lanes stand the names of the levels. */
const aboveLanes = 5.4
/** Of the axis: the calm days' words end before the first level. */
const calmShare = 66 / 232
const zoneNames = { 2: '黄色预警', 3: '橙色预警', 4: '红色预警' } as const
const levels = [2, 3, 4] as const
const none: readonly number[] = []

/** The calm part of the axis, in days, where the county does not warn of silence. */
const monthDays = 30

export function SilenceAxis() {
  const county = useCounty()
  const branches = useCalmTable('branches')
  const organizations = useTable('organizations')
  const townships = useTable('townships')
  const freshness = useFreshness('activities')
  const fromDays = useThresholds()?.silenceFromDays ?? none
  const { w: width, h } = useRoom()
  const plotHeight = h - takenU
  const lanes = Math.max(1, Math.floor((plotHeight - aboveLanes) / laneHeight))
  const quiet = useMemo(
    () =>
      [...branches.values()]
        .filter(({ id }) => organizations.get(id)?.kind === 'branch')
        .map(({ id, silentDays, level }): Quiet => ({ id, days: silentDays, level })),
    [branches, organizations],
  )
  const first = fromDays[0] ?? monthDays
  const axis = useMemo(
    () => axisOf(quiet, [first, ...fromDays.slice(1)], { width, lanes, nameWidth }),
    [quiet, first, fromDays, width, lanes],
  )
  const zones = zonesOf(fromDays, axis.last)
  const x = scaleOf(first, axis.last, width)
  const warned = levels.reduce((sum, level) => sum + axis.counts[level], 0)
  const highest = Math.max(1, ...axis.columns)
  const calm = axis.columns.reduce((sum, count) => sum + count, 0)
  const column = (width * 0.3) / first
  const cell = Math.min(1, (plotHeight - 8) / highest)
  const change = county === null ? 0 : county.silent - county.silentYesterday
  return (
    <Panel
      title="静默支部"
      note={
        county === null
          ? undefined
          : `全县 ${thousands(quiet.length)} 个支部 · 静默 ${thousands(warned)} 个 · ${
              change === 0 ? '较昨日持平' : `较昨日 ${change > 0 ? '+' : '−'}${Math.abs(change)}`
            }`
      }
      freshness={freshness}
      testid="silence-axis"
    >
      {quiet.length === 0 ? (
        <Sentence title="还没有支部数据" next="收到组织库后显示" />
      ) : freshness.phase === 'error' ? (
        <Sentence broken title="活动接口异常" next={`静默天数${freshness.until},恢复后自动显示`} />
      ) : (
        <div className="axis" style={{ ['--plot' as string]: plotHeight }}>
          <p className="axis-calm" style={{ width: `calc(var(--u) * ${width * calmShare})` }}>
            <Digits value={calm} testid="axis-calm" />
            个支部 {first - 1} 天内有活动
          </p>
          <svg viewBox={`0 0 ${width} ${plotHeight}`} aria-hidden="true">
            <path
              className="axis-cells"
              d={axis.columns
                .flatMap((count, day) =>
                  Array.from(
                    { length: count },
                    (_, index) =>
                      `M${(day * column + 0.2).toFixed(2)} ${(plotHeight - (index + 1) * cell).toFixed(2)}h${(column - 0.5).toFixed(2)}v${(cell * 0.72).toFixed(2)}h-${(column - 0.5).toFixed(2)}z`,
                  ),
                )
                .join('')}
            />
            {levels.map((level) => (
              <path
                key={level}
                className={`axis-stem level-${level}`}
                d={axis.marks
                  .filter((mark) => mark.level === level)
                  .map(
                    ({ x: at, lane }) =>
                      `M${at} ${plotHeight - lane * laneHeight - 2}V${plotHeight}`,
                  )
                  .join('')}
              />
            ))}
          </svg>
          {zones.map(({ level, from, to: end }) => {
            const left = x(from)
            const to = x(end)
            return (
              <div
                key={level}
                className={`axis-zone level-${level}`}
                style={{
                  left: `calc(var(--u) * ${left})`,
                  width: `calc(var(--u) * ${to - left})`,
                }}
              >
                {to - left > 15 && (
                  <p>
                    <WarningMark level={level} />
                    <b className="serif">{zoneNames[level]}</b>
                    {to - left > 20 && (
                      <span className="fig">{thousands(axis.counts[level])} 个</span>
                    )}
                  </p>
                )}
              </div>
            )
          })}
          {axis.marks.map(({ id, x: at, lane, isLeft, isNamed, level }) => {
            const branch = branches.get(id)
            const name = organizations.get(id)?.name ?? id
            return (
              <p
                key={id}
                className={isLeft ? 'axis-mark is-left' : 'axis-mark'}
                style={{
                  left: `calc(var(--u) * ${at})`,
                  bottom: `calc(var(--u) * ${lane * laneHeight + 3.7})`,
                }}
                data-testid="axis-mark"
              >
                {isNamed ? (
                  <>
                    <WarningMark level={level} />
                    <span>
                      <BranchOpener id={id} name={shortNameOf(name)} />
                      <small className="fig">
                        {branch?.silentDays} 天 {placeOf({ townships }, organizations.get(id))}
                      </small>
                    </span>
                  </>
                ) : (
                  <BranchOpener id={id} name={name}>
                    <WarningMark level={level} />
                  </BranchOpener>
                )}
              </p>
            )
          })}
          <Scale
            ticks={ticksOf([first, ...fromDays.slice(1)], axis.last).map((day) => ({
              x: x(day),
              label: day,
            }))}
            name="距上次活动天数"
            nameAt={3}
          />
        </div>
      )}
    </Panel>
  )
}

/** The kind of the organisation goes without saying here. */
function shortNameOf(name: string): string {
  return name.replace(/(党支部|支部)$/, '') || name
}
