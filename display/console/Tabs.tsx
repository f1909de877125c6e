/** The pages as tabs: arrows, Home and End walk them, and the address tells which one is open: `#/refusals/xintian`. */
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import type { ConsoleSecret } from '../../protocol/console.ts'
import { Cameras } from './cameras/Cameras.tsx'
import { DeskProvider } from './desk.ts'
import { Keys } from './Keys.tsx'
import { Platforms } from './Platforms.tsx'
import { usePlatforms } from './platforms-poll.ts'
import { Refusals } from './Refusals.tsx'
import { Roster } from './Roster.tsx'
import { useRosterImport } from './roster-import.ts'
import { Rules } from './Rules.tsx'
import { Screens } from './screens/Screens.tsx'
import { useSession } from './session.ts'

const pages = [
  { id: 'platforms', title: '平台', Page: Platforms },
  { id: 'screens', title: '屏幕', Page: Screens },
  { id: 'cameras', title: '信号源', Page: Cameras },
  { id: 'refusals', title: '拒收', Page: Refusals },
  { id: 'keys', title: '密钥', Page: Keys },
  { id: 'roster', title: '名册', Page: Roster },
  { id: 'rules', title: '规则', Page: Rules },
] as const

/** The open page, and what the address says after its name. */
function placeOf(hash: string) {
  const [, id, about = ''] = hash.split('/')
  return { page: pages.find((each) => each.id === id) ?? pages[0], about }
}

export function Tabs() {
  const { leave } = useSession()
  const platforms = usePlatforms()
  const roster = useRosterImport()
  const [secret, showSecret] = useState<ConsoleSecret>()
  const desk = useMemo(
    () => ({ platforms, roster, secret, showSecret }),
    [platforms, roster, secret],
  )
  const [{ page, about }, setPlace] = useState(() => placeOf(location.hash))
  useEffect(function followAddress() {
    const follow = () => setPlace(placeOf(location.hash))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  useEffect(
    function keepFocusOnPage() {
      // The link that led here went with its page.
      if (document.activeElement === document.body) document.getElementById('panel')?.focus()
    },
    [page],
  )

  function walk(event: KeyboardEvent): void {
    // By the address, which is ahead of what is drawn when keys are quick.
    const at = pages.indexOf(placeOf(location.hash).page)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: pages.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = pages[(to + pages.length) % pages.length] ?? page
    location.hash = `#/${next.id}`
    document.getElementById(`tab-${next.id}`)?.focus()
  }
  return (
    <DeskProvider value={desk}>
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
          <page.Page about={about} />
        </div>
      </main>
    </DeskProvider>
  )
}
