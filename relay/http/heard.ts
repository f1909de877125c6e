/** What was heard of each platform, for the screens: rates and ages for all, what was refused and what waits for those inside. */
import type { Express } from 'express'
import type { HeardPlatform } from '../../protocol/heard.ts'
import { instantMs, toInstant } from '../../protocol/time.ts'
import type { Health } from '../connectors/health.ts'
import { feedsOf } from '../console/platforms.ts'
import type { ConsoleParts } from '../console/routes.ts'
import type { Hub } from '../hub.ts'
import type { Access } from './access.ts'

interface Options {
  readonly hub: Hub
  readonly access: Access
  readonly now: () => number
  readonly listConnectors: () => readonly Health[]
  readonly console: Pick<ConsoleParts, 'traffic' | 'divisions'>
}

export function serveHeard(app: Express, options: Options): void {
  const { hub, access, now } = options
  app.get('/v1/platforms', (req, res) => {
    const { traffic, divisions } = options.console
    const isInside = access.reachOf(req).audience !== 'public'
    const sources = hub.sources()
    const connectors = options.listConnectors()
    const platforms = [...divisions].map(([platform, codes]): HeardPlatform => {
      const { perMinute, lastHour, refusedHour, lastMs, lastRefusedMs } = traffic.read(platform)
      const own = connectors.filter((each) => each.platform === platform)
      const lag = own.find((each) => each.lag !== undefined)?.lag
      return {
        platform,
        divisions: [...codes],
        perMinute: Math.round((perMinute.accepted + perMinute.duplicate) * 10) / 10,
        lastHour: [...lastHour],
        lastEventAt: lastMs === undefined ? null : toInstant(lastMs),
        feeds: feedsOf(platform, sources, now()),
        lag: isInside ? (lag ?? null) : null,
        refused: isInside ? refusedHour : null,
        trouble: isInside ? troubleOf(lastRefusedMs, own) : null,
      }
    })
    res
      .set('cache-control', 'no-store')
      .json({ at: toInstant(now()), startedAt: toInstant(traffic.startedMs), platforms })
  })
}

/** The later of the last refusal and the last time that a source did not answer. */
function troubleOf(
  refusedMs: number | undefined,
  connectors: readonly Health[],
): HeardPlatform['trouble'] {
  const unreachedMs = Math.max(
    ...connectors.map(({ lastErrorAt }) =>
      lastErrorAt === undefined ? 0 : instantMs(lastErrorAt),
    ),
    0,
  )
  const atMs = Math.max(refusedMs ?? 0, unreachedMs)
  if (atMs === 0) return null
  return { at: toInstant(atMs), kind: atMs === unreachedMs ? 'unreached' : 'refused' }
}
