/** The way in: the token, and why it was not taken; while this machine is locked out, for how long. */
import { useState } from 'react'
import { ConsolePlatforms } from '../../protocol/console.ts'
import { ask, type Failure } from './ask.ts'
import { useNow } from './poll.ts'

interface Props {
  readonly why: Failure | undefined
  readonly onEnter: (token: string) => void
}

export function Door({ why: first, onEnter }: Props) {
  const [why, setWhy] = useState(first)
  const [token, setToken] = useState('')
  const [isAsking, setIsAsking] = useState(false)
  const now = useNow()
  const lockedMs = why?.kind === 'out' ? Math.max(0, (why.untilMs ?? 0) - now) : 0

  async function enter(): Promise<void> {
    if (isAsking || lockedMs > 0) return
    setIsAsking(true)
    const answer = await ask(token.trim(), ConsolePlatforms, '/v1/console/platforms')
    setIsAsking(false)
    if (answer.kind === 'ok') onEnter(token.trim())
    else setWhy(answer)
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
        <label htmlFor="token">管理员令牌</label>
        <input
          id="token"
          type="password"
          autoComplete="off"
          autoFocus
          required
          aria-describedby="token-place"
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
        <small id="token-place">汇聚中心数据目录中 operator.token 文件里的一行</small>
        <button className="main" type="submit" aria-disabled={isAsking || lockedMs > 0}>
          {isAsking ? '正在核对…' : '进入'}
        </button>
        <p role="alert">{why?.sentence}</p>
        {lockedMs > 0 && (
          <p role="timer">
            还有 <b>{minutesSeconds(lockedMs)}</b> 可再试
          </p>
        )}
      </form>
    </main>
  )
}

/** 14 分 07 秒 */
function minutesSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)} 分 ${String(seconds % 60).padStart(2, '0')} 秒`
}
