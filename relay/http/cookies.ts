import type { IncomingMessage } from 'node:http'

/** Of several of one name the first. */
export function readCookie(request: IncomingMessage, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at !== -1 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return undefined
}

/** No script reads it, no other site sends it. `maxAgeSeconds` 0 takes it away. */
export function cookieFor(
  request: IncomingMessage,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string {
  const secure = isSecure(request) ? '; Secure' : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAgeSeconds}${secure}`
}

/** By TLS, also where a proxy ends it. */
function isSecure(request: IncomingMessage): boolean {
  const forwarded = request.headers['x-forwarded-proto']
  return 'encrypted' in request.socket || forwarded === 'https'
}
