/** Who is signed in: by a cookie that no script reads, or with the operator's token, which lives in this tab's session storage and nowhere else. */
import { createContext, useContext } from 'react'
import { within } from '../../protocol/division.ts'
import type { Me } from '../../protocol/people.ts'
import type { Out } from './ask.ts'

const place = 'operator-token'

export const readToken = (): string | null => sessionStorage.getItem(place)
export const keepToken = (token: string): void => sessionStorage.setItem(place, token)
export const dropToken = (): void => sessionStorage.removeItem(place)

export interface Session {
  /** Empty where a cookie says who it is. */
  readonly token: string
  readonly me: NonNullable<Me['me']>
  /** Asks anew who is signed in and what they may do. */
  readonly again: () => void
  /** Back to the door; `why` where the relay no longer takes it. */
  readonly leave: (why?: Out) => void
}

/** The division that a page begins with: the relay's own where somebody answers for it, else the own one. */
export function homeOf({ account, home }: Session['me']): string {
  return account === null || within(home, account.scope) ? home : account.scope.slice(0, 6)
}

const Context = createContext<Session | null>(null)
export const SessionProvider = Context.Provider

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('nobody is signed in here')
  return session
}
