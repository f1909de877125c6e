/** How much of what is shown still holds. */
import { useTrust, useWall } from '../board.ts'
import { clockTime, useFreshness, type Freshness } from '../freshness.ts'
import type { Feed } from '../../protocol/events.ts'
import { localDay } from '../../protocol/time.ts'
import { shortDay } from '../words.ts'
import { useTv } from './television.ts'

/** The relay is lost, or has not answered since the box was switched on: nothing here is of now. */
export function useIsOld(): boolean {
  const trust = useTrust()
  return trust === 'stale' || trust === 'unknown'
}

/** 09:32, with the day where it is not today's. */
export function agoWords(ms: number, now: number): string {
  const day = localDay(ms)
  return day === localDay(now) ? clockTime(ms) : `${shortDay(day)} ${clockTime(ms)}`
}

export interface Age {
  /** `none`: nothing was ever told. */
  readonly phase: 'live' | 'old' | 'error' | 'none'
  /** 数据截至 09:32; '' while live. */
  readonly words: string
}

/** Of what one feed tells: whether it is of now, and what is to be said beside it. */
export function useAge(feed: Feed): Age {
  const freshness = useFreshness(feed)
  const now = useWall((state) => Math.floor(state.now / 60_000) * 60_000)
  const knows = useWall(({ board }) => board.county.size > 0)
  return knows ? ageOf(freshness, now) : { phase: 'none', words: '' }
}

export function ageOf({ phase, mark }: Freshness, now: number): Age {
  if (phase === 'live') return { phase: 'live', words: '' }
  const words = mark.asOf === null ? '时间未报' : `数据截至 ${agoWords(mark.asOf, now)}`
  return phase === 'error'
    ? { phase: 'error', words: `${words} · 平台中断` }
    : { phase: 'old', words }
}

/** Where the relay has not answered yet. */
export const askAgainMs = 5_000
/** Asked for every two minutes: twice without an answer, and it may be out of date. */
export const fileEveryMs = 120_000

/** Of what the county puts on its televisions. */
export function useFileAge(): Age {
  const at = useTv(({ fileAt }) => fileAt)
  const now = useWall((state) => Math.floor(state.now / 60_000) * 60_000)
  if (at === null) return { phase: 'none', words: '' }
  if (now - at <= 2.5 * fileEveryMs) return { phase: 'live', words: '' }
  return { phase: 'old', words: `内容截至 ${agoWords(at, now)}` }
}
