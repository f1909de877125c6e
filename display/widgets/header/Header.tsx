import { useWall } from '../../board.ts'
import { clockSeconds } from '../../freshness.ts'
import { localDay } from '../../../protocol/time.ts'
import './header.css'

interface Props {
  readonly scenes: readonly { readonly id: string; readonly title: string }[]
  readonly active: string
  readonly title: string
  readonly office: string
}

export function Header({ scenes, active, title, office }: Props) {
  return (
    <header className="header" data-testid="header">
      <nav className="tabs">
        {scenes.map((scene) => (
          <span
            key={scene.id}
            className="tab serif"
            aria-current={scene.id === active ? 'page' : undefined}
            data-testid="tab"
          >
            {scene.title}
          </span>
        ))}
      </nav>
      <div className="masthead">
        <h1>{title}</h1>
        <p>{office}</p>
      </div>
      <Clock />
    </header>
  )
}

/** The relay's time, whatever this machine's clock says; it keeps running when the link is lost. */
function Clock() {
  const now = useWall((state) => state.now)
  const day = localDay(now)
  const [year, month, date] = day.split('-').map(Number)
  const weekday = '日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()]
  const time = clockSeconds(now)
  return (
    <div className="clock" data-testid="clock" data-time={time}>
      <p className="clock-day">
        {year}年{month}月{date}日<br />
        星期{weekday}
      </p>
      <p className="clock-time num">
        {time.slice(0, 5)}
        <span>{time.slice(5)}</span>
      </p>
    </div>
  )
}
