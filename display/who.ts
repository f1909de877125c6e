/** Who this browser is to the relay: a paired screen, the relay's own wall, or the public. */
import type { ScreenConfig, WhoAmI } from '../protocol/screens.ts'
import { isWhoAmI } from './checks.ts'
import type { Socket } from './link.ts'

const retryMs = 3_000

/** Asks until the relay answers. A screen whose pairing counts no longer is none. */
export async function fetchWho(): Promise<WhoAmI> {
  for (;;) {
    try {
      const response = await fetch('/v1/screen', { signal: AbortSignal.timeout(12_000) })
      if (response.status === 401 || response.status === 404)
        return { screen: null, audience: 'public' }
      const who: unknown = await response.json()
      if (isWhoAmI(who)) return who
    } catch {
      // No relay yet, or a line that broke.
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs))
  }
}

interface Ports {
  readonly socket: Pick<Socket, 'on'>
  readonly fetchWho: () => Promise<WhoAmI>
  readonly reload: () => void
}

/** The relay cuts the line of a screen whose right ended or changed: what it may show now is another page. */
export function followRights(screen: ScreenConfig, { socket, fetchWho, reload }: Ports): void {
  const known = JSON.stringify(screen)
  socket.on('disconnect', (reason) => {
    if (reason !== 'io server disconnect') return
    void fetchWho().then((who) => {
      if (JSON.stringify(who.screen) !== known) reload()
    })
  })
}
