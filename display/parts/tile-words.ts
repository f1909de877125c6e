/** What a tile says where no picture moves, and what happens next: pure. */
import type { TileState } from '../canvas/video/tile-state.ts'
import { clockSeconds } from '../freshness.ts'

/** `still`: more pictures are live than this machine decodes. `empty`: nothing is live. `past`: a wall of the past. */
export type Shown = TileState['kind'] | 'empty' | 'past' | 'still'

export interface TileWords {
  readonly title: string
  readonly next: string
}

export interface TileMoment {
  readonly playing: TileState | null
  /** The relay is gone for long: nothing of it is live. */
  readonly isCut: boolean
  readonly hasStill: boolean
  /** ms of the relay's clock, as is `since`, from when on it has been so. */
  readonly now: number
  readonly since: number
  /** Relay clock minus this machine's, which players go by. */
  readonly offsetMs: number
}

export function wordsOf(state: Shown, moment: TileMoment): TileWords {
  const { playing, isCut, hasStill, now, since } = moment
  switch (state) {
    case 'past':
      return { title: '回看中不播放直播', next: '回到现在后自动接入' }
    case 'empty':
      return { title: '当前无直播', next: '有支部开播后自动接入' }
    case 'still':
      return { title: hasStill ? '' : '等待播放', next: '本屏同时播放已满 · 空出后自动接入' }
    case 'waiting':
      return { title: '排队等待', next: whyOf(playing) }
    case 'refused':
      return { title: whyOf(playing), next: `获准后自动接入 · ${retryIn(moment)}` }
    case 'unsupported':
      return {
        title: '此屏不能解码',
        next:
          playing?.kind === 'unsupported'
            ? `编码 ${playing.codec} · 请改用 H.264`
            : '请换用新的浏览器',
      }
    case 'lost':
      return {
        title: '信号中断',
        next: isCut
          ? '汇聚中心恢复后接入'
          : `${whyOf(playing) || `${clockSeconds(since)} 起`} · ${retryIn(moment)}`,
      }
    case 'connecting':
    case 'live':
    case 'frozen': {
      const waited = Math.max(0, Math.floor((now - since) / 1_000))
      return { title: '连接中', next: `已 ${waited} 秒${hasStill ? ' · 显示缩略图' : ''}` }
    }
  }
}

const whyOf = (playing: TileState | null): string =>
  playing !== null && 'why' in playing ? playing.why : ''

function retryIn({ playing, now, offsetMs }: TileMoment): string {
  const retryAt = playing !== null && 'retryAt' in playing ? playing.retryAt + offsetMs : now
  return retryAt > now ? `${Math.ceil((retryAt - now) / 1_000)} 秒后重试` : '正在重试'
}
