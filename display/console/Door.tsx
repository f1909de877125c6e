/** The way in: an account, or the operator's token; why it was not taken, and while it is locked out, for how long. */
import { useState } from 'react'
import { Me, SignedIn } from '../../protocol/people.ts'
import { ask, type Failure } from './ask.ts'
import { useNow } from './poll.ts'

interface Props {
  readonly title: string
  readonly why: Failure | undefined
  readonly hasAccounts: boolean
  /** The operator's token, or undefined where a cookie says who it is now. */
  readonly onEnter: (token?: string) => void
}

export function Door({ title, why: first, hasAccounts, onEnter }: Props) {
  const [why, setWhy] = useState(first)
  const [way, setWay] = useState<'account' | 'token'>(hasAccounts ? 'account' : 'token')
  const [isAsking, setIsAsking] = useState(false)
  const now = useNow()
  const lockedMs = why?.kind === 'out' ? Math.max(0, (why.untilMs ?? 0) - now) : 0
  const isHeld = isAsking || lockedMs > 0

  async function tryIt(attempt: () => Promise<Failure | undefined>): Promise<void> {
    if (isHeld) return
    setIsAsking(true)
    const failure = await attempt()
    setIsAsking(false)
    setWhy(failure)
  }
  function turn(): void {
    setWay(way === 'account' ? 'token' : 'account')
    setWhy(undefined)
  }
  return (
    <main className="door">
      <h1>{title}</h1>
      {way === 'account' ? (
        <Account isHeld={isHeld} isAsking={isAsking} onTry={tryIt} onEnter={() => onEnter()} />
      ) : (
        <Token isHeld={isHeld} isAsking={isAsking} onTry={tryIt} onEnter={onEnter} />
      )}
      <p role="alert">{why?.sentence}</p>
      {lockedMs > 0 && (
        <p role="timer">
          还有 <b>{minutesSeconds(lockedMs)}</b> 可再试
        </p>
      )}
      <button className="plain" onClick={turn}>
        {way === 'account' ? '用管理员令牌进入' : '用账号登录'}
      </button>
      {!hasAccounts && way === 'account' && (
        <small>还没有账号:第一个账号由汇聚中心启动时打印的一次性链接建立。</small>
      )}
    </main>
  )
}

interface WayProps {
  readonly isHeld: boolean
  readonly isAsking: boolean
  readonly onTry: (attempt: () => Promise<Failure | undefined>) => Promise<void>
}

function Token({ isHeld, isAsking, onTry, onEnter }: WayProps & Pick<Props, 'onEnter'>) {
  const [token, setToken] = useState('')
  async function enter(): Promise<Failure | undefined> {
    const answer = await ask(token.trim(), Me, '/v1/me')
    if (answer.kind !== 'ok') return answer
    onEnter(token.trim())
    return undefined
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onTry(enter)
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
      <button className="main" type="submit" aria-disabled={isHeld}>
        {isAsking ? '正在核对…' : '进入'}
      </button>
    </form>
  )
}

function Account({
  isHeld,
  isAsking,
  onTry,
  onEnter,
}: WayProps & { readonly onEnter: () => void }) {
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  /** Null until the relay asks for one. */
  const [code, setCode] = useState<string | null>(null)
  async function enter(): Promise<Failure | undefined> {
    const json = { name: name.trim(), password, ...(code === null ? {} : { code }) }
    const answer = await ask('', SignedIn, '/v1/me/sign-in', { method: 'POST', json })
    if (answer.kind !== 'ok') {
      if (code !== null) setCode('')
      return answer
    }
    if (answer.value.state === 'code') setCode('')
    else onEnter()
    return undefined
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void onTry(enter)
      }}
    >
      <label htmlFor="name">账号名</label>
      <input
        id="name"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={name}
        onChange={({ target }) => {
          setName(target.value)
          setCode(null)
        }}
      />
      <label htmlFor="password">密码</label>
      <input
        id="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={({ target }) => {
          setPassword(target.value)
          setCode(null)
        }}
      />
      {code !== null && (
        <>
          <label htmlFor="code">验证器上的 6 位数字</label>
          <input
            id="code"
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="\d{6}"
            maxLength={6}
            autoFocus
            required
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </>
      )}
      <button className="main" type="submit" aria-disabled={isHeld}>
        {isAsking ? '正在核对…' : '登录'}
      </button>
    </form>
  )
}

/** 14 分 07 秒 */
function minutesSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  return `${Math.floor(seconds / 60)} 分 ${String(seconds % 60).padStart(2, '0')} 秒`
}
