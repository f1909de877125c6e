/** What the county's platform holds for the connectors: points of one branch, each message in the dialect of xintian. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { batchOf, write, type NativeMessage } from '../../mock-feeds/platforms/xintian.ts'
import { openEmbeddedJournal } from '../../relay/journal/embedded.ts'
import type { Relay } from '../support/relay.ts'
import { until } from '../support/relay.ts'

/** Every message is worth one point, so the sum counts them. */
export function messagesOf(prefix: string, count: number, from = 1): readonly NativeMessage[] {
  return Array.from({ length: count }, (_, index) =>
    write({
      kind: 'points.awarded',
      source: 'xintian',
      id: `${prefix}-${from + index}`,
      rev: 1,
      subject: '43112810121701',
      county: '431128',
      time: '2026-06-01T09:00:00+08:00',
      data: { points: 1, reason: 'study' },
    }),
  )
}

export const idsOf = (messages: readonly NativeMessage[]): readonly string[] =>
  messages.map(({ msgId }) => msgId)

export const bodyOf = (messages: readonly NativeMessage[]): string =>
  JSON.stringify(batchOf('1', messages))

/** The `body` of platforms.yaml for a row with these columns, indented by six. */
export const rowBody = `
      batchNo: "{msg_id}"
      sysCode: XTZHDJ
      areaCode: "431128"
      list:
        - msgId: "{msg_id}"
          msgType: "{msg_type}"
          ver: "{ver}"
          czlx: "{czlx}"
          orgCode: "{org_code}"
          occurTime: "{occur_time|time}"
          payload: "{payload|json}"`

export const columns = [
  'msg_id',
  'msg_type',
  'ver',
  'czlx',
  'org_code',
  'occur_time',
  'payload',
] as const

export const rowOf = (message: NativeMessage): readonly string[] => [
  message.msgId,
  message.msgType,
  message.ver,
  message.czlx,
  message.orgCode,
  message.occurTime,
  JSON.stringify(message.payload),
]

export interface Health {
  readonly name: string
  readonly state: string
  readonly lastError?: string
  readonly lastOkAt?: string
  readonly lag?: { readonly rows?: number; readonly seconds?: number }
  readonly accepted: number
  readonly duplicate: number
  readonly rejected: number
}

const operator = (relay: Relay): Record<string, string> => ({
  authorization: `Bearer ${readFileSync(join(relay.dataDir, 'operator.token'), 'utf8').trim()}`,
})

export async function healthOf(relay: Relay, name: string): Promise<Health> {
  const response = await fetch(`${relay.url}/v1/connectors`, { headers: operator(relay) })
  const { connectors } = (await response.json()) as { readonly connectors: readonly Health[] }
  const found = connectors.find((health) => health.name === name)
  if (found === undefined) throw new Error(`no connector ${name}`)
  return found
}

export async function refusalsOf(relay: Relay): Promise<readonly { readonly reason: string }[]> {
  const response = await fetch(`${relay.url}/v1/refusals?limit=500`, { headers: operator(relay) })
  return ((await response.json()) as { readonly refusals: readonly { readonly reason: string }[] })
    .refusals
}

/** Waits until a connector says what is asked of it. */
export function untilHealth(
  relay: Relay,
  name: string,
  what: string,
  isSo: (health: Health) => boolean,
): Promise<Health> {
  return until(
    `${name} ${what}`,
    async () => {
      const health = await healthOf(relay, name)
      return isSo(health) && health
    },
    30_000,
  )
}

/** Ids of xintian's events in the log of a relay that has ended, in their order. */
export async function storedIds(dataDir: string): Promise<readonly string[]> {
  const journal = openEmbeddedJournal(join(dataDir, 'journal.sqlite'))
  const ids = journal
    .read(0, 1_000_000)
    .filter(({ source }) => source === 'xintian')
    .map(({ id }) => id)
  await journal.close()
  return ids
}
