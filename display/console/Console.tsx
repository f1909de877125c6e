/** The operator's view: a door, and behind it the pages as tabs whose addresses can be kept. */
import { useCallback, useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { ConsolePlatforms } from '../../protocol/console.ts'
import { ask } from './ask.ts'
import { Keys } from './Keys.tsx'
import { Platforms } from './Platforms.tsx'
import { Refusals } from './Refusals.tsx'
import { Rules } from './Rules.tsx'
import { dropToken, keepToken, readToken, SessionProvider } from './session.ts'

const pages = [
  { id: 'platforms', title: '平台', Page: Platforms },
  { id: 'refusals', title: '拒收', Page: Refusals },
  { id: 'keys', title: '密钥', Page: Keys },
  { id: 'rules', title: '规则', Page: Rules },
] as const

const pageOf = (hash: string) => pages.find(({ id }) => hash === `#/${id}`) ?? pages[0]

export function Console() {
  const [token, setToken] = useState(readToken)
  const [sentence, setSentence] = useState<string>()
  const leave = useCallback((why?: string) => {
    dropToken()
    setSentence(why)
    setToken(null)
  }, [])
  const session = useMemo(() => (token === null ? null : { token, leave }), [token, leave])
  if (session === null)
    return (
      <Door
        sentence={sentence}
        onEnter={(entered) => {
          keepToken(entered)
          setToken(entered)
        }}
      />
    )
  return (
    <SessionProvider value={session}>
      <Tabs leave={leave} />
    </SessionProvider>
  )
}

function Door({
  sentence: first,
  onEnter,
}: {
  readonly sentence: string | undefined
  readonly onEnter: (token: string) => void
}) {
  const [sentence, setSentence] = useState(first)
  const [token, setToken] = useState('')
  async function enter(): Promise<void> {
    const answer = await ask(token.trim(), ConsolePlatforms, '/v1/console/platforms')
    if (answer.kind === 'ok') onEnter(token.trim())
    else setSentence(answer.sentence)
  }
  return (
    <main className="door">
      <h1>红旗墙 · 管理台</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <label htmlFor="token">管理员令牌(DATA_DIR/operator.token 中的一行)</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <button type="submit">进入</button>
        <p role="alert">{sentence}</p>
      </form>
    </main>
  )
}

function Tabs({ leave }: { readonly leave: () => void }) {
  const [page, setPage] = useState(() => pageOf(location.hash))
  useEffect(function followAddress() {
    const follow = () => setPage(pageOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  function walk(event: KeyboardEvent): void {
    const at = pages.indexOf(page)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pages.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = pages[(to + pages.length) % pages.length] ?? page
    location.hash = `#/${next.id}`
    document.getElementById(`tab-${next.id}`)?.focus()
  }
  return (
    <>
      <button className="skip" onClick={() => document.getElementById('panel')?.focus()}>
        跳到正文
      </button>
      <header>
        <h1>红旗墙 · 管理台</h1>
        <div role="tablist" aria-label="页面" onKeyDown={walk}>
          {pages.map(({ id, title }) => (
            <button
              key={id}
              id={`tab-${id}`}
              role="tab"
              aria-selected={id === page.id}
              aria-controls="panel"
              tabIndex={id === page.id ? 0 : -1}
              onClick={() => (location.hash = `#/${id}`)}
            >
              {title}
            </button>
          ))}
        </div>
        <button onClick={() => leave()}>退出</button>
      </header>
      <main>
        <div id="panel" role="tabpanel" aria-labelledby={`tab-${page.id}`} tabIndex={-1}>
          <page.Page />
        </div>
      </main>
    </>
  )
}
