/** 静屏: the time and the day, dim, on black, at another place every minute. */
import { useWall } from '../../board.ts'
import { clockTime } from '../../freshness.ts'
import { dayWords } from '../../words.ts'
import { nightPlace } from './place.ts'
import './night-clock.css'

export function NightClock() {
  // Of the relay's time only the minute is shown.
  const now = useWall((state) => Math.floor(state.now / 60_000) * 60_000)
  const { x, y } = nightPlace(now)
  const { date, weekday } = dayWords(now)
  return (
    <section className="night" aria-label="静屏" data-testid="night">
      <div className="night-room">
        <div className="night-clock" style={{ left: `${x * 100}%`, top: `${y * 100}%` }}>
          <p className="num night-time">{clockTime(now)}</p>
          <p className="night-day">
            {date} {weekday}
          </p>
        </div>
      </div>
    </section>
  )
}
