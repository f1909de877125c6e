/** 回看: of when the wall is, that it is not now, and what the relay is doing about it. */
import { useStore } from 'zustand'
import { localDay } from '../../../protocol/time.ts'
import { useWall } from '../../board.ts'
import { clockTime, span } from '../../freshness.ts'
import type { PastState, Player } from '../../past/player.ts'
import '../../parts/band.css'
import './past-band.css'

interface Props {
  readonly player: Player
  readonly onEnd: () => void
}

export function PastBand({ player, onEnd }: Props) {
  const state = useStore(player.store)
  const present = useWall((live) => live.present)
  const lostAt = useWall((live) => live.lostAt)
  const says = saysOf(state, present, lostAt)
  return (
    <div className="band past-band" role="status" data-testid="past-band" data-phase={state.phase}>
      <strong className="serif">回看</strong>
      <span className="past-when fig" data-testid="past-when">
        {localDay(state.atMs)} {clockTime(state.atMs)}
      </span>
      <span className="past-not serif">不是现在</span>
      <span className="past-ago">距现在 {longSpan(present - state.atMs)}</span>
      <span className={says.isBroken ? 'past-says broken' : 'past-says'} data-testid="past-says">
        {says.text}
      </span>
      <button type="button" className="past-end" data-testid="past-end" onClick={onEnd}>
        回到现在 <kbd>Esc</kbd>
      </button>
    </div>
  )
}

function saysOf(
  { phase, making, isShown, isEmpty, isPlaying, speed, retryAt }: PastState,
  present: number,
  lostAt: number | null,
): { readonly text: string; readonly isBroken: boolean } {
  if (phase === 'lost') {
    const wait = Math.ceil(((retryAt ?? present) - present) / 1_000)
    const next = wait > 0 ? `${wait} 秒后重试` : '正在重试'
    return { text: `汇聚中心没有给出这一刻 · ${next}`, isBroken: true }
  }
  if (phase === 'seeking') {
    const shown = isShown ? '画面仍是前一刻' : '画面仍是现在'
    const far = making === null ? '' : ` · 已汇总 ${making.made}/${making.of} 个区划`
    return { text: `正在还原这一刻${far} · ${shown}`, isBroken: false }
  }
  if (lostAt !== null)
    return { text: `汇聚中心中断 ${span(present - lostAt)} · 只放已取到的`, isBroken: true }
  if (isEmpty) return { text: '这一刻之前还没有记录', isBroken: true }
  return { text: isPlaying ? `播放中 · ${speed} 倍速` : '已停在这一刻', isBroken: false }
}

/** 23 小时 40 分 */
function longSpan(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000)
  const days = Math.floor(minutes / 1_440)
  const hours = Math.floor(minutes / 60) % 24
  if (days > 0) return `${days} 天 ${hours} 小时`
  return hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : span(ms)
}
