import type { IncomingMessage } from 'node:http'

/** Neither Socket.IO, ws nor Express checks the origin by itself. Programs that are no browsers name none. */
export function isSameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}
