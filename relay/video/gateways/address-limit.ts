/** How long an address may be used, where it says so itself. Pure. */

/** What gateways and their proxies call the end: seconds since 1970, in tens or, of Tencent's, in sixteens. */
const plain = ['expires', 'expire', 'exp', 'deadline', 'e']
const hexadecimal = ['txTime', 'wsTime']
const MOST_MS = 7 * 24 * 3_600_000

/** Milliseconds from `nowMs` on; undefined where it tells no end that lies ahead within a week. */
export function addressLimit(address: string, nowMs: number): number | undefined {
  const query = URL.parse(address)?.searchParams
  const ends = [
    ...plain.map((name) => seconds(query?.get(name), 10)),
    ...hexadecimal.map((name) => seconds(query?.get(name), 16)),
    // Aliyun's: the end, and behind it what proves it.
    seconds(query?.get('auth_key')?.split('-')[0], 10),
  ]
  const lefts = ends.flatMap((end) => (end === undefined ? [] : [end * 1_000 - nowMs]))
  const left = Math.min(...lefts.filter((ms) => ms > 0 && ms < MOST_MS))
  return Number.isFinite(left) ? left : undefined
}

function seconds(text: string | null | undefined, base: 10 | 16): number | undefined {
  const isOne = (base === 10 ? /^\d{10}(\d{3})?$/ : /^[0-9a-f]{8}$/i).test(text ?? '')
  if (!isOne) return undefined
  const value = Number.parseInt(text ?? '', base)
  return value > 1e12 ? value / 1_000 : value
}
