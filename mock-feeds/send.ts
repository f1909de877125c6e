/** Delivers native messages to the relay over HTTP, as a platform would: signed, in batches, again until they are taken. */
import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const mostMessages = 1_000
const mostBytes = 2_800_000

export interface Sent {
  readonly accepted: number
  readonly duplicate: number
  readonly rejected: number
}

/** The relay's door for one platform. */
export interface Door {
  /** Sends one body until the relay has answered for its `total` items; throws when it will never take them, or on abort. */
  deliver(id: string, contentType: string, body: string, total: number): Promise<Sent>
}

export interface Sender {
  /** Resolves once the relay has answered for every message; throws when the relay will never take them, or on abort. */
  send(messages: readonly object[]): Promise<Sent>
}

export interface DoorOptions {
  /** Where it is: `http://127.0.0.1:8080/v1/platforms/xintian/events`. */
  readonly url: string
  /** `whsec_…`, read anew for each delivery so that a rotated key is followed. */
  readonly key: () => string
  /** The clock that deliveries are signed by, in ms; this machine's unless told. */
  readonly now?: () => number
  readonly onTrouble?: (sentence: string) => void
}

export interface SenderOptions extends DoorOptions {
  /** The body of a batch around its messages, given as JSON texts. */
  readonly wrap: (batchNo: string, messages: readonly string[]) => string
  /** Requests at the same time. */
  readonly inFlight?: number
}

/** The relay answered that sending the same again is of no use. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused'
}

interface KeyWanted {
  readonly dataDir: string
  readonly platform: string
  readonly divisions: readonly string[]
}

/** The newest key of a platform that is valid now, from DATA_DIR/keys.json; undefined while there is none. */
export function keyFrom(dataDir: string, platform: string, nowMs: number): string | undefined {
  let file: {
    readonly keys?: readonly {
      readonly platform: string
      readonly secret: string
      readonly notBefore: string
      readonly notAfter?: string
      readonly revokedAt?: string
    }[]
  }
  try {
    file = JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as typeof file
  } catch {
    // Absent, or being written at this moment: the caller asks again.
    return undefined
  }
  return file.keys
    ?.filter(
      (key) =>
        key.platform === platform &&
        key.revokedAt === undefined &&
        Date.parse(key.notBefore) <= nowMs &&
        nowMs < Date.parse(key.notAfter ?? '9999-12-31'),
    )
    .at(-1)?.secret
}

/** Waits until there is one, and gives the newest at each call. Throws on abort. */
export async function waitForKey(
  { dataDir, platform, divisions }: KeyWanted,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<() => string> {
  let known = keyFrom(dataDir, platform, Date.now())
  if (known === undefined)
    log(
      `Waiting for a key of ${platform} in ${dataDir}/keys.json (npm run keys -- make ${platform} --counties ${divisions.join(',')}) …`,
    )
  while (known === undefined) {
    await wait(500, undefined, { signal })
    known = keyFrom(dataDir, platform, Date.now())
  }
  const first = known
  return () => keyFrom(dataDir, platform, Date.now()) ?? first
}

/** Standard Webhooks, version 1. */
export function signatureOf(key: string, id: string, timestamp: number, body: string): string {
  const secret = Buffer.from(key.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}

/** Milliseconds to wait: what the relay asks for, else longer with every attempt. */
function pauseMs(response: Response | undefined, attempt: number): number {
  const asked = Number(response?.headers.get('retry-after') ?? NaN)
  return Number.isFinite(asked) && asked > 0
    ? Math.min(60, asked) * 1000
    : Math.min(10_000, 250 * 2 ** Math.min(attempt, 6))
}

interface Answer {
  readonly accepted?: number
  readonly duplicate?: number
  readonly duplicates?: number
  readonly rejected?: number
  readonly items?: readonly { readonly status: string }[]
}

/** The relay may answer with totals or with a line for each item; either is counted. */
function sentOf(answer: Answer, total: number): Sent {
  const lines = answer.items
  const named = (status: string) => lines?.filter((line) => line.status === status).length
  const duplicate = named('duplicate') ?? answer.duplicate ?? answer.duplicates ?? 0
  const rejected = named('rejected') ?? answer.rejected ?? 0
  return { duplicate, rejected, accepted: total - duplicate - rejected }
}

export function createDoor(options: DoorOptions, signal: AbortSignal): Door {
  const { now = Date.now } = options
  async function deliver(
    id: string,
    contentType: string,
    body: string,
    total: number,
  ): Promise<Sent> {
    for (let attempt = 0; ; attempt += 1) {
      signal.throwIfAborted()
      const timestamp = Math.floor(now() / 1000)
      let response: Response | undefined
      try {
        response = await fetch(options.url, {
          method: 'POST',
          headers: {
            'content-type': contentType,
            'webhook-id': id,
            'webhook-timestamp': String(timestamp),
            'webhook-signature': signatureOf(options.key(), id, timestamp, body),
          },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
        })
        const text = await response.text()
        // 422: the relay took none or some of the batch and will never take the rest.
        if (response.ok || response.status === 422) {
          return response.ok || text.includes('"items"')
            ? sentOf((text ? JSON.parse(text) : {}) as Answer, total)
            : { accepted: 0, duplicate: 0, rejected: total }
        }
        if (response.status < 500 && response.status !== 429 && response.status !== 408) {
          throw new DeliveryRefused(
            `The relay refused a batch with ${response.status}: ${text.slice(0, 400)}`,
          )
        }
        if (attempt === 3)
          options.onTrouble?.(
            `The relay answers ${response.status}; sending the same batch again until it is taken.`,
          )
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof DeliveryRefused) throw error
        if (attempt === 3)
          options.onTrouble?.(
            `No answer from ${options.url} (${error instanceof Error ? error.message : String(error)}); trying on.`,
          )
      }
      await wait(pauseMs(response, attempt), undefined, { signal })
    }
  }
  return { deliver }
}

export function createSender(options: SenderOptions, signal: AbortSignal): Sender {
  const door = createDoor(options, signal)
  const run = Date.now().toString(36)
  let batches = 0

  function deliver(messages: readonly string[]): Promise<Sent> {
    batches += 1
    const batchNo = `PC${run}-${batches}`
    const body = options.wrap(batchNo, messages)
    return door.deliver(batchNo, 'application/json', body, messages.length)
  }

  return {
    async send(messages) {
      const parts: string[][] = []
      let bytes = mostBytes
      for (const message of messages) {
        const text = JSON.stringify(message)
        const size = Buffer.byteLength(text) + 1
        const open = parts.at(-1)
        if (!open || open.length >= mostMessages || bytes + size > mostBytes) {
          parts.push([text])
          bytes = size
        } else {
          open.push(text)
          bytes += size
        }
      }
      const total = { accepted: 0, duplicate: 0, rejected: 0 }
      let next = 0
      const worker = async () => {
        for (let part = parts[next++]; part; part = parts[next++]) {
          const sent = await deliver(part)
          total.accepted += sent.accepted
          total.duplicate += sent.duplicate
          total.rejected += sent.rejected
        }
      }
      await Promise.all(
        Array.from({ length: Math.min(options.inFlight ?? 3, parts.length) }, worker),
      )
      return total
    },
  }
}
