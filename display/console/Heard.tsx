/** How old what is shown is, and what is wrong: a page never looks live when it is not. */
import { clockSeconds, span } from '../freshness.ts'
import { staleMs, useNow, type Polled } from './poll.ts'

export function Heard({ polled: { atMs, trouble } }: { readonly polled: Polled<unknown> }) {
  const now = useNow()
  const isStale = trouble !== undefined || (atMs !== undefined && now - atMs > staleMs)
  return (
    <p className={isStale ? 'heard stale' : 'heard'}>
      {/* Only what is wrong is spoken: a clock that is read out each second would silence all else. */}
      <span role="status">{trouble}</span>
      <span>
        {atMs === undefined
          ? trouble === undefined
            ? '正在向汇聚中心询问…'
            : ',每 5 秒再试'
          : isStale
            ? `${trouble === undefined ? '' : ',每 5 秒再试。'}以下截至 ${clockSeconds(atMs)},已 ${span(now - atMs)} 未更新`
            : `数据截至 ${clockSeconds(atMs)},每 5 秒更新`}
      </span>
    </p>
  )
}
