/** Every platform that may speak, with what it sends, how old that is, and what was turned away. */
import type { Row } from '../../protocol/board.ts'
import type { ConsoleKey, ConsolePlatform } from '../../protocol/console.ts'
import { instantMs, toInstant } from '../../protocol/time.ts'
import type { Health } from '../connectors/health.ts'
import type { Key } from '../keys/store.ts'
import type { Traffic } from './traffic.ts'

interface Parts {
  readonly nowMs: number
  readonly traffic: Traffic
  readonly keys: readonly Key[]
  /** Divisions by platform with an adapter. */
  readonly divisions: ReadonlyMap<string, readonly string[]>
  readonly sources: readonly Row<'sources'>[]
  readonly connectors: readonly Health[]
  /** Kept refusals by platform. */
  readonly refused: ReadonlyMap<string, number>
}

/** Those with trouble are not moved up: a row that jumps while it is read is worse than one that is far down. */
export function platformsOf(parts: Parts): readonly ConsolePlatform[] {
  const names = new Set([
    ...parts.divisions.keys(),
    ...parts.keys.map(({ platform }) => platform),
    ...parts.connectors.map(({ platform }) => platform),
    ...parts.traffic.platforms(),
  ])
  return [...names].map((platform) => platformOf(platform, parts))
}

function platformOf(platform: string, parts: Parts): ConsolePlatform {
  const { nowMs, traffic } = parts
  const { perMinute, sinceStart, lastMs } = traffic.read(platform)
  const keys = parts.keys.filter((key) => key.platform === platform)
  return {
    platform,
    divisions: [
      ...(parts.divisions.get(platform) ?? new Set(keys.flatMap(({ counties }) => counties))),
    ],
    perMinute: { ...perMinute },
    sinceStart: { ...sinceStart },
    ...(lastMs === undefined ? {} : { lastEventAt: toInstant(lastMs) }),
    feeds: feedsOf(platform, parts.sources, nowMs),
    keys: keys.map((key) => shownKey(key, nowMs)),
    connectors: parts.connectors
      .filter((each) => each.platform === platform)
      .map(({ name, kind, state, lastOkAt, lastError, lastErrorAt, lag }) => ({
        name,
        kind,
        state,
        ...(lastOkAt === undefined ? {} : { lastOkAt }),
        ...(lastError === undefined ? {} : { lastError }),
        ...(lastErrorAt === undefined ? {} : { lastErrorAt }),
        ...(lag === undefined ? {} : { lag }),
      })),
    refusals: parts.refused.get(platform) ?? 0,
  }
}

/** A feed that several divisions tell of is as old as the oldest of them. */
export function feedsOf(
  platform: string,
  sources: Parts['sources'],
  nowMs: number,
): ConsolePlatform['feeds'] {
  const oldest = new Map<string, Row<'sources'>>()
  for (const row of sources) {
    if (row.platform !== platform) continue
    const known = oldest.get(row.feed)
    if (known === undefined || instantMs(row.asOf) < instantMs(known.asOf))
      oldest.set(row.feed, row)
  }
  return [...oldest.values()].map(({ feed, asOf, cadenceSeconds }) => {
    const ageSeconds = Math.max(0, Math.round((nowMs - instantMs(asOf)) / 1_000))
    const cadences = ageSeconds / Math.max(1, cadenceSeconds)
    const state = cadences <= 2 ? 'ok' : cadences <= 10 ? 'late' : 'broken'
    return { feed, asOf, ageSeconds, cadenceSeconds, state }
  })
}

export function shownKey(key: Key, nowMs: number): ConsoleKey {
  return { id: key.id, ...stateOf(key, nowMs), counties: [...key.counties], masked: 'whsec_••••' }
}

function stateOf(
  { notBefore, notAfter, revokedAt }: Key,
  nowMs: number,
): Pick<ConsoleKey, 'state' | 'at'> {
  if (revokedAt !== undefined) return { state: 'revoked', at: revokedAt }
  if (instantMs(notBefore) > nowMs) return { state: 'early', at: notBefore }
  if (notAfter === undefined) return { state: 'valid' }
  return { state: instantMs(notAfter) > nowMs ? 'ending' : 'ended', at: notAfter }
}
