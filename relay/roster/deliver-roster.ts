/** Sends an import through the relay's public door, like any platform: signed CloudEvents in batches. */
import { createHmac } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Difference } from './diff-roster.ts'
import { RosterError } from './roster-error.ts'

export const rosterPlatform = 'roster'
const batchEvents = 500

export interface Delivery {
  readonly url: string
  readonly county: string
  /** `whsec_…` */
  readonly secret: string
  /** The instant of the import, RFC 3339 with an offset: part of every event's id. */
  readonly time: string
  readonly onProgress: (sent: number, total: number) => void
  /** Ends the waiting for a relay that has no room; for ever without. */
  readonly signal?: AbortSignal
}

/** Returns how many events were accepted. Throws `RosterError` at the first refusal. */
export async function deliverRoster(
  differences: readonly Difference[],
  delivery: Delivery,
): Promise<number> {
  const events = differences.flatMap((difference) => eventsOf(difference, delivery))
  let accepted = 0
  for (let at = 0; at < events.length; at += batchEvents) {
    const body = JSON.stringify(events.slice(at, at + batchEvents))
    accepted += await post(body, `roster-${delivery.time}-${at}`, delivery)
    delivery.onProgress(Math.min(at + batchEvents, events.length), events.length)
  }
  return accepted
}

function eventsOf(
  { entry, isRecordChanged, isCountChanged }: Difference,
  { county, time }: Delivery,
): readonly object[] {
  const event = (type: string, data: object): object => ({
    specversion: '1.0',
    type: `cn.flagwall.${type}`,
    source: rosterPlatform,
    id: `${type}/${entry.id}/${time}`,
    subject: entry.id,
    partitionkey: county,
    time,
    data,
  })
  return [
    ...(isRecordChanged ? [event('organization.recorded', entry.recorded)] : []),
    ...(isCountChanged ? [event('members.counted', { members: entry.members })] : []),
  ]
}

async function post(body: string, id: string, delivery: Delivery): Promise<number> {
  for (;;) {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const key = Buffer.from(delivery.secret.replace(/^whsec_/, ''), 'base64')
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
    const response = await fetch(`${delivery.url}/v1/platforms/${rosterPlatform}/events`, {
      method: 'POST',
      body,
      ...(delivery.signal === undefined ? {} : { signal: delivery.signal }),
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${mac}`,
      },
    })
    if (response.status === 429 || response.status === 503) {
      const seconds = Number(response.headers.get('retry-after') ?? 1)
      await wait(seconds * 1000, undefined, delivery.signal && { signal: delivery.signal })
      continue
    }
    const answer = (await response.json()) as {
      readonly detail?: string
      readonly accepted?: number
      readonly items?: readonly { readonly status: string; readonly reason?: string }[]
    }
    const refused = answer.items?.find(({ status }) => status === 'rejected')
    if (response.status !== 202 || refused !== undefined)
      throw new RosterError(`汇聚中心未接收:${refused?.reason ?? answer.detail ?? response.status}`)
    return answer.accepted ?? 0
  }
}
