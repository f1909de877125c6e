/** The pages as tabs: arrows, Home and End walk them, and the address tells which one is open: `#/refusals/xintian`. */
import { useEffect, useMemo, useState, type ComponentType, type KeyboardEvent } from 'react'
import type { ConsoleSecret } from '../../protocol/console.ts'
import type { Right } from '../../protocol/people.ts'
import { Cameras } from './cameras/Cameras.tsx'
import { DeskProvider } from './desk.ts'
import { Keys } from './Keys.tsx'
import { Notices } from './notices/Notices.tsx'
import { AuditLog } from './people/AuditLog.tsx'
import { Mine } from './people/Mine.tsx'
import { People } from './people/People.tsx'
import { useSessionWatch } from './people/watch.ts'
import { Platforms } from './Platforms.tsx'
import { usePlatforms } from './platforms-poll.ts'
import { Refusals } from './Refusals.tsx'
import { Roster } from './Roster.tsx'
import { useRosterImport } from './roster-import.ts'
import { Rules } from './Rules.tsx'
import { Screens } from './screens/Screens.tsx'
import { useSession } from './session.ts'

interface Tab {
  readonly id: string
  readonly title: string
  readonly Page: ComponentType<{ readonly about: string }>
  /** What it takes to see it; `own` is for whoever has an account. */
  readonly needs: Right | 'own'
}

const tabs: readonly Tab[] = [
  { id: 'platforms', title: '平台', Page: Platforms, needs: 'platforms' },
  { id: 'screens', title: '屏幕', Page: Screens, needs: 'screens' },
  { id: 'notices', title: '通知', Page: Notices, needs: 'notices' },
  { id: 'cameras', title: '信号源', Page: Cameras, needs: 'cameras' },
  { id: 'people', title: '账号', Page: People, needs: 'people' },
  { id: 'audit', title: '审计', Page: AuditLog, needs: 'audit' },
  { id: 'refusals', title: '拒收', Page: Refusals, needs: 'platforms' },
  { id: 'keys', title: '密钥', Page: Keys, needs: 'keys' },
  { id: 'roster', title: '名册', Page: Roster, needs: 'roster' },
  { id: 'rules', title: '规则', Page: Rules, needs: 'rules' },
  { id: 'mine', title: '我的账号', Page: Mine, needs: 'own' },
]
const nothing: Tab = { id: 'none', title: '', Page: () => null, needs: 'own' }

/** The open page, and what the address says after its name. */
function placeOf(pages: readonly Tab[], hash: string) {
  const [, id, about = ''] = hash.split('/')
  return { page: pages.find((each) => each.id === id) ?? pages[0] ?? nothing, about }
}

export function Tabs() {
  const { me, leave } = useSession()
  const pages = useMemo(
    () =>
      tabs.filter(({ needs }) =>
        needs === 'own' ? me.account !== null : me.rights.includes(needs),
      ),
    [me],
  )
  useSessionWatch()
  const platforms = usePlatforms()
  const roster = useRosterImport()
  const [secret, showSecret] = useState<ConsoleSecret>()
  const desk = useMemo(
    () => ({ platforms, roster, secret, showSecret }),
    [platforms, roster, secret],
  )
  const [hash, setHash] = useState(() => location.hash)
  const { page, about } = placeOf(pages, hash)
  useEffect(function followAddress() {
    const follow = () => setHash(location.hash)
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
    const at = pages.indexOf(placeOf(pages, location.hash).page)
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
        <button onClick={() => leave()}>
          退出{me.account !== null && <bdi className="who"> {me.account.title}</bdi>}
        </button>
      </header>
      <main>
        <div id="panel" role="tabpanel" aria-labelledby={`tab-${page.id}`} tabIndex={-1}>
          <page.Page about={about} />
        </div>
      </main>
    </DeskProvider>
  )
}
