/** 我的村, and any other branch: its flag, what the public may know of it, and of the own village the next meeting. */
import { useEffect, useState } from 'react'
import type { BranchDetail } from '../../../protocol/branch.ts'
import type { CaseStage } from '../../../protocol/events-services.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { useTable } from '../../board.ts'
import { caseSteps } from '../../case-words.ts'
import { isBranchDetail } from '../../checks.ts'
import { clockTime } from '../../freshness.ts'
import { useCalmTable } from '../../parts/calm.ts'
import { formNames, placeOf, shortDay, thousands } from '../../words.ts'
import { countdown, nextOf } from '../facts/schedule.ts'
import { useChannels, useMinute, useVillage } from '../facts/use-village.ts'
import { placeName } from '../facts/village.ts'
import { row } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { boxStyle, Spot } from '../parts/Spot.tsx'
import { Flag, TierSeal } from '../parts/TierSeal.tsx'
import { useTelevision, useTv } from '../television.ts'
import { useAge, useIsOld } from '../trust.ts'
import './branch.css'

const buttonWords = {
  site: '看现场',
  others: '看积分榜',
  village: '换一个村',
  keys: '学遥控器',
} as const
type Button = keyof typeof buttonWords

/** What a flag says to the public: silence is nobody's business here. */
const stateWords = {
  live: '正在直播',
  active: '今天有活动',
  online: '在线',
  silent: '在线',
  offline: '未上线',
} as const

export function BranchPage({ id }: { readonly id: string }) {
  const { stack } = useTelevision()
  const village = useVillage()
  const organization = useTable('organizations').get(id)
  const townships = useTable('townships')
  const branch = useCalmTable('branches').get(id)
  const age = useAge('points')
  const isOwn = village.organization?.id === id
  const channel = useChannels().find(({ camera, organization: of }) => camera !== null && of === id)
  const buttons: readonly Button[] = [
    ...(channel === undefined ? [] : (['site'] as const)),
    ...(isOwn ? (['others', 'village', 'keys'] as const) : (['others'] as const)),
  ]
  const focus = useFocus(`branch ${id}`, row('branch', buttons), {
    onOk(leaf) {
      if (leaf === 'site' && channel !== undefined)
        stack.open({ page: 'channel', number: channel.number })
      if (leaf === 'others') stack.jump({ page: 'ranking' })
      if (leaf === 'village') stack.open({ page: 'townships' })
      if (leaf === 'keys') stack.open({ page: 'keys' })
    },
  })
  const tone = age.phase === 'live' ? 'gold' : 'lo'
  const isOld = useIsOld()
  const isKnown = age.phase === 'live' || age.phase === 'old'
  return (
    <Frame
      title={
        isOwn
          ? `我的村 · ${village.place}`
          : organization === undefined
            ? '支部'
            : placeName(organization.name)
      }
      note={
        organization === undefined
          ? ''
          : `${placeOf({ townships }, organization)} ${organization.name}`
      }
      age={<span className={age.phase === 'error' ? 'broken' : 'late'}>{age.words}</span>}
      keys="◀ ▶ 选   OK 打开   返回 回上页"
    >
      <section className="tv-standing" style={boxStyle([8, 21, 50, 46])}>
        {branch === undefined ? (
          <p className="mid">还没有这个支部的数据</p>
        ) : (
          <>
            <div className="tv-standing-state">
              <Flag branch={branch} />
              <p className="serif">
                {isOld && <span className="late">断网前 </span>}
                {stateWords[branch.state]}
              </p>
            </div>
            <dl>
              <Figure title="本月积分" tone={tone} value={isKnown ? thousands(branch.points) : '—'}>
                {isKnown && (branch.tier === 'gold' || branch.tier === 'silver') ? (
                  <TierSeal branch={branch} />
                ) : null}
              </Figure>
              <Figure title="全县排名" tone={tone} value={isKnown ? `第 ${branch.rank}` : '—'} />
              {branch.members > 0 && (
                <Figure
                  title="党员"
                  tone={age.phase === 'live' ? '' : 'lo'}
                  value={`${branch.members} 名`}
                />
              )}
            </dl>
          </>
        )}
      </section>
      <section className="tv-doings" style={boxStyle([62, 21, 90, 46])}>
        {isOwn && <NextMeeting />}
        <Activities id={id} most={isOwn ? 3 : 6} />
        {isOwn && <Cases />}
      </section>
      {buttons.map((button, at) => (
        <Spot
          key={button}
          focus={focus}
          id={button}
          className="spot-card tv-button"
          at={[8 + at * 36.6, 70.6, 34.2, 8.4]}
        >
          {buttonWords[button]}
        </Spot>
      ))}
    </Frame>
  )
}

interface FigureProps {
  readonly title: string
  readonly value: string
  readonly tone: string
  readonly children?: React.ReactNode
}

function Figure({ title, value, tone, children }: FigureProps) {
  return (
    <div className="tv-figure">
      <dt className="mid">{title}</dt>
      <dd className={`num ${tone}`}>
        {value}
        {children}
      </dd>
    </div>
  )
}

function NextMeeting() {
  const calendar = useTv(({ file }) => file.calendar)
  const { code } = useVillage()
  const now = useMinute()
  const next = nextOf(
    calendar.filter(({ isMeeting }) => isMeeting === true),
    now,
    code,
  )
  return (
    <>
      <h2 className="mid">下一次会议</h2>
      {next === undefined ? (
        <p>四十天内没有排定的会议</p>
      ) : (
        <p className="tv-next">
          <b className="serif gold">{next.entry.title}</b>
          <span>
            {shortDay(localDay(next.startMs))} {clockTime(next.startMs)}
          </span>
          <span className="gold">还有 {countdown(next.startMs - now)}</span>
        </p>
      )}
    </>
  )
}

interface ActivitiesProps {
  readonly id: string
  readonly most: number
}

/** Only what two reviews have passed. */
function Activities({ id, most }: ActivitiesProps) {
  const { fetchJson } = useTelevision()
  const feed = useTable('feed')
  const isOld = useIsOld()
  const [detail, setDetail] = useState<BranchDetail | 'failed' | null>(null)
  useEffect(
    function askDetail() {
      let isOver = false
      fetchJson(`/v1/branches/${encodeURIComponent(id)}`).then(
        (body) => {
          if (!isOver) setDetail(isBranchDetail(body) ? body : 'failed')
        },
        () => {
          if (!isOver) setDetail('failed')
        },
      )
      return () => {
        isOver = true
      }
    },
    [fetchJson, id, isOld],
  )
  const rows =
    detail !== null && detail !== 'failed'
      ? detail.activities
      : [...feed.values()].filter(({ organization }) => organization === id)
  const none =
    detail === null
      ? '正在取活动记录'
      : detail === 'failed'
        ? '活动记录暂时取不到,联网后再看'
        : '还没有审核通过的活动'
  return (
    <>
      <h2 className="mid">最近的活动</h2>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul>
          {rows.slice(0, most).map(({ id: activity, at, form, title }) => (
            <li key={activity} className="tv-activity">
              <span className="mid fig">{shortDay(localDay(instantMs(at)))}</span>
              <span className="line">
                {formNames[form]} · {title}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** What fits into a line. */
const shownStages: ReadonlySet<CaseStage> = new Set(['collected', 'dispatched', 'handled'])

/** The county's, by number: no single report and no village's own are public. */
function Cases() {
  const stages = useTable('caseStages')
  const age = useAge('cases')
  const told = caseSteps.flatMap(({ stage, name }) => {
    const row = stages.get(stage)
    return row === undefined || !shownStages.has(stage) ? [] : [{ stage, name, year: row.year }]
  })
  return (
    <>
      <h2 className="mid">群众诉求 · 全县今年</h2>
      {told.length === 0 ? (
        <p>还没有公布的数字</p>
      ) : (
        <p className="tv-cases">
          {told.map(({ stage, name, year }) => (
            <span key={stage}>
              {name}{' '}
              <b className={`num ${age.phase === 'live' ? 'gold' : 'lo'}`}>{thousands(year)}</b>
            </span>
          ))}
        </p>
      )}
      <p className="tv-cases-note lo">本村的每一件只在后台办理,不上电视</p>
    </>
  )
}
