/** 审计: who did what and when, a month at a time, the newest first. */
import { useCallback, useState } from 'react'
import { AuditPage } from '../../../protocol/people.ts'
import { localDay } from '../../../protocol/time.ts'
import { ask } from '../ask.ts'
import { Heads } from '../Heads.tsx'
import { Heard } from '../Heard.tsx'
import { usePoll } from '../poll.ts'
import { useSession } from '../session.ts'

const pageLines = 100
const thisMonth = (): string => localDay(Date.now()).slice(0, 7)

export function AuditLog() {
  const { token } = useSession()
  const [month, setMonth] = useState(thisMonth)
  const [typed, setTyped] = useState('')
  const [find, setFind] = useState('')
  const [from, setFrom] = useState(0)
  const question = useCallback(() => {
    const query = new URLSearchParams({ find, from: String(from) })
    return ask(token, AuditPage, `/v1/audit/${month}?${query}`, { isPassive: true })
  }, [token, month, find, from])
  const polled = usePoll(question)
  const { lines = [], months = [], total = 0 } = polled.value ?? {}
  const to = from + lines.length
  return (
    <>
      <div className="head">
        <h2>审计</h2>
        <Heard polled={polled} />
      </div>
      <form
        className="controls"
        onSubmit={(event) => {
          event.preventDefault()
          setFind(typed.trim())
          setFrom(0)
        }}
      >
        <label className="field">
          月份
          <select
            value={month}
            onChange={({ target }) => {
              setMonth(target.value)
              setFrom(0)
            }}
          >
            {[...new Set([thisMonth(), ...months])].map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <label className="field">
          含有
          <input
            type="search"
            maxLength={64}
            placeholder="账号、动作、地址"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <button type="submit">查找</button>
      </form>
      <div className="sheet" role="region" aria-label="审计记录" tabIndex={0}>
        <table>
          <Heads titles={['时间', '动作', '谁', '事由']} />
          <tbody>
            {lines.map(({ at, act, by, about }, index) => (
              <tr key={`${total - from - index}`}>
                <td>{at.slice(0, 19).replace('T', ' ')}</td>
                <th scope="row">{act}</th>
                <td>{by}</td>
                <td className="text">
                  <bdi>{about}</bdi>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {polled.value !== undefined && lines.length === 0 && (
          <p className="none">{find === '' ? '这个月没有记录' : `没有含“${find}”的记录`}</p>
        )}
      </div>
      {total > pageLines && (
        <nav className="pager" aria-label="审计翻页">
          <button aria-disabled={from === 0} onClick={() => setFrom(Math.max(0, from - pageLines))}>
            上一页
          </button>
          <button aria-disabled={to >= total} onClick={() => to < total && setFrom(to)}>
            下一页
          </button>
          <span role="status">
            第 {from + 1}–{to} 条,共 {total} 条
          </span>
        </nav>
      )}
    </>
  )
}
