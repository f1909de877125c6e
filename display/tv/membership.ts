/** This box as a screen of the fleet: what somebody has set it to holds also before the relay answers, and changes while it is on. */
import type { ScreenConfig, WhoAmI } from '../../protocol/screens.ts'
import { isWhoAmI } from '../checks.ts'
import type { Socket } from '../link.ts'
import type { Television, TelevisionState } from './television.ts'

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const shelfKey = 'flagwall-tv-screen'

/** Null where this box was none when it was last told. */
export function keptScreen(shelf: Pick<Shelf, 'getItem'>): ScreenConfig | null {
  const who: unknown = {
    screen: JSON.parse(shelf.getItem(shelfKey) ?? 'null'),
    audience: 'public',
  }
  return isWhoAmI(who) ? who.screen : null
}

export function keepScreen(shelf: Shelf, screen: ScreenConfig | null): void {
  if (screen === null) shelf.removeItem(shelfKey)
  else shelf.setItem(shelfKey, JSON.stringify(screen))
}

/** Null where it hangs in no village: then somebody chooses one by remote. */
export const villageOf = (screen: ScreenConfig | null): string | null =>
  screen !== null && screen.scope.length === 12 ? screen.scope : null

/** What a television does with its settings. Of no screen of the fleet nothing is turned down, and nothing rests. */
export const obeyed = (
  screen: ScreenConfig | null,
): Pick<TelevisionState, 'loudness' | 'sleep'> => ({
  loudness: screen === null ? 1 : screen.audio / 100,
  sleep: screen === null ? null : screen.sleep,
})

interface Ports {
  readonly shelf: Shelf
  readonly askWho: () => Promise<WhoAmI>
  readonly reload: () => void
}

export interface Membership {
  /** Now, and whenever the relay cuts the line, which it does when a right has changed. */
  attach(socket: Pick<Socket, 'on'>): void
  apply(screen: ScreenConfig | null): void
}

export function createMembership(television: Television, ports: Ports): Membership {
  const { shelf, askWho, reload } = ports
  function apply(screen: ScreenConfig | null): void {
    const before = keptScreen(shelf)
    if (JSON.stringify(before) === JSON.stringify(screen)) return
    keepScreen(shelf, screen)
    if (screen === null) television.forgetVillage()
    // Another county is another page; a right that has ended leads back to the code.
    if (screen === null || before === null || screen.county !== television.scope) return reload()
    television.configure(screen)
  }
  const ask = () => {
    askWho().then(
      ({ screen }) => apply(screen),
      // Without the relay it stays what it was.
      (error: unknown) => console.warn(String(error)),
    )
  }
  ask()
  return {
    apply,
    attach(socket) {
      socket.on('disconnect', (reason) => {
        if (reason === 'io server disconnect') ask()
      })
    },
  }
}
