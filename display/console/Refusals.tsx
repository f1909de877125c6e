/** What was turned away, newest first. Asked for again only when more was refused: each look leaves a line in the audit. */
import { useEffect, useState } from 'react'
import { Type, type Static } from 'typebox'
import { ask } from './ask.ts'
import { Heard } from './Heard.tsx'
import { platformName } from './names.ts'
import { usePlatforms } from './platforms-poll.ts'
import { useSession } from './session.ts'

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

export function Refusals() {
  const { token, leave } = useSession()
  const polled = usePlatforms()
  const [platform, setPlatform] = useState('')
  const [before, setBefore] = useState<number>()
  const [page, setPage] = useState<Static<typeof Page>>()
  const [trouble, setTrouble] = useState<string>()
  const kept = polled.value?.platforms
    .map(({ refusals, sinceStart }) => `${refusals} ${sinceStart.rejected}`)
    .join()
  useEffect(
    function readPage() {
      if (kept === undefined) return
      let isStopped = false
      const query = new URLSearchParams({
        limit: '50',
        ...(platform === '' ? {} : { platform }),
        ...(before === undefined ? {} : { before: String(before) }),
      })
      void ask(token, Page, `/v1/refusals?${query}`).then((answer) => {
        if (isStopped) return
        if (answer.kind === 'out') return leave(answer.sentence)
        setTrouble(answer.kind === 'ok' ? undefined : answer.sentence)
        if (answer.kind === 'ok') setPage(answer.value)
      })
      return () => {
        isStopped = true
      }
    },
    [token, leave, platform, before, kept],
  )
  return (
    <>
      <h2>拒收</h2>
      <Heard polled={polled} />
      <label>
        平台{' '}
        <select
          value={platform}
          onChange={(event) => {
            setPlatform(event.target.value)
            setBefore(undefined)
          }}
        >
          <option value="">全部</option>
          {polled.value?.platforms.map((each) => (
            <option key={each.platform} value={each.platform}>
              {platformName(each.platform)}
            </option>
          ))}
        </select>
      </label>
      <p role="alert">{trouble}</p>
      {page?.refusals.length === 0 && <p>没有被拒收的报文</p>}
      {page?.refusals.map(({ number, platform: name, receivedAt, status, reason, body }) => (
        <details key={number} data-testid="refusal">
          <summary>
            {receivedAt.slice(5, 19).replace('T', ' ')} {platformName(name)} {status}{' '}
            <bdi>{reason}</bdi>
          </summary>
          <pre tabIndex={0}>
            <bdi>{body}</bdi>
          </pre>
        </details>
      ))}
      <button disabled={before === undefined} onClick={() => setBefore(undefined)}>
        回到最新
      </button>
      <button disabled={page?.next === undefined} onClick={() => setBefore(page?.next)}>
        更早
      </button>
    </>
  )
}
