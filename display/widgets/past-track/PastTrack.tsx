/** The day as a line to be moved along: play and speeds at the left, the last thirty days, the hours of the day. */
import { useRef, useState, type PointerEvent } from 'react'
import { useStore } from 'zustand'
import { localDay } from '../../../protocol/time.ts'
import { useTable, useWall } from '../../board.ts'
import { clockTime } from '../../freshness.ts'
import type { Player } from '../../past/player.ts'
import {
  barsOf,
  dayBefore,
  daySpeed,
  fractionOf,
  momentAt,
  onDay,
  speeds,
} from '../../past/track.ts'
import './past-track.css'

/** Days that the board keeps curves of. */
const daysKept = 30
const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24]

export function PastTrack({ player }: { readonly player: Player }) {
  const { atMs, speed, isPlaying } = useStore(player.store)
  const [dragMs, setDragMs] = useState<number | null>(null)
  const shownMs = dragMs ?? atMs
  const day = localDay(shownMs)
  return (
    <div className="past-track" data-testid="past-track">
      <button
        type="button"
        className="past-play serif"
        data-testid="past-play"
        onClick={player.togglePlay}
      >
        {isPlaying ? '暂停' : '播放'}
      </button>
      <div className="past-speeds" role="group" aria-label="倍速">
        {speeds.map((each) => (
          <button
            type="button"
            key={each}
            className="fig"
            aria-pressed={each === speed}
            onClick={() => player.setSpeed(each)}
          >
            {each}×
          </button>
        ))}
        <button
          type="button"
          aria-pressed={speed === daySpeed}
          data-testid="past-yesterday"
          onClick={player.playYesterday}
        >
          昨日 60 秒
        </button>
      </div>
      <Days player={player} day={day} />
      <p className="past-moment fig" data-testid="past-moment">
        {Number(day.slice(5, 7))} 月 {Number(day.slice(8))} 日 <b>{clockTime(shownMs)}</b>
      </p>
      <Hours player={player} day={day} shownMs={shownMs} onDrag={setDragMs} />
    </div>
  )
}

/** How many organisations were active on each day; one that is older has no bar and is reached by the arrows. */
function Days({ player, day }: { readonly player: Player; readonly day: string }) {
  const today = useWall((state) => localDay(state.present))
  const active = useTable('daily').get('activeOrganizations')
  const bars = barsOf(active?.values ?? Array<number>(daysKept).fill(0), today)
  const goTo = (to: string) => player.seek(onDay(player.store.getState().atMs, to))
  return (
    <div className="past-days" role="group" aria-label="近 30 天">
      <button type="button" aria-label="前一天" onClick={() => goTo(dayBefore(day))}>
        ‹
      </button>
      {bars.map((bar) => (
        <button
          type="button"
          key={bar.day}
          className="past-day"
          aria-label={`${bar.day} ${bar.value} 个党组织有活动`}
          aria-pressed={bar.day === day}
          onClick={() => goTo(bar.day)}
        >
          <i style={{ scale: `1 ${Math.max(0.06, bar.share)}` }} />
        </button>
      ))}
      <button
        type="button"
        aria-label="后一天"
        disabled={day >= today}
        onClick={() => goTo(dayBefore(day, -1))}
      >
        ›
      </button>
    </div>
  )
}

interface HoursProps {
  readonly player: Player
  readonly day: string
  readonly shownMs: number
  readonly onDrag: (ms: number | null) => void
}

function Hours({ player, day, shownMs, onDrag }: HoursProps) {
  const line = useRef<HTMLDivElement>(null)
  const present = useWall((state) => state.present)
  const gone = fractionOf(present, day)
  const at = fractionOf(shownMs, day)
  const momentOf = ({ clientX }: PointerEvent) => {
    const box = line.current?.getBoundingClientRect()
    if (box === undefined) return shownMs
    return Math.min(momentAt(day, (clientX - box.left) / box.width), present)
  }
  return (
    <div
      className="past-hours"
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label="时刻"
      aria-valuemin={0}
      aria-valuemax={24}
      aria-valuenow={at * 24}
      aria-valuetext={clockTime(shownMs)}
      data-testid="past-hours"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        onDrag(momentOf(event))
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(momentOf(event))
      }}
      onPointerUp={(event) => {
        onDrag(null)
        player.seek(momentOf(event))
      }}
      onPointerCancel={() => onDrag(null)}
    >
      <i className="past-gone" style={{ scale: `${gone} 1` }} />
      <i className="past-run" style={{ scale: `${at} 1` }} />
      <i className="past-knob" style={{ left: `${at * 100}%` }} />
      {hours.map((hour) => (
        <span key={hour} className="fig" style={{ left: `${(hour / 24) * 100}%` }}>
          {hour}
        </span>
      ))}
    </div>
  )
}
