/** Who is signed in: the token lives in this tab's session storage and nowhere else. */
import { createContext, useContext } from 'react'
import type { Out } from './ask.ts'

const place = 'operator-token'

export const readToken = (): string | null => sessionStorage.getItem(place)
export const keepToken = (token: string): void => sessionStorage.setItem(place, token)
export const dropToken = (): void => sessionStorage.removeItem(place)

export interface Session {
  readonly token: string
  /** Back to the door; `why` where the relay no longer takes the token. */
  readonly leave: (why?: Out) => void
}

const Context = createContext<Session | null>(null)
export const SessionProvider = Context.Provider

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('nobody is signed in here')
  return session
}
