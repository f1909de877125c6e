/** One branch: its facts, its live picture, its warnings and what it held. */
import { useMemo } from 'react'
import type { BranchDetail } from '../../protocol/branch.ts'
import { localDay } from '../../protocol/time.ts'
import { useTable, useWall } from '../board.ts'
import { clockTime, useFreshness } from '../freshness.ts'
import { Age } from '../parts/Age.tsx'
import { useTold } from '../parts/told.ts'
import { formNames, placeOf, shortDay, thousands } from '../words.ts'
import { Rooms } from './Live.tsx'
import { addressOf } from './place.ts'
import { WarningRow } from './WarningRow.tsx'
import { isBranchDetail } from '../checks.ts'
import { instantMs } from '../../protocol/time.ts'

const reviewNames = { none: '', pending: '待审', passed: '通过', returned: '退回' } as const

export function BranchPage({ id }: { readonly id: string }) {
  const organization = useTable('organizations').get(id)
  const pulse = useTable('branches').get(id)
  const townships = useTable('townships')
  const streams = useTable('streams')
  const warnings = useTable('warnings')
  const isPast = useWall((state) => state.isPast)
  const now = useWall((state) => state.now)
  const freshness = useFreshness('activities')
  const at = isPast ? `?at=${localDay(now)}T${clockTime(now)}` : ''
  const told = useTold<BranchDetail>(`/v1/branches/${encodeURIComponent(id)}${at}`, isBranchDetail)
  const rooms = useMemo(
    () => [...streams.values()].filter((stream) => stream.organization === id),
    [streams, id],
  )
  const own = useMemo(
    () => [...warnings.values()].filter((warning) => warning.organization === id),
    [warnings, id],
  )
  if (organization === undefined || pulse === undefined)
    return <p className="none">没有这个支部,或不在您看的范围内</p>
  return (
    <div className="today">
      <section className="card" aria-label={organization.name}>
        <h2>
          <bdi>{organization.name}</bdi>{' '}
          {organization.township !== '' && (
            <a href={addressOf('township', organization.township)}>
              {placeOf({ townships }, organization)} ›
            </a>
          )}
        </h2>
        <Age mark={freshness.mark} label="三会一课 " />
        <dl className="facts">
          <dt>距上次活动</dt>
          <dd>{pulse.silentDays} 天</dd>
          <dt>党员</dt>
          <dd>{pulse.members}</dd>
          <dt>本月积分</dt>
          <dd>
            {thousands(pulse.points)},全县第 {pulse.rank} 名
          </dd>
          <dt>换届</dt>
          <dd>{told.value?.termEndsOn ?? '未报'}</dd>
        </dl>
      </section>
      <section className="card no-print" aria-label="现场">
        <h2>现场</h2>
        {isPast ? <p className="none">回看时没有画面</p> : <Rooms streams={rooms} />}
      </section>
      <section className="card" aria-label="预警">
        <h2>预警 {own.length}</h2>
        {own.length === 0 && <p className="none">没有预警</p>}
        <ol className="rows">
          {own.map((warning) => (
            <WarningRow key={warning.id} warning={warning} name={organization.name} />
          ))}
        </ol>
      </section>
      <section className="card" aria-label="近期活动">
        <h2>近期活动</h2>
        {told.isFailing && <p role="alert">没有取到近期活动,每 15 秒再试</p>}
        {told.value?.activities.length === 0 && <p className="none">还没有活动</p>}
        <ol className="rows">
          {told.value?.activities.map((activity) => (
            <li key={activity.id}>
              <span className="branch">
                <bdi>{activity.title}</bdi>
                <small>
                  {shortDay(localDay(instantMs(activity.at)))} · {formNames[activity.form]}{' '}
                  {reviewNames[activity.countyReview]}
                </small>
              </span>
              <span className="num">
                <b>{activity.present}</b>/{activity.expected}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  )
}
