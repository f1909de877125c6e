/** What was turned away, newest first. Asked for again only when more was refused: each look leaves a line in the audit. */
import { useEffect, useRef, useState } from 'react'
import { Type, type Static } from 'typebox'
import { Trouble } from './act.tsx'
import { ask } from './ask.ts'
import { useDesk } from './desk.ts'
import { Heard } from './Heard.tsx'
import { platformName } from '../words.ts'
import { useSession } from './session.ts'
import { visible } from './visible.ts'
import { walkRows } from './walk.ts'

const Page = Type.Object({
  refusals: Type.Array(
    Type.Object({
      number: Type.Integer(),
      platform: Type.String(),
      receivedAt: Type.String(),
      status: Type.Integer(),
      reason: Type.String(),
      body: Type.String(),
    }),
  ),
  next: Type.Optional(Type.Integer()),
})
type Page = Static<typeof Page>

/** `about`: the one platform whose refusals are shown; all where it is empty. */
export function Refusals({ about: platform }: { readonly about: string }) {
  const { token, leave } = useSession()
  const { platforms: polled } = useDesk()
  const [older, setOlder] = useState<{ readonly platform: string; readonly before: number }>()
  const before = older?.platform === platform ? older.before : undefined
  const [page, setPage] = useState<Page>()
  const [trouble, setTrouble] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const refused = polled.value?.platforms
    .map(({ refusals, sinceStart }) => `${refusals} ${sinceStart.rejected}`)
    .join()
  const [shown, setShown] = useState<string>()
  useEffect(
    function followRefused() {
      // Rows never move under the reader's hand: while the focus is among them, a button offers what is new.
      if (!list.current?.contains(document.activeElement)) setShown(refused)
    },
    [refused],
  )
  useEffect(
    function readPage() {
      if (shown === undefined) return
      let isStopped = false
      const query = new URLSearchParams({
        limit: '50',
        ...(platform === '' ? {} : { platform }),
        ...(before === undefined ? {} : { before: String(before) }),
      })
      void ask(token, Page, `/v1/refusals?${query}`).then((answer) => {
        if (isStopped) return
        if (answer.kind === 'out') return leave(answer)
        setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
        if (answer.kind === 'ok') setPage(answer.value)
      })
      return () => {
        isStopped = true
      }
    },
    [token, leave, platform, before, shown],
  )
  const names = (polled.value?.platforms ?? []).map((each) => each.platform)
  return (
    <>
      <div className="head">
        <h2>拒收</h2>
        <Heard polled={polled} />
      </div>
      <div className="controls">
        <label className="field">
          平台
          <select
            value={platform}
            onChange={({ target }) => (location.hash = `#/refusals/${target.value}`)}
          >
            <option value="">全部</option>
            {[...new Set([...names, ...(platform === '' ? [] : [platform])])].map((name) => (
              <option key={name} value={name}>
                {platformName(name)}
              </option>
            ))}
          </select>
        </label>
        <button
          aria-disabled={before === undefined}
          onClick={() => before !== undefined && setOlder(undefined)}
        >
          回到最新
        </button>
        <button
          aria-disabled={page?.next === undefined}
          onClick={() => page?.next !== undefined && setOlder({ platform, before: page.next })}
        >
          更早 50 条
        </button>
        {refused !== shown && (
          <button className="main" onClick={() => setShown(refused)}>
            有新的拒收,更新
          </button>
        )}
      </div>
      <Trouble of={trouble} />
      {page?.refusals.length === 0 && <p className="none">没有被拒收的报文</p>}
      {page !== undefined && page.refusals.length > 0 && (
        <div
          className="sheet refusals"
          role="region"
          aria-label="被拒收的报文"
          tabIndex={0}
          ref={list}
          onKeyDown={walkRows}
        >
          {page.refusals.map((each) => (
            <Refusal key={each.number} of={each} />
          ))}
        </div>
      )}
    </>
  )
}

function Refusal({ of: each }: { readonly of: Page['refusals'][number] }) {
  return (
    <details data-testid="refusal">
      <summary data-walk="refusal">
        <time>{each.receivedAt.slice(5, 19).replace('T', ' ')}</time>
        <b>{platformName(each.platform)}</b>
        <span>{each.status}</span>
        <bdi>{visible(each.reason)}</bdi>
      </summary>
      <pre tabIndex={0} aria-label="报文,已脱敏">
        <bdi>{each.body === '' ? '(空报文)' : visible(each.body)}</bdi>
      </pre>
    </details>
  )
}
