/** What every page but the channel stands in: band with title and clock, a line beneath it, the keys at the bottom. */
import { memo, type ReactNode } from 'react'
import { useTrust, useWall } from '../../board.ts'
import { dayWords } from '../../words.ts'
import { clockTime } from '../../freshness.ts'
import { useTv } from '../television.ts'
import { agoWords, useIsOld } from '../trust.ts'
import './frame.css'

interface FrameProps {
  readonly title: string
  /** Beneath the band; a lost relay takes its place. */
  readonly note?: ReactNode
  /** How old what the page shows is. */
  readonly age?: ReactNode
  readonly keys?: string
  readonly children: ReactNode
}

export function Frame({ title, note, age, keys, children }: FrameProps) {
  const isOld = useIsOld()
  const isTrying = useWall(({ connection }) => connection === 'connecting')
  return (
    <>
      <Band title={title} />
      {isOld && !isTrying ? (
        <LostBand />
      ) : note === undefined && age === undefined ? null : (
        <div className="tv-note">
          <p className="mid line">{note}</p>
          <p className="tv-note-age">{age}</p>
        </div>
      )}
      {children}
      {keys !== undefined && <p className="tv-keys lo">{keys}</p>}
    </>
  )
}

function Band({ title }: { readonly title: string }) {
  const callsign = useTv(({ file }) => file.callsign)
  return (
    <header className="tv-band">
      {callsign !== null && <p className="tv-callsign mid">{callsign}</p>}
      <h1 className="serif gold line">{title}</h1>
      <Clock />
    </header>
  )
}

const Clock = memo(function Clock() {
  const minute = useWall(({ now }) => Math.floor(now / 60_000))
  const { date, weekday } = dayWords(minute * 60_000)
  return (
    <p className="tv-clock">
      <span className="mid">
        {date.slice(5)} {weekday}
      </span>
      <time className="num">{clockTime(minute * 60_000)}</time>
    </p>
  )
})

function LostBand() {
  const trust = useTrust()
  const lostAt = useWall((state) => state.lostAt)
  const now = useWall((state) => Math.floor(state.now / 60_000) * 60_000)
  const knows = useWall(({ board }) => board.county.size > 0)
  return (
    <div className="tv-lost" role="status" data-trust={trust}>
      <span className="tv-hatch" />
      <b className="serif late">网络已断开</b>
      <span>
        {knows && lostAt !== null
          ? `数据截至 ${agoWords(lostAt, now)} · 联网后自动恢复`
          : '本机还没有收到过数据 · 联网后自动显示'}
      </span>
    </div>
  )
}
