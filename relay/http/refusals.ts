import { Problem } from './problem.ts'
import { mask } from './redact.ts'

const bodyBytes = 2048

export interface Refusal {
  readonly platform: string
  readonly receivedAt: string
  readonly status: number
  readonly reason: string
  readonly body: string
}
export interface RefusalLog {
  add(refusal: Refusal): void
}
export interface RefusalList {
  list(filter: {
    platform?: string
    before?: number
    limit?: number
  }): readonly (Refusal & { readonly number: number })[]
}

/**
 * A page for an operator: bodies cut to 2 KB, identity and phone numbers masked.
 * `query` is a parsed query string. Throws `Problem` 400.
 */
export function listRefusals(
  refusals: RefusalList,
  query: Readonly<Record<string, unknown>>,
): {
  readonly refusals: readonly (Refusal & { readonly number: number })[]
  readonly next?: number
} {
  const { platform } = query
  if (platform !== undefined && typeof platform !== 'string')
    throw new Problem(400, 'platform must be given once: ?platform=xintian')
  const before = whole(query, 'before', Number.MAX_SAFE_INTEGER)
  const limit = whole(query, 'limit', 500) ?? 100
  const rows = refusals
    .list({
      ...(platform === undefined ? {} : { platform }),
      ...(before === undefined ? {} : { before }),
      limit,
    })
    .map(({ number, platform, receivedAt, status, reason, body }) => ({
      number,
      platform,
      receivedAt,
      status,
      reason: mask(reason),
      body: cut(mask(body)),
    }))
  const last = rows.at(-1)
  return {
    refusals: rows,
    ...(last !== undefined && rows.length === limit ? { next: last.number } : {}),
  }
}

function whole(
  query: Readonly<Record<string, unknown>>,
  name: string,
  most: number,
): number | undefined {
  const value = query[name]
  if (value === undefined) return undefined
  const number = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : NaN
  if (!(number >= 1 && number <= most))
    throw new Problem(400, `${name} must be a whole number from 1 to ${most}.`)
  return number
}

function cut(text: string): string {
  const bytes = Buffer.from(text)
  if (bytes.length <= bodyBytes) return text
  const mark = '…'
  return new TextDecoder().decode(bytes.subarray(0, bodyBytes - 3), { stream: true }) + mark
}
