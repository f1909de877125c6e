/** What outlives a change of tab: the platforms as last heard, a secret not yet handed over, an import under way. */
import { createContext, useContext } from 'react'
import type { ConsolePlatforms, ConsoleSecret } from '../../protocol/console.ts'
import type { Polled } from './poll.ts'
import type { RosterImport } from './roster-import.ts'

export interface Desk {
  readonly platforms: Polled<ConsolePlatforms>
  readonly secret: ConsoleSecret | undefined
  readonly showSecret: (secret?: ConsoleSecret) => void
  readonly roster: RosterImport
}

const Context = createContext<Desk | null>(null)
export const DeskProvider = Context.Provider

export function useDesk(): Desk {
  const desk = useContext(Context)
  if (desk === null) throw new Error('there is no desk here')
  return desk
}
