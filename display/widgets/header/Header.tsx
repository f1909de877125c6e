/** Left the scenes, in the middle the masthead, right the clock. */
import { memo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWall } from '../../board.ts'
import type { Director } from '../../director/direct.ts'
import { progressOf } from '../../director/show.ts'
import { clockSeconds } from '../../freshness.ts'
import { dayWords } from '../../words.ts'
import './header.css'

interface Props {
  readonly scenes: readonly { readonly id: string; readonly title: string }[]
  readonly director: Director
  readonly title: string
  readonly office: string
  /** Null where the wall is in the past already. */
  readonly onPast: (() => void) | null
  /** What else stands between masthead and clock. */
  readonly children?: ReactNode
}

export function Header({ scenes, director, title, office, onPast, children }: Props) {
  return (
    <header className="header" data-testid="header">
      <Tabs scenes={scenes} director={director} />
      <div className="masthead">
        <h1>{title}</h1>
        <p>{office}</p>
      </div>
      {children}
      {onPast !== null && (
        <button type="button" className="to-past" data-testid="to-past" onClick={onPast}>
          回看 <kbd>T</kbd>
        </button>
      )}
      <Clock />
    </header>
  )
}

function Tabs({ scenes, director }: Pick<Props, 'scenes' | 'director'>) {
  const show = useStore(director.show)
  // A township is looked into from a scene: that one's tab leads back.
  const on = show.back?.scene ?? show.scene
  const progress = useWall((state) => progressOf(show, state.present))
  const isPast = useWall((state) => state.isPast)
  return (
    <nav className="tabs" aria-label="场景">
      {scenes.map(({ id, title }) => (
        <Tab
          key={id}
          {...{ id, title }}
          progress={id === on ? (progress ?? 1) : null}
          onChoose={director.choose}
        />
      ))}
      {show.why !== null && !isPast && (
        <p className="tabs-why" data-testid="why">
          {show.why}
        </p>
      )}
    </nav>
  )
}

interface TabProps {
  readonly id: string
  readonly title: string
  /** 0 … 1 of the scene's time; null while another is on. */
  readonly progress: number | null
  readonly onChoose: (id: string) => void
}

/** Only the one that is on is drawn anew each second. */
const Tab = memo(function Tab({ id, title, progress, onChoose }: TabProps) {
  return (
    <button
      type="button"
      className="tab serif"
      aria-current={progress === null ? undefined : 'page'}
      data-testid="tab"
      onClick={() => onChoose(id)}
    >
      {title}
      {progress !== null && (
        <i className="tab-track">
          <i style={{ scale: `${progress} 1` }} />
        </i>
      )}
    </button>
  )
})

/**
 * The relay's time, whatever this machine's clock says; it keeps running when the link is lost. Of the past its moment
 * stands here, and never without the word.
 */
function Clock() {
  const isPast = useWall((state) => state.isPast)
  const now = useWall((state) => state.now)
  const { date, weekday } = dayWords(now)
  const time = clockSeconds(now)
  return (
    <div className="clock" data-testid="clock" data-time={time}>
      <p className="clock-day">
        {date}
        <br />
        {weekday}
      </p>
      <p className="clock-time num">
        {time.slice(0, 5)}
        {isPast ? <b className="clock-past serif">回看</b> : <span>{time.slice(5)}</span>}
      </p>
    </div>
  )
}
