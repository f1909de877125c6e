/** 断链: what is so, since when, and what happens next. Shown from 60 s after the last message. */
import { useWall } from '../../board.ts'
import { clockSeconds } from '../../freshness.ts'
import '../../parts/band.css'
import './banner.css'

export function Banner() {
  const { lostAt, now, attempts, nextTryAt, version } = useWall((state) => state)
  if (lostAt === null) return null
  const wait = nextTryAt === null ? 0 : Math.ceil((nextTryAt - now) / 1_000)
  return (
    <div className="band banner" role="alert" data-testid="banner">
      <i className="banner-hatch" />
      <strong className="serif">连接中断</strong>
      <span className="banner-kept">
        {version === 0 ? (
          '尚未收到数据'
        ) : (
          <>
            画面停留在 <span className="fig">{clockSeconds(lostAt)}</span>
          </>
        )}
      </span>
      <span className="banner-long">已中断 {longSpan(now - lostAt)}</span>
      <span className="banner-next">
        正在重连 · 第 <span className="fig">{attempts}</span> 次 ·{' '}
        {wait > 0 ? (
          <>
            <span className="fig">{wait}</span> 秒后重试
          </>
        ) : (
          '正在尝试'
        )}
      </span>
      <i className="banner-hatch" />
    </div>
  )
}

export function longSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000))
  const hours = Math.floor(seconds / 3_600)
  const minutes = Math.floor(seconds / 60) % 60
  return hours > 0 ? `${hours} 小时 ${minutes} 分` : `${minutes} 分 ${seconds % 60} 秒`
}
