/** The first page: what is live, how the branch stands, what is on today, and five ways on. */
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'react'
import { localDay } from '../../../protocol/time.ts'
import { useTable, useTrust, useWall } from '../../board.ts'
import { clockTime } from '../../freshness.ts'
import { thousands } from '../../words.ts'
import { hasPicture, type Channel } from '../facts/channels.ts'
import { todayOf, useToday } from '../facts/today.ts'
import {
  useChannels,
  useChannelWords,
  useMinute,
  useVillage,
  type Village,
} from '../facts/use-village.ts'
import { titleOf } from '../facts/village.ts'
import { useUnread } from '../facts/notices.ts'
import { column, row } from '../focus/tree.ts'
import { useFocus, useListener } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { Picture, type PictureState } from '../parts/Picture.tsx'
import { boxStyle, Spot } from '../parts/Spot.tsx'
import { TierSeal } from '../parts/TierSeal.tsx'
import type { Route } from '../stack.ts'
import { useTelevision, useTv } from '../television.ts'
import { useAge, useIsOld } from '../trust.ts'
import { LostHome } from './LostHome.tsx'
import './home.css'

const idleMs = 20_000

const tree = column('home', [
  row('top', ['window', 'branch']),
  row('tiles', ['sites', 'lessons', 'ranking', 'services', 'notices']),
])

export function Home() {
  const isOld = useIsOld()
  // A box that was just switched on has not failed yet.
  const isTrying = useWall(({ connection }) => connection === 'connecting')
  return isOld && !isTrying ? <LostHome /> : <LiveHome />
}

function LiveHome() {
  const { stack } = useTelevision()
  const village = useVillage()
  const title = useTv(({ file }) => file.title)
  const channel = useProgramme()
  const focus = useFocus('home', tree, {
    start: 'window',
    onOk(leaf) {
      if (leaf === 'window') stack.open({ page: 'channel', number: channel.number })
      else if (leaf === 'branch') {
        if (village.organization !== undefined)
          stack.open({ page: 'branch', id: village.organization.id })
      } else stack.open({ page: leaf } as Route)
    },
  })
  const [picture, setPicture] = useState<PictureState>('connecting')
  const isWatched = focus.at === 'window' && picture === 'live'
  useIdle(isWatched, () => stack.open({ page: 'channel', number: channel.number }))

  return (
    <Frame title={titleOf(title, village.place)}>
      <Spot focus={focus} id="window" className="tv-window" at={[8, 13.4, 102, 57.4]}>
        <LiveWindow channel={channel} onState={setPicture} hint={isWatched} />
      </Spot>
      <Spot focus={focus} id="branch" className="spot-card tv-branch" at={[113, 13.4, 39, 20.4]}>
        <BranchCard village={village} />
      </Spot>
      <section className="tv-today" style={boxStyle([113, 35.4, 39, 35.4])}>
        <Today />
      </section>
      <Tiles focus={focus} village={village} />
    </Frame>
  )
}

/** The own village where it has a picture, else the first that has. */
function useProgramme(): Channel {
  const channels = useChannels()
  const [own] = channels
  const first = channels.find(hasPicture) ?? own
  if (first === undefined) throw new Error('channelsOf gives no own channel')
  return first
}

/** `then` after twenty seconds without a key. */
function useIdle(isOn: boolean, then: () => void): void {
  const latest = useRef(then)
  const [keys, count] = useReducer((before: number) => before + 1, 0)
  useLayoutEffect(() => {
    latest.current = then
  })
  useListener(() => {
    count()
    return false
  })
  useEffect(
    function waitForNobody() {
      if (!isOn) return
      const timer = setTimeout(() => latest.current(), idleMs)
      return () => clearTimeout(timer)
    },
    [isOn, keys],
  )
}

interface LiveWindowProps {
  readonly channel: Channel
  readonly onState: (state: PictureState) => void
  readonly hint: boolean
}

function LiveWindow({ channel, onState, hint }: LiveWindowProps) {
  const words = useChannelWords()
  const { name, title } = words(channel)
  const isTold = useTv(({ cameras }) => cameras !== null)
  const trust = useTrust()
  const now = useMinute()
  const next = useToday().find(({ startMs }) => startMs > now)
  const isNone = channel.camera === null
  return (
    <>
      <Picture camera={channel.camera} onState={onState} />
      <div className="tv-caption">
        <p className="serif tv-caption-title line">
          {isNone ? (isTold ? '现在没有公开的直播' : '正在连接汇聚中心') : title}
        </p>
        <p className="tv-caption-line">
          <span className="mid line">
            {isNone
              ? next === undefined
                ? '有现场公开后自动接入'
                : `接下来:${todayOf(next)}`
              : name}
          </span>
          {trust === 'brief' ? (
            <span className="late">网络断了,正在重连</span>
          ) : (
            hint && <span className="gold">按 OK 全屏 · 20 秒后自动全屏</span>
          )}
        </p>
      </div>
    </>
  )
}

function BranchCard({ village }: { readonly village: Village }) {
  const age = useAge('points')
  const now = useMinute()
  const { organization, branch } = village
  if (organization === undefined || branch === undefined || age.phase === 'none')
    return (
      <>
        <h2 className="mid">本村党支部</h2>
        <p className="tv-branch-none">
          {age.phase === 'none' ? '正在取本村的数据' : '名册里还没有这个村的党组织'}
        </p>
      </>
    )
  const month = Number(localDay(now).slice(5, 7))
  const change = branch.rankBefore - branch.rank
  const isLive = age.phase === 'live'
  return (
    <>
      <h2 className="mid line">
        本村党支部 · <span className="fig">{month}</span> 月积分
      </h2>
      <div className="tv-branch-row">
        <TierSeal branch={branch} />
        <div className="tv-branch-figures">
          <p className={`num ${isLive ? 'gold' : 'lo'}`} data-testid="tv-points">
            {age.phase === 'error' ? '—' : thousands(branch.points)}
          </p>
          <p className="tv-branch-rank">
            {isLive && branch.points === 0 ? (
              '本月还没有积分'
            ) : isLive ? (
              <>
                全县第 <span className="fig">{branch.rank}</span>
                {change !== 0 && (
                  <span className={change > 0 ? 'gold' : 'mid'}>
                    {' '}
                    {change > 0 ? '▲' : '▼'}
                    <span className="fig">{Math.abs(change)}</span>
                  </span>
                )}
              </>
            ) : (
              <span className={age.phase === 'error' ? 'broken' : 'late'}>
                {age.phase === 'error' ? '平台中断' : age.words}
              </span>
            )}
          </p>
        </div>
      </div>
    </>
  )
}

const mostToday = 3

function Today() {
  const now = useMinute()
  const today = useToday()
  const left = today.filter(({ endMs }) => endMs > now)
  const shown = (left.length >= mostToday ? left : today.slice(-mostToday)).slice(0, mostToday)
  return (
    <>
      <h2 className="mid">今天</h2>
      {shown.length === 0 ? (
        <p className="tv-today-none">今天没有安排</p>
      ) : (
        <ul>
          {shown.map(({ id, startMs, endMs, title, place }) => (
            <li key={id} className={endMs <= now ? 'tv-today-row lo' : 'tv-today-row'}>
              <time className="num gold">{clockTime(startMs)}</time>
              <div>
                <p className="line">{title}</p>
                <p className="tv-today-place line">{place}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

interface TilesProps {
  readonly focus: ReturnType<typeof useFocus>
  readonly village: Village
}

function Tiles({ focus, village }: TilesProps) {
  const age = useAge('points')
  const live = useChannels().filter(hasPicture).length
  const lessons = useTv(({ file }) => file.lessons.length)
  const isScored = age.phase === 'live' && (village.branch?.points ?? 0) > 0
  const services = useTable('services').size
  const unread = useUnread().length
  const tiles = [
    ['sites', '看', '看现场', live > 0 ? `${live} 路可看` : '暂无直播'],
    ['lessons', '学', '学党课', lessons > 0 ? `${lessons} 课` : '暂无党课'],
    ['ranking', '比', '比积分', isScored ? `全县第 ${village.branch?.rank}` : '积分榜'],
    ['services', '办', '办事情', services > 0 ? `${services} 项可办` : '办事指南'],
    ['notices', '听', '听通知', unread > 0 ? `${unread} 条未读` : '广播与通知'],
  ] as const
  return (
    <>
      {tiles.map(([id, char, title, line], at) => (
        <Spot
          key={id}
          focus={focus}
          id={id}
          className="spot-card tv-tile"
          at={[8 + at * 29.2, 73, 27.2, 12.4]}
        >
          <span className={`tv-seal ${focus.at === id ? 'tv-seal-gold' : 'tv-seal-ring'}`}>
            {char}
          </span>
          <div className="tv-tile-words">
            <p className="serif">{title}</p>
            <p className="tv-tile-line line">{line}</p>
          </div>
        </Spot>
      ))}
    </>
  )
}
