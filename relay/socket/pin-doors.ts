/** The door of a wall's browser for pinning a camera to that wall. What cannot be recorded is not done. */
import { Compile } from 'typebox/compile'
import { PinHere } from '../../protocol/pins.ts'
import type { Audit } from '../audit.ts'
import type { ScreenSocket } from './broadcast.ts'
import type { PinDesk } from './pin-desk.ts'

const asks = Compile(PinHere)
/** As long as the console offers at first. */
const pinnedMs = 30 * 60_000

interface Options {
  readonly desk: Pick<PinDesk<ScreenSocket>, 'put' | 'drop'>
  readonly audit: Audit
  readonly address: string
  readonly now: () => number
  /** The wall that the browser is a part of: only who may show all that is on one is let into it. */
  readonly wall: () => string | undefined
  readonly mayWatch: (camera: string) => boolean
}

export function openPinDoor(socket: ScreenSocket, options: Options): void {
  const { desk, audit, address, now, wall, mayWatch } = options

  /** False where it was not done. */
  function pin(request: unknown): boolean {
    const target = wall()
    if (target === undefined || !asks.Check(request)) return false
    const { camera } = request
    if (camera !== null && !mayWatch(camera)) return false
    try {
      if (camera === null) audit.record('stream.let-go', address, `${target} at the wall`)
      else audit.record('stream.pinned', address, `${camera} to ${target} at the wall`)
    } catch (error) {
      console.error('pin', error)
      return false
    }
    if (camera === null) desk.drop(target)
    else desk.put({ target, camera, by: '大屏', until: now() + pinnedMs })
    return true
  }

  socket.on('pin', (request, answer) => {
    if (typeof answer === 'function') answer(pin(request))
  })
}
