/** How old a figure is. Age is of the data, not of the last poll. */
import type { Row, Table } from '../protocol/board.ts'
import type { Feed } from '../protocol/events.ts'
import { instantMs, toInstant } from '../protocol/time.ts'
import { trustOf, useTrust, useWall, type WallState } from './board.ts'

export const feedNames: Readonly<Record<Feed, string>> = {
  organizations: '组织库',
  activities: '三会一课',
  video: '网格视频',
  points: '积分',
  study: '学习',
  cases: '综治四单',
  term: '换届台账',
  dues: '党费',
  services: '便民服务',
  floating: '流动党员',
}

/** In which they are listed. */
export const feedOrder = Object.keys(feedNames) as Feed[]

/** `past`: the figure is of another moment than the present, and of that moment it is right. */
export type AgeStatus = 'ok' | 'late' | 'broken' | 'none' | 'past'
export interface AgeMark {
  readonly status: AgeStatus
  readonly asOf: number | null
  /** 2 秒前 · 14 分钟前 · 延迟 */
  readonly text: string
}

/** HH:MM, local. */
export function clockTime(ms: number): string {
  return toInstant(ms).slice(11, 16)
}

export function clockSeconds(ms: number): string {
  return toInstant(ms).slice(11, 19)
}

/** 2 秒, 14 分钟, 3 小时, 2 天 */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  if (seconds < 60) return `${seconds} 秒`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} 分钟`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} 小时`
  return `${Math.floor(seconds / 86_400)} 天`
}

interface Reported {
  readonly cadenceSeconds: number
  readonly asOf: string
}

/** Late, and down, after more than so many cadences. */
export const lateBeats = 2
export const brokenBeats = 10

/** How many of its cadences ago a source was last heard of. */
export function beatsSince({ cadenceSeconds, asOf }: Reported, now: number): number {
  return Math.max(0, now - instantMs(asOf)) / (Math.max(1, cadenceSeconds) * 1_000)
}

export function markOf(source: Reported, now: number): AgeMark {
  const asOf = instantMs(source.asOf)
  const ageMs = Math.max(0, now - asOf)
  const beats = beatsSince(source, now)
  const status: AgeStatus = beats <= lateBeats ? 'ok' : beats <= brokenBeats ? 'late' : 'broken'
  const age = ageMs < 1_000 ? '刚刚' : `${span(ageMs)}前`
  const text = status === 'ok' ? age : `${age} · ${status === 'late' ? '延迟' : '中断'}`
  return { status, asOf, text }
}

/** Once the relay is lost nobody knows how old a source is by now: only until when it was heard, at `lostAt` at the latest. */
export function heldMarkOf({ asOf }: Reported, lostAt: number): AgeMark {
  const at = Math.min(instantMs(asOf), lostAt)
  return { status: 'late', asOf: at, text: `截至 ${clockTime(at)}` }
}

/** Of several platforms behind one feed the worst counts. */
export function ageOf(sources: Table<'sources'>, feed: Feed, now: number): AgeMark {
  let worst: Row<'sources'> | undefined
  for (const source of sources.values())
    if (
      source.feed === feed &&
      (worst === undefined || beatsSince(source, now) > beatsSince(worst, now))
    )
      worst = source
  return worst === undefined ? { status: 'none', asOf: null, text: '时间未报' } : markOf(worst, now)
}

/** What a widget may claim about its figures. */
export interface Freshness {
  readonly phase: 'live' | 'stale' | 'error'
  readonly mark: AgeMark
  /** 截至 09:27, where the figure is not live. */
  readonly until: string
  /** The relay itself is lost: the banner says so for all figures at once. */
  readonly isCut: boolean
}

/** What was so at a moment of the past; whichever source was late then has told it since. */
function ofThen(now: number): Freshness {
  const until = `截至 ${clockTime(now)}`
  const mark: AgeMark = { status: 'past', asOf: now, text: `数据${until}` }
  return { phase: 'live', mark, until, isCut: false }
}

export function freshnessOf(
  state: Pick<WallState, 'board' | 'connection' | 'lostAt' | 'now' | 'isPast'>,
  feed: Feed,
): Freshness {
  const trust = trustOf(state)
  if (trust === 'past') return ofThen(state.now)
  const isCut = trust === 'stale' || trust === 'unknown'
  const at = isCut && state.lostAt !== null ? state.lostAt : state.now
  const mark = ageOf(state.board.sources, feed, at)
  const until = `截至 ${clockTime(Math.min(mark.asOf ?? at, at))}`
  if (isCut) return { phase: 'stale', mark: { ...mark, status: 'late', text: until }, until, isCut }
  if (mark.status === 'broken') return { phase: 'error', mark, until, isCut }
  return { phase: mark.status === 'late' ? 'stale' : 'live', mark, until, isCut }
}

export function useFreshness(feed: Feed): Freshness {
  const board = useWall((state) => state.board)
  const connection = useWall((state) => state.connection)
  const lostAt = useWall((state) => state.lostAt)
  const now = useWall((state) => state.now)
  const isPast = useWall((state) => state.isPast)
  return freshnessOf({ board, connection, lostAt, now, isPast }, feed)
}

/** Of what the wall sees by itself, whichever platform it is about. */
export function useLinkFreshness(): Freshness {
  const lostAt = useWall((state) => state.lostAt)
  const trust = useTrust()
  const isCut = trust === 'stale' || trust === 'unknown'
  const until = lostAt === null ? '' : `截至 ${clockTime(lostAt)}`
  return isCut
    ? { phase: 'stale', mark: { status: 'late', asOf: lostAt, text: until }, until, isCut }
    : { phase: 'live', mark: { status: 'ok', asOf: null, text: '实时' }, until, isCut }
}
