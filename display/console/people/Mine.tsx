/** 我的账号: what it may do, its password, and its authenticator. */
import { useState } from 'react'
import { Type } from 'typebox'
import { everywhere } from '../../../protocol/division.ts'
import { Done, useActs } from '../act.tsx'
import { useSession } from '../session.ts'
import { Authenticator } from './Authenticator.tsx'
import { CurrentPassword } from './CurrentPassword.tsx'
import { NewPassword } from './NewPassword.tsx'
import { rightNames, roleNames } from './words.ts'

export function Mine() {
  const { me } = useSession()
  const [done, setDone] = useState('')
  const { account, rights } = me
  if (account === null) return <p className="none">现在用的是管理员令牌,不是个人账号</p>
  return (
    <>
      <div className="head">
        <h2>我的账号</h2>
        <p>30 分钟无操作自动退出,最长 12 小时</p>
      </div>
      <Done words={done} />
      <dl className="mine">
        <dt>姓名</dt>
        <dd>
          <bdi>{account.title}</bdi>({account.name})
        </dd>
        <dt>角色</dt>
        <dd>
          {roleNames[account.role]},范围{' '}
          {account.scope === everywhere ? '本中心全部' : account.scope}
        </dd>
        <dt>可以</dt>
        <dd>{rights.map((right) => rightNames[right]).join('、') || '无管理权限'}</dd>
      </dl>
      <Password onDone={setDone} />
      <Authenticator isOn={account.hasTotp} onDone={setDone} />
    </>
  )
}

function Password({ onDone }: { readonly onDone: (words: string) => void }) {
  const { post, trouble } = useActs()
  const [mistake, setMistake] = useState<string>()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState<string>()
  /** Another one after each change: the fields are empty again. */
  const [round, setRound] = useState(0)
  async function change(): Promise<void> {
    setMistake(next === undefined ? '两次输入的密码不一样' : undefined)
    if (next === undefined) return
    const changed = await post(Type.Object({}), '/v1/me/password', { current, next })
    if (changed === undefined) return
    setCurrent('')
    setNext(undefined)
    setRound(round + 1)
    onDone('密码已改,在别处的登录已退出')
  }
  return (
    <form
      className="notice own"
      aria-label="改密码"
      onSubmit={(event) => {
        event.preventDefault()
        void change()
      }}
    >
      <h3>改密码</h3>
      <CurrentPassword value={current} onChange={setCurrent} />
      <NewPassword key={round} onChange={setNext} />
      <p role="alert">{mistake ?? trouble}</p>
      <button type="submit">改密码</button>
    </form>
  )
}
