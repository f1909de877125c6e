/** How old what is shown is, and what is wrong: a page never looks live when it is not. */
import { clockSeconds, span } from '../freshness.ts'
import { staleMs, useNow, type Polled } from './poll.ts'

export function Heard({ polled: { atMs, trouble } }: { readonly polled: Polled<unknown> }) {
  const now = useNow()
  if (atMs === undefined) return <p role="status">{trouble ?? '正在向汇聚中心询问'}</p>
  const isStale = trouble !== undefined || now - atMs > staleMs
  return (
    <p role="status" className={isStale ? 'stale' : undefined}>
      数据截至 {clockSeconds(atMs)}
      {isStale ? `,已 ${span(now - atMs)} 未更新。${trouble ?? ''},5 秒后再试` : ',每 5 秒更新'}
    </p>
  )
}
