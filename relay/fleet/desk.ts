/** The connections of screens by what they are: what they say is heard here, and what they are told goes out from here. */
import { randomUUID } from 'node:crypto'
import type { FleetCommand, Target } from '../../protocol/fleet.ts'
import { within } from '../../protocol/division.ts'
import type { Beat, Command, CommandDone, Notices, ScreenConfig } from '../../protocol/screens.ts'
import { hear, type Heard } from './presence.ts'

/** What is at the other end. */
export interface Seat {
  /** Null where it is no screen of the fleet. */
  readonly screen: string | null
  /** Where it hangs; of a page that is no screen of the fleet the division that it shows. */
  readonly place: string
}

interface Line {
  readonly seat: Seat
  readonly command: (command: Command) => void
  readonly notices: (notices: Notices) => void
}

export interface FleetDesk {
  /** Returns how to leave. */
  enter(line: Line): () => void
  beat(screen: string, beat: Beat): void
  heard(screen: string): Heard | undefined
  forget(screen: string): void
  /** Undefined where the screen is not connected, or does not answer in time. */
  tell(screen: string, command: FleetCommand, number: number): Promise<CommandDone | undefined>
  /** What it is set to from now on, where it is connected. */
  configure(screen: ScreenConfig): void
  done(screen: string, done: CommandDone): void
  /** Tells everybody anew what holds for them. */
  tellNotices(noticesFor: (seat: Seat) => Notices): void
}

const answerMs = 3_000

export const isFor = (target: Target, { screen, place }: Seat): boolean => {
  switch (target.kind) {
    case 'all':
      return true
    case 'place':
      return within(place, target.scope)
    case 'screen':
      return target.id === screen
    case 'screens':
      return screen !== null && target.ids.includes(screen)
  }
}

/** `now`: milliseconds of the relay's clock. */
export function createFleetDesk(now: () => number): FleetDesk {
  const lines = new Set<Line>()
  const heard = new Map<string, Heard>()
  const waiting = new Map<
    string,
    { readonly screen: string; readonly settle: (done: CommandDone) => void }
  >()

  return {
    enter(line) {
      lines.add(line)
      return () => void lines.delete(line)
    },
    beat: (screen, beat) => void heard.set(screen, hear(heard.get(screen), beat, now())),
    heard: (screen) => heard.get(screen),
    forget: (screen) => void heard.delete(screen),
    tell(screen, command, number) {
      const own = [...lines].filter(({ seat }) => seat.screen === screen)
      if (own.length === 0) return Promise.resolve(undefined)
      const id = randomUUID()
      const told: Command =
        command.do === 'identify' ? { id, ...command, number } : { id, ...command }
      return new Promise((resolve) => {
        const timer = setTimeout(() => settle(undefined), answerMs)
        function settle(done: CommandDone | undefined): void {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(done)
        }
        waiting.set(id, { screen, settle })
        for (const line of own) line.command(told)
      })
    },
    configure(screen) {
      const command: Command = { id: randomUUID(), do: 'configure', screen }
      for (const line of lines) if (line.seat.screen === screen.id) line.command(command)
    },
    done(screen, done) {
      const asked = waiting.get(done.id)
      if (asked?.screen === screen) asked.settle(done)
    },
    tellNotices(noticesFor) {
      for (const { seat, notices } of lines) notices(noticesFor(seat))
    },
  }
}
