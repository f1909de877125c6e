/** Home without a relay: lessons that the box has kept, since when it is lost, and what to do. Old figures are one page away, with their time. */
import { useEffect, useState } from 'react'
import { useWall } from '../../board.ts'
import { clockTime, span } from '../../freshness.ts'
import { useMinute, useVillage } from '../facts/use-village.ts'
import { titleOf } from '../facts/village.ts'
import { column } from '../focus/tree.ts'
import { useFocus } from '../focus/use-focus.ts'
import { Frame } from '../parts/Frame.tsx'
import { boxStyle, Spot } from '../parts/Spot.tsx'
import { useTelevision, useTv } from '../television.ts'
import './lost-home.css'

const pageMs = 20_000

export function LostHome() {
  const { stack, retry } = useTelevision()
  const file = useTv((state) => state.file)
  const { place } = useVillage()
  const knows = useWall(({ board }) => board.county.size > 0)
  const lostAt = useWall((state) => state.lostAt)
  const now = useMinute()
  const { help } = file
  const leaves = [
    'retry',
    ...(file.lessons.length > 0 ? ['lessons'] : []),
    ...(knows ? ['ranking'] : []),
  ]
  const focus = useFocus('lost', column('lost', leaves), {
    start: 'retry',
    onOk(leaf) {
      if (leaf === 'retry') retry()
      else stack.open(leaf === 'lessons' ? { page: 'lessons' } : { page: 'ranking' })
    },
  })
  return (
    <Frame title={titleOf(file.title, place)}>
      <div className="tv-replay" style={boxStyle([8, 23, 92, 52])}>
        <Replay />
      </div>
      <section className="tv-outage" style={boxStyle([104, 23, 48, 60])}>
        <p className="tv-outage-at">
          <span className="mid">中断时间</span>
          <span className="num tv-outage-since">{lostAt === null ? '—' : clockTime(lostAt)}</span>
        </p>
        <p className="mid">
          {lostAt !== null && `已 ${span(Math.max(60_000, now - lostAt))} · `}
          <Retry />
        </p>
        <hr />
        <p>1 检查网线和路由器灯</p>
        <p>2 仍不行,{help === null ? '告诉镇党建办' : `打${help.office}`}</p>
        {help !== null && <p className="num gold tv-outage-phone">{help.phone}</p>}
      </section>
      {leaves.map((leaf, at) => (
        <Spot
          key={leaf}
          focus={focus}
          id={leaf}
          className="spot-card tv-button"
          at={[104, 53.6 + at * 8.9, 38, 7.2]}
        >
          {{ retry: '立即重试', lessons: '看党课', ranking: '看断网前的数据' }[leaf]}
        </Spot>
      ))}
      <p className="tv-keys lo">首页不显示过期的积分和通知;断网前的数据都注明时间</p>
    </Frame>
  )
}

function Retry() {
  const nextTryAt = useWall((state) => state.nextTryAt)
  const now = useWall((state) => state.now)
  const seconds = nextTryAt === null ? 0 : Math.ceil((nextTryAt - now) / 1_000)
  return <>{seconds > 0 ? `${seconds} 秒后重试` : '正在重试'}</>
}

/** One lesson after the other, a page each twenty seconds. */
function Replay() {
  const lessons = useTv(({ file }) => file.lessons)
  const pages = lessons.flatMap(({ title, pages: texts }) =>
    texts.map((text, at) => ({ title, text, share: (at + 1) / texts.length })),
  )
  const [turn, setTurn] = useState(0)
  useEffect(function turnPages() {
    const timer = setInterval(() => setTurn((before) => before + 1), pageMs)
    return () => clearInterval(timer)
  }, [])
  const page = pages[turn % Math.max(1, pages.length)]
  if (page === undefined)
    return <p className="tv-replay-none mid">本机还没有存下党课 · 联网后自动下载</p>
  return (
    <>
      <p className="tv-replay-text">{page.text}</p>
      <p className="serif tv-replay-title line">党课:{page.title}</p>
      <div className="tv-replay-track">
        <div style={{ width: `${page.share * 100}%` }} />
      </div>
    </>
  )
}
