/** Tells every screen the camera that is pinned to its wall, as far as that screen may show it, whenever that changes. */
import type { Pinned } from '../../protocol/pins.ts'
import type { Reach } from '../reach.ts'
import { createPins, type Pin } from './pins.ts'

interface Options<Member> {
  /** Milliseconds of the relay's clock. */
  readonly now: () => number
  readonly wallOf: (member: Member) => string | undefined
  readonly mayWatch: (reach: Reach, camera: string) => boolean
  readonly send: (member: Member, pinned: Pinned) => void
}

export interface PinDesk<Member> {
  /** A screen looks at a division now. */
  enter(member: Member, who: { readonly scope: string; readonly reach: Reach }): void
  leave(member: Member): void
  /** Its wall may be another one now. */
  tell(member: Member): void
  put(pin: Pin): void
  /** False where nothing is pinned to it. */
  drop(target: string): boolean
  list(): readonly Pin[]
  /** Somebody may show more or less than before. */
  review(): void
  /** Call now and then: ends what is over. */
  sweep(): void
}

interface Screen {
  readonly scope: string
  readonly reach: Reach
  told: Pinned
}

const nothing: Pinned = { camera: null, until: 0 }

export function createPinDesk<Member>(options: Options<Member>): PinDesk<Member> {
  const { now, wallOf, mayWatch, send } = options
  const pins = createPins(now)
  const screens = new Map<Member, Screen>()

  function pinnedTo(member: Member, screen: Screen): Pinned {
    const pin = pins.of(screen.scope, wallOf(member))
    return pin !== undefined && mayWatch(screen.reach, pin.camera)
      ? { camera: pin.camera, until: pin.until }
      : nothing
  }

  function tell(member: Member): void {
    const screen = screens.get(member)
    if (screen === undefined) return
    const is = pinnedTo(member, screen)
    if (is.camera === screen.told.camera && is.until === screen.told.until) return
    screen.told = is
    send(member, is)
  }
  function tellAll(): void {
    for (const member of screens.keys()) tell(member)
  }

  return {
    enter(member, { scope, reach }) {
      const screen = { scope, reach, told: nothing }
      screens.set(member, screen)
      // A screen that comes back may have missed the end of what it was told before.
      screen.told = pinnedTo(member, screen)
      send(member, screen.told)
    },
    leave: (member) => void screens.delete(member),
    tell,
    put(pin) {
      pins.put(pin)
      tellAll()
    },
    drop(target) {
      const isDropped = pins.drop(target)
      tellAll()
      return isDropped
    },
    list: pins.list,
    review: tellAll,
    sweep() {
      if (pins.sweep()) tellAll()
    },
  }
}
