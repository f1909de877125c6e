import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Problem } from './problem.ts'

const toleranceMs = 300_000

/** The keys of one platform that are good at this moment. */
export interface SigningKey {
  readonly id: string
  /** The bytes after `whsec_`, decoded, as a key that is made ready once and not for each delivery. */
  readonly secret: KeyObject
  /** Six-digit codes of the counties that the platform may speak for. */
  readonly counties: readonly string[]
}

/**
 * Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`, body being the bytes as signed, after gzip is undone.
 * Returns the key that signed; throws 401.
 */
export function verify(
  headers: IncomingHttpHeaders,
  body: Uint8Array,
  keys: readonly SigningKey[],
  nowMs: number,
): SigningKey {
  const id = one(headers, 'webhook-id')
  const timestamp = one(headers, 'webhook-timestamp')
  const signature = one(headers, 'webhook-signature')
  if (!/^[\x21-\x7e]{1,128}$/.test(id))
    throw new Problem(
      401,
      'webhook-id must be 1 to 128 visible ASCII characters: send a fresh id for each delivery.',
    )
  if (!/^\d{10}$/.test(timestamp))
    throw new Problem(
      401,
      'webhook-timestamp must be ten digits, the seconds since 1970: sign with the present time.',
    )
  const skewMs = Number(timestamp) * 1000 - nowMs
  if (Math.abs(skewMs) > toleranceMs)
    throw new Problem(
      401,
      `webhook-timestamp is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs < 0 ? 'behind' : 'ahead of'} the relay's clock, and ${toleranceMs / 1000} s are allowed: set the sender's clock (NTP) and sign again.`,
    )
  if (keys.length === 0)
    throw new Problem(
      401,
      'The platform has no key that is valid now: ask the operator to make or rotate one (npm run keys).',
    )

  const given = signature
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .slice(0, 16)
  if (given.length === 0)
    throw new Problem(
      401,
      'webhook-signature holds no v1 signature: send "v1," followed by the base64 HMAC-SHA256.',
    )
  const signatures = given.map((part) => Buffer.from(part.slice(3), 'base64'))
  let signer: SigningKey | undefined
  for (const key of keys) {
    const expected = createHmac('sha256', key.secret)
      .update(`${id}.${timestamp}.`)
      .update(body)
      .digest()
    // Every pair is compared, so the time taken does not tell which key or signature came near.
    for (const candidate of signatures)
      if (candidate.length === expected.length && timingSafeEqual(candidate, expected))
        signer ??= key
  }
  if (signer === undefined)
    throw new Problem(
      401,
      'No signature matches: sign the exact bytes of the body (before gzip) with the present secret of this platform.',
    )
  return signer
}

function one(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name]
  if (typeof value !== 'string' || value === '')
    throw new Problem(
      401,
      `The header ${name} is missing: sign each delivery as Standard Webhooks describes (webhook-id, webhook-timestamp, webhook-signature).`,
    )
  return value
}
