/** Behind a one-time link: whom it is for, and the choice of a password. The relay's first link names its own account. */
import { useEffect, useState } from 'react'
import { Type } from 'typebox'
import { everywhere } from '../../../protocol/division.ts'
import { Invitation as Invited } from '../../../protocol/people.ts'
import { ask } from '../ask.ts'
import { AccountNameField } from './AccountNameField.tsx'
import { NewPassword } from './NewPassword.tsx'
import { roleNames } from './words.ts'

interface Props {
  readonly ticket: string
  readonly onDone: () => void
  readonly onLeave: () => void
}

export function Invitation({ ticket, onDone, onLeave }: Props) {
  const [invited, setInvited] = useState<Invited>()
  const [trouble, setTrouble] = useState<string>()
  const [name, setName] = useState('')
  const [title, setTitle] = useState('')
  const [password, setPassword] = useState<string>()
  const [isAsking, setIsAsking] = useState(false)
  useEffect(
    function lookUp() {
      let isGone = false
      const json = { ticket }
      void ask('', Invited, '/v1/invitations/look', { method: 'POST', json }).then((answer) => {
        if (isGone) return
        if (answer.kind === 'ok') setInvited(answer.value)
        else setTrouble(answer.sentence)
      })
      return () => {
        isGone = true
      }
    },
    [ticket],
  )

  async function accept(): Promise<void> {
    if (isAsking) return
    if (password === undefined) return setTrouble('两次输入的密码不一样')
    setIsAsking(true)
    const first = invited?.account === null ? { first: { name: name.trim(), title } } : {}
    const json = { ticket, password, ...first }
    const path = '/v1/invitations/accept'
    const answer = await ask('', Type.Object({}), path, { method: 'POST', json })
    setIsAsking(false)
    if (answer.kind === 'ok') onDone()
    else setTrouble(answer.sentence)
  }

  const account = invited?.account
  return (
    <main className="door">
      <h1>红旗墙 · 启用账号</h1>
      {invited === undefined && trouble === undefined && <p role="status">正在核对链接…</p>}
      {invited !== undefined && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void accept()
          }}
        >
          {account === null || account === undefined ? (
            <>
              <p>这是本中心的第一个账号:县委组织部,管全部区划与账号。</p>
              <AccountNameField autoFocus autoComplete="username" value={name} onName={setName} />
              <label className="field">
                姓名
                <input
                  required
                  maxLength={40}
                  autoComplete="name"
                  value={title}
                  onChange={({ target }) => setTitle(target.value)}
                />
              </label>
            </>
          ) : (
            <p>
              <bdi>{account.title}</bdi>(账号 <b>{account.name}</b>):{roleNames[account.role]}, 范围{' '}
              {account.scope === everywhere ? '本中心全部' : account.scope}
            </p>
          )}
          <NewPassword onChange={setPassword} />
          <button className="main" type="submit" aria-disabled={isAsking}>
            {isAsking ? '正在保存…' : '启用并登录'}
          </button>
        </form>
      )}
      <p role="alert">{trouble}</p>
      {trouble !== undefined && invited === undefined && <button onClick={onLeave}>去登录</button>}
    </main>
  )
}
