/** Which channels there are, and under which key each is watched. */
import { createHmac } from 'node:crypto'
import type { Broadcast, ChannelVillage } from '../../protocol/channel.ts'
import { dayMs, dayStartMs, localDay } from '../../protocol/time.ts'
import type { ListedChannel } from './playlist.ts'
import type { ChannelSettings } from './settings.ts'

/** Of the list and the guide. */
export const listId = 'list'

/** Whoever has it may watch this channel and no other. */
export function keyOf(secret: string, id: string): string {
  return createHmac('sha256', secret).update(id).digest('base64url').slice(0, 22)
}

/** Made anew only where villages change: it is looked into with every piece that a box asks for. */
export interface Listing {
  readonly channels: readonly ListedChannel[]
  readonly byKey: ReadonlyMap<string, ListedChannel>
}

type Wanted = Pick<ChannelSettings, 'live' | 'villages'>

export function listOf(
  { live, villages }: Wanted,
  known: readonly ChannelVillage[],
  secret: string,
): Listing {
  const isWanted = (id: string): boolean =>
    villages === null || villages.some((beginning) => id.startsWith(beginning))
  const all = [
    ...live.map(({ id, title }) => ({ id, name: title, group: '全县' })),
    ...known
      .filter(({ id }) => isWanted(id))
      .map(({ id, place, township }) => ({ id, name: `${place}频道`, group: township || '全县' })),
  ]
  const channels = all.map((each, at) => ({
    ...each,
    key: keyOf(secret, each.id),
    number: at + 1,
  }))
  return { channels, byKey: new Map(channels.map((each) => [each.key, each])) }
}

/** A page that is live is on from the beginning of today to the end of tomorrow; what villages have on, their page knows. */
export function liveGuide(live: ChannelSettings['live'], now: number): readonly Broadcast[] {
  const startMs = dayStartMs(localDay(now))
  return live.map(({ id, title }) => ({ channel: id, title, startMs, endMs: startMs + 2 * dayMs }))
}
