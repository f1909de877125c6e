/** The relay as the public sees it, also from its own machine; by means that old engines have. */
import { io } from 'socket.io-client'
import type { Socket } from '../link.ts'

const answerMs = 12_000

const asPublic = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}as=public`

export async function askAsPublic(path: string): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${path} did not answer`)), answerMs)
  })
  try {
    const response = await Promise.race([fetch(asPublic(path)), late])
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return await Promise.race([response.json(), late])
  } finally {
    clearTimeout(timer)
  }
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
