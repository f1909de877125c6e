/** One mock platform on the soak's clock: through its story, its dialect, its troubles and the relay's signed door. */
import type { Event } from '../../protocol/events.ts'
import {
  reportsAt,
  reportsBetween,
  type Delivery,
  type MockPlatform,
} from '../../mock-feeds/platform.ts'
import { randomOf } from '../../mock-feeds/random.ts'
import { createDoor, DeliveryRefused, type Door, type Sent } from '../../mock-feeds/send.ts'
import { createTrouble, type Fault } from '../../mock-feeds/trouble.ts'

export interface FeedParts {
  readonly platform: MockPlatform
  /** The relay's address. */
  readonly url: string
  readonly key: () => string
  /** The soak's clock. */
  readonly now: () => number
  readonly seed: number
  readonly beginMs: number
  readonly faults: readonly Fault[]
  /** Share of the live events that are lost on the way, unknown to the checker. */
  readonly lossShare: number
  /** Hears of each event in the order in which it is sent. */
  readonly tell: (event: Event) => void
  /** Hears why a delivery has to wait. */
  readonly onTrouble: (sentence: string) => void
  readonly signal: AbortSignal
}

export interface FeedCounts {
  told: number
  accepted: number
  duplicate: number
  refused: number
}

export interface Feed {
  readonly platform: MockPlatform
  readonly faults: readonly Fault[]
  readonly counts: Readonly<FeedCounts>
  /** What the platform published, up to the beginning. */
  tellPast(): Promise<void>
  /** Life up to now. */
  tellUpToNow(): Promise<void>
  /** Says that all is told up to now, so that the boards are as of this moment; a silent platform says nothing. */
  report(): Promise<void>
}

/** At 60 times the pace a signature is too old after 5 s in a queue, and where the clock leaps at once: then it is signed again. */
export async function deliverFast(
  door: Door,
  ...delivery: Parameters<Door['deliver']>
): Promise<Sent> {
  for (;;) {
    try {
      return await door.deliver(...delivery)
    } catch (error) {
      if (!(error instanceof DeliveryRefused) || !error.message.includes("the relay's clock"))
        throw error
    }
  }
}

export function createFeed(parts: FeedParts): Feed {
  const { platform, now, beginMs, faults, signal, seed } = parts
  const url = `${parts.url}/v1/platforms/${platform.platform}/events`
  const door = createDoor({ url, key: parts.key, now, onTrouble: parts.onTrouble }, signal)
  const story = platform.tell({ seed, asOfMs: beginMs })
  const trouble = createTrouble<Event>(
    faults.filter((fault) => fault !== 'nonsense'),
    seed,
    [],
  )
  const loss = randomOf('lost', seed)
  const counts: FeedCounts = { told: 0, accepted: 0, duplicate: 0, refused: 0 }
  let doneMs = beginMs
  let bodies = 0

  function* noted(events: Iterable<Event>, lossShare: number): Generator<Event> {
    for (const event of events) {
      parts.tell(event)
      counts.told += 1
      if (!loss.chance(lossShare)) yield event
    }
  }

  /** One body after the other: of two that claim one id, the first is what was said, here and there. */
  async function send(deliveries: Iterable<Delivery>): Promise<void> {
    for (const { contentType, body, events } of deliveries) {
      bodies += 1
      const sent = await deliverFast(door, `soak-${bodies}`, contentType, body, events)
      counts.accepted += sent.accepted
      counts.duplicate += sent.duplicate
      counts.refused += sent.rejected
    }
  }

  function* withNonsense(deliveries: Iterable<Delivery>): Generator<Delivery> {
    for (const delivery of deliveries) {
      yield delivery
      const body = delivery.contentType === 'application/json' ? '{"nonsense":1}' : 'nonsense=1'
      yield { contentType: delivery.contentType, body, events: 1 }
    }
  }

  return {
    platform,
    faults,
    counts,
    async tellPast() {
      await send(platform.deliveries(noted(story.published(), 0)))
      await send(platform.deliveries(noted(reportsAt(platform, beginMs), 0)))
    },
    async tellUpToNow() {
      const nowMs = Math.floor(now() / 1_000) * 1_000
      if (nowMs <= doneMs) return
      const life = [...story.between(doneMs, nowMs), ...reportsBetween(platform, doneMs, nowMs)]
      doneMs = nowMs
      // Lateness and silence are told in minutes of the room, hours of the platform.
      const arriving = trouble(life, Date.now())
      const deliveries = platform.deliveries(noted(arriving, parts.lossShare))
      await send(faults.includes('nonsense') ? withNonsense(deliveries) : deliveries)
    },
    async report() {
      if (faults.includes('silence')) return
      await send(platform.deliveries(noted(reportsAt(platform, doneMs), 0)))
    },
  }
}
