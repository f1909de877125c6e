/** The operator's view: a door, and behind it the pages as tabs whose addresses can be kept. */
import { useCallback, useMemo, useState } from 'react'
import type { Out } from './ask.ts'
import { Door } from './Door.tsx'
import { dropToken, keepToken, readToken, SessionProvider } from './session.ts'
import { Tabs } from './Tabs.tsx'

export function Console() {
  const [token, setToken] = useState(readToken)
  const [why, setWhy] = useState<Out>()
  const leave = useCallback((reason?: Out) => {
    dropToken()
    setWhy(reason)
    setToken(null)
  }, [])
  const session = useMemo(() => (token === null ? null : { token, leave }), [token, leave])
  if (session === null)
    return (
      <Door
        why={why}
        onEnter={(entered) => {
          keepToken(entered)
          setToken(entered)
        }}
      />
    )
  return (
    <SessionProvider value={session}>
      <Tabs />
    </SessionProvider>
  )
}
