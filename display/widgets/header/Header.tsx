/** Left the scenes, in the middle the masthead, right the clock. */
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
}

export function Header({ scenes, director, title, office }: Props) {
  return (
    <header className="header" data-testid="header">
      <Tabs scenes={scenes} director={director} />
      <div className="masthead">
        <h1>{title}</h1>
        <p>{office}</p>
      </div>
      <Clock />
    </header>
  )
}

function Tabs({ scenes, director }: Pick<Props, 'scenes' | 'director'>) {
  const show = useStore(director.show)
  // A township is looked into from a scene: that one's tab leads back.
  const on = show.back?.scene ?? show.scene
  const progress = useWall((state) => progressOf(show, state.now))
  return (
    <nav className="tabs" aria-label="场景">
      {scenes.map((scene) => (
        <button
          type="button"
          key={scene.id}
          className="tab serif"
          aria-current={scene.id === on ? 'page' : undefined}
          data-testid="tab"
          onClick={() => director.choose(scene.id)}
        >
          {scene.title}
          {scene.id === on && (
            <i className="tab-track">
              <i style={{ scale: `${progress ?? 1} 1` }} />
            </i>
          )}
        </button>
      ))}
      {show.why !== null && (
        <p className="tabs-why" data-testid="why">
          {show.why}
        </p>
      )}
    </nav>
  )
}

/** The relay's time, whatever this machine's clock says; it keeps running when the link is lost. */
function Clock() {
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
        <span>{time.slice(5)}</span>
      </p>
    </div>
  )
}
