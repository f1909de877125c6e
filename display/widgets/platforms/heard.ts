/** Of what the relay heard of all platforms, what concerns one division. Pure. */
import { covers } from '../../../protocol/division.ts'
import type { HeardPlatform } from '../../../protocol/heard.ts'
import { instantMs, localDay } from '../../../protocol/time.ts'
import { clockTime, span } from '../../freshness.ts'
import { shortDay, thousands } from '../../words.ts'

/** Those that speak for it, for what stands above it or for a part of it. */
export function heardIn(platforms: readonly HeardPlatform[], division: string): HeardPlatform[] {
  return platforms.filter(({ divisions }) =>
    divisions.some((code) => covers(code, division) || covers(division, code)),
  )
}

/** 28,229 and 0.4 */
export function rateOf({ perMinute }: HeardPlatform): {
  readonly value: number
  readonly decimals: number
} {
  return { value: perMinute, decimals: perMinute < 10 ? 1 : 0 }
}

export interface Fact {
  readonly label: string
  readonly text: string
  readonly isLate?: boolean
}

/** Something went wrong so recently that it deserves a colour. */
const recentMs = 3_600_000

export function factsOf(
  { lastEventAt, lag, refused, trouble }: HeardPlatform,
  now: number,
): readonly Fact[] {
  const at = (instant: string) => {
    const ms = instantMs(instant)
    const day = localDay(ms)
    return day === localDay(now) ? clockTime(ms) : `${shortDay(day)} ${clockTime(ms)}`
  }
  const waits =
    lag === null || ('rows' in lag ? lag.rows : lag.seconds) === 0
      ? null
      : 'rows' in lag
        ? `${thousands(lag.rows)} 行`
        : span(lag.seconds * 1_000)
  return [
    { label: '最近一条', text: lastEventAt === null ? '启动以来尚无' : at(lastEventAt) },
    ...(lag === null
      ? []
      : [{ label: '待取', text: waits ?? '无', ...(waits === null ? {} : { isLate: true }) }]),
    ...(refused === null
      ? []
      : [
          {
            label: '近一小时退回',
            text: refused === 0 ? '无' : `${thousands(refused)} 条`,
            ...(refused === 0 ? {} : { isLate: true }),
          },
        ]),
    ...(trouble === null
      ? []
      : [
          {
            label: '上次异常',
            text: `${at(trouble.at)} ${trouble.kind === 'refused' ? '有数据退回' : '取数未接通'}`,
            isLate: now - instantMs(trouble.at) < recentMs,
          },
        ]),
  ]
}
