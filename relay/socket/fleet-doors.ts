/** The doors of a socket for a screen: what it says of itself, and what it is told. Every message is held against its schema. */
import { Compile } from 'typebox/compile'
import { Beat, CommandDone, NoticeSeen } from '../../protocol/screens.ts'
import type { FleetDesk, Seat } from '../fleet/desk.ts'
import type { NoticeStore } from '../fleet/notices.ts'
import type { ScreenSocket } from './broadcast.ts'

const beats = Compile(Beat)
const dones = Compile(CommandDone)
const sees = Compile(NoticeSeen)

export interface FleetParts {
  readonly desk: FleetDesk
  readonly notices: Pick<NoticeStore, 'holding' | 'seen'>
}

/** Tells it at once what holds for it. Returns how to leave. */
export function seatScreen(
  socket: ScreenSocket,
  seat: Seat,
  { desk, notices }: FleetParts,
): () => void {
  const leave = desk.enter({
    seat,
    command: (command) => socket.emit('command', command),
    notices: (holding) => socket.emit('notices', holding),
  })
  // Also where none does: one may have been ended while the screen was away.
  socket.emit('notices', notices.holding(seat))
  return leave
}

/** `seatOf`: where the socket sits now; undefined before it has subscribed. */
export function openFleetDoors(
  socket: ScreenSocket,
  { desk, notices }: FleetParts,
  seatOf: () => Seat | undefined,
): void {
  const shown = new Set<string>()
  socket.on('beat', (beat) => {
    const screen = seatOf()?.screen ?? null
    if (screen !== null && beats.Check(beat)) desk.beat(screen, beat)
  })
  socket.on('command-done', (done) => {
    const screen = seatOf()?.screen ?? null
    if (screen !== null && dones.Check(done)) desk.done(screen, done)
  })
  socket.on('notice-seen', (seen) => {
    const seat = seatOf()
    if (seat === undefined || !sees.Check(seen) || shown.has(seen.id)) return
    if (notices.holding(seat).every(({ id }) => id !== seen.id)) return
    shown.add(seen.id)
    try {
      notices.seen(seen.id, seat.screen)
    } catch (error) {
      // A full disk: the notice is on the screen all the same.
      console.error('notice-seen', error)
    }
  })
}
