/** The relay as the public sees it, also from its own machine; by means that old engines have. */
import { io } from 'socket.io-client'
import type { WhoAmI } from '../../protocol/screens.ts'
import { isWhoAmI } from '../checks.ts'
import type { Socket } from '../link.ts'
import { Busy } from '../pairing/pair.ts'

const answerMs = 12_000

const asPublic = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}as=public`

interface Answer {
  readonly status: number
  readonly ok: boolean
  /** Null where it is not JSON. */
  readonly body: unknown
}

async function answerTo(path: string, init: RequestInit = {}): Promise<Answer> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${path} did not answer`)), answerMs)
  })
  try {
    // Below Chromium 72 no cookie goes along unless it is asked for.
    const asked = fetch(path, { credentials: 'same-origin', ...init })
    const response = await Promise.race([asked, late])
    const body: unknown = await Promise.race([response.json().catch(() => null), late])
    return { status: response.status, ok: response.ok, body }
  } finally {
    clearTimeout(timer)
  }
}

export async function askAsPublic(path: string): Promise<unknown> {
  const { status, ok, body } = await answerTo(asPublic(path))
  if (!ok || body === null) throw new Error(`${path} answered ${status}`)
  return body
}

/** Which screen of the fleet this box is. Throws where the relay does not answer. */
export async function askWho(): Promise<WhoAmI> {
  const { status, body } = await answerTo('/v1/screen')
  if (isWhoAmI(body)) return body
  // A pairing that counts no longer, or a relay that is older than pairing.
  if (status === 401 || status === 404) return { screen: null, audience: 'public' }
  throw new Error(`/v1/screen answered ${status}`)
}

/** For pairing. */
export async function post(path: string, json: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const { status, ok, body } = await answerTo(path, {
    method: 'POST',
    headers,
    body: JSON.stringify(json),
  })
  if (status === 429) throw new Busy()
  if (!ok) throw new Error(`${path} answered ${status}`)
  return body
}

export function openPublicSocket(): Socket {
  return io({
    transports: ['websocket'],
    reconnection: false,
    autoConnect: false,
    query: { as: 'public' },
    // Each has a connection of its own: one that is given up must not be found again.
    forceNew: true,
  }) as unknown as Socket
}

export function videoAddress(scope: string): string {
  const protocol = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${protocol}://${location.host}${asPublic(`/v1/video?scope=${scope}`)}`
}
