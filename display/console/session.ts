/** Who is signed in: the token lives in this tab's session storage and nowhere else. */
import { createContext, useContext } from 'react'

const place = 'operator-token'

export const readToken = (): string | null => sessionStorage.getItem(place)
export const keepToken = (token: string): void => sessionStorage.setItem(place, token)
export const dropToken = (): void => sessionStorage.removeItem(place)

export interface Session {
  readonly token: string
  /** The token no longer holds: back to the door, with the sentence. */
  readonly leave: (sentence?: string) => void
}

const Context = createContext<Session | null>(null)
export const SessionProvider = Context.Provider

export function useSession(): Session {
  const session = useContext(Context)
  if (session === null) throw new Error('nobody is signed in here')
  return session
}
