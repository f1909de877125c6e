/** The door before a page: who is signed in is asked, and told to what stands behind it. */
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Me } from '../../protocol/people.ts'
import { ask, send, type Out } from './ask.ts'
import { Door } from './Door.tsx'
import { takeTicket } from './people/ticket.ts'
import { Invitation } from './people/Invitation.tsx'
import { dropToken, keepToken, readToken, SessionProvider } from './session.ts'

const againMs = 5_000

type State =
  | { readonly kind: 'asking' }
  | { readonly kind: 'trouble'; readonly sentence: string }
  | { readonly kind: 'door'; readonly hasAccounts: boolean; readonly why?: Out }
  | { readonly kind: 'in'; readonly token: string; readonly me: NonNullable<Me['me']> }

interface Props {
  /** What the page is called. */
  readonly title: string
  readonly children: ReactNode
}

export function Gate({ title, children }: Props) {
  const [ticket, setTicket] = useState(takeTicket)
  const [state, setState] = useState<State>({ kind: 'asking' })
  /** Counts up: each is another question of who is signed in. */
  const [round, setRound] = useState(0)
  const again = useCallback(() => setRound((before) => before + 1), [])

  useEffect(
    function askWho() {
      let isGone = false
      let timer: ReturnType<typeof setTimeout> | undefined
      const token = readToken() ?? ''
      void ask(token, Me, '/v1/me').then((answer) => {
        if (isGone) return
        if (answer.kind === 'failed') {
          setState({ kind: 'trouble', sentence: answer.sentence })
          timer = setTimeout(again, againMs)
        } else if (answer.kind === 'out') {
          dropToken()
          setState({ kind: 'door', hasAccounts: false, why: answer })
        } else if (answer.value.me === null)
          setState({ kind: 'door', hasAccounts: answer.value.hasAccounts })
        else setState({ kind: 'in', token, me: answer.value.me })
      })
      return () => {
        isGone = true
        clearTimeout(timer)
      }
    },
    [round, again],
  )

  const leave = useCallback((why?: Out) => {
    const isToken = readToken() !== null
    dropToken()
    if (why === undefined && !isToken) void send('', '/v1/me/sign-out', { method: 'POST' })
    setState({ kind: 'door', hasAccounts: !isToken, ...(why === undefined ? {} : { why }) })
  }, [])
  const session = useMemo(
    () => (state.kind === 'in' ? { token: state.token, me: state.me, again, leave } : null),
    [state, again, leave],
  )

  if (ticket !== null)
    return (
      <Invitation
        ticket={ticket}
        onDone={() => {
          dropToken()
          setTicket(null)
          again()
        }}
        onLeave={() => setTicket(null)}
      />
    )
  if (session !== null) return <SessionProvider value={session}>{children}</SessionProvider>
  if (state.kind === 'door')
    return (
      <Door
        title={title}
        why={state.why}
        hasAccounts={state.hasAccounts}
        onEnter={(token) => {
          if (token !== undefined) keepToken(token)
          again()
        }}
      />
    )
  return (
    <main className="door">
      <h1>{title}</h1>
      {state.kind === 'trouble' ? (
        <p role="alert">{state.sentence},每 5 秒再试</p>
      ) : (
        <p role="status">正在连接汇聚中心…</p>
      )}
    </main>
  )
}
