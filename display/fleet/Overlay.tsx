/** What lies over every page of a screen: an urgent notice, the screen's number, a message at the edge. */
import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Notice } from '../../protocol/screens.ts'
import { useWall } from '../board.ts'
import { clockTime } from '../freshness.ts'
import type { Fleet } from './fleet.ts'
import './overlay.css'

export function Overlay({ fleet }: { readonly fleet: Fleet }) {
  const { notices, number, message } = useStore(fleet.told)
  const now = useWall((state) => state.now)
  // Also where the relay is gone meanwhile: it ends when it was said to end.
  const holding = notices.filter(({ until }) => now < until)
  const newest = holding[holding.length - 1]
  return (
    <>
      {newest !== undefined && (
        <Urgent key={newest.id} notice={newest} others={holding.length - 1} fleet={fleet} />
      )}
      {message !== null && (
        <p className="fleet-message" role="status">
          {message}
        </p>
      )}
      {number !== null && (
        <p className="fleet-number" role="status" data-testid="fleet-number">
          {number}
          <span>号屏</span>
        </p>
      )}
    </>
  )
}

interface UrgentProps {
  readonly notice: Notice
  readonly others: number
  readonly fleet: Fleet
}

function Urgent({ notice: { id, title, text, from, since, until }, others, fleet }: UrgentProps) {
  useEffect(
    function acknowledge() {
      fleet.seen(id)
    },
    [fleet, id],
  )
  return (
    <section className="fleet-urgent" role="alert" data-testid="urgent">
      <p className="fleet-urgent-head">紧急通知</p>
      <h2>{title}</h2>
      <p className="fleet-urgent-text" data-long={text.length > 80}>
        {text}
      </p>
      <p className="fleet-urgent-foot">
        {from} · {clockTime(since)} 发布 · {clockTime(until)} 自动结束
        {others > 0 && ` · 另有 ${others} 条`}
      </p>
    </section>
  )
}
