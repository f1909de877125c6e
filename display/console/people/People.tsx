/** 账号: who has one, what each may do, and who may no longer. */
import { useCallback, useMemo, useState } from 'react'
import type { TSchema } from 'typebox'
import { everywhere } from '../../../protocol/division.ts'
import {
  Account,
  Invited,
  mayGive,
  People as Listed,
  type MakeAccount,
} from '../../../protocol/people.ts'
import { Done, Trouble, useActs } from '../act.tsx'
import { ask } from '../ask.ts'
import { Confirm } from '../Confirm.tsx'
import { Find } from '../Find.tsx'
import { Heard } from '../Heard.tsx'
import { Pager } from '../Pager.tsx'
import { usePoll } from '../poll.ts'
import { usePlaces } from '../screens/places.ts'
import { useSession } from '../session.ts'
import { AccountForm } from './AccountForm.tsx'
import { AccountRow, type Act } from './AccountRow.tsx'
import { OneTimeLink } from './OneTimeLink.tsx'
import { roleNames, stateNames } from './words.ts'

const titles = ['账号名', '姓名', '角色', '范围', '状态', '验证器', '最近登录', '操作']
const questions = {
  suspend: ['停用', '立即退出所有登录,不能再登录,直到恢复。账号保留,审计中的名字不变。'],
  invite: ['发新链接', '旧密码和验证器立即失效,所有登录退出;凭新链接重设密码。'],
} as const

export function People() {
  const { token, me } = useSession()
  const polled = usePoll(useCallback(() => ask(token, Listed, '/v1/people'), [token]))
  const own = me.account ?? { name: null, role: 'county' as const, scope: everywhere }
  const listed = usePlaces(me.home)
  const places = useMemo(
    () =>
      own.scope === everywhere ? [{ code: everywhere, name: '本中心全部' }, ...listed] : listed,
    [own.scope, listed],
  )
  const [find, setFind] = useState('')
  const [asked, setAsked] = useState<{ readonly act: Act; readonly of?: Account }>()
  const [made, setMade] = useState<Invited>()
  const { post, trouble, done } = useActs(polled.again)
  const accounts = polled.value?.accounts ?? []
  const shown = accounts.filter(({ name, title, role, scope, state }) =>
    `${name} ${title} ${roleNames[role]} ${scope} ${stateNames[state]}`.includes(find.trim()),
  )
  const mayAct = me.rights.includes('accounts')

  function act<S extends TSchema>(schema: S, path: string, json: unknown, words: string) {
    setAsked(undefined)
    return post(schema, `/v1/people${path}`, json, words)
  }
  async function save({ name, ...rest }: MakeAccount): Promise<void> {
    if (asked?.of !== undefined)
      return void (await act(Account, `/${name}`, rest, `已更改 ${name}`))
    setMade(await act(Invited, '', { name, ...rest }, `已建立 ${name}`))
  }
  async function confirmed(what: 'suspend' | 'invite', { name }: Account): Promise<void> {
    if (what === 'suspend') await act(Account, `/${name}/suspend`, {}, `已停用 ${name}`)
    else setMade(await act(Invited, `/${name}/invite`, {}, `${name} 的旧密码已失效`))
  }
  const [what, whom] = [asked?.act, asked?.of]

  return (
    <>
      <div className="head">
        <h2>账号</h2>
        <Heard polled={polled} />
      </div>
      <div className="controls">
        <Find hint="账号名、姓名、角色、范围" words={find} onFind={setFind} />
        {mayAct && (
          <button className="main" onClick={() => setAsked({ act: 'change' })}>
            新建账号
          </button>
        )}
      </div>
      <Trouble of={trouble} />
      {made !== undefined && <OneTimeLink made={made} onHide={() => setMade(undefined)} />}
      <Done words={done} />
      {polled.value !== undefined && shown.length === 0 ? (
        <p className="none">
          {accounts.length === 0
            ? '还没有账号:新建一个,把一次性链接交给本人'
            : `没有含“${find.trim()}”的账号`}
        </p>
      ) : (
        <Pager key={find} rows={shown} label="账号一览" titles={titles}>
          {(account) => (
            <AccountRow
              key={account.name}
              of={account}
              places={places}
              mayAct={mayAct && account.name !== own.name && mayGive(own, account)}
              onAct={(what) =>
                what === 'resume'
                  ? void act(Account, `/${account.name}/resume`, {}, `已恢复 ${account.name}`)
                  : setAsked({ act: what, of: account })
              }
            />
          )}
        </Pager>
      )}
      {asked?.act === 'change' && (
        <AccountForm
          of={asked.of}
          own={own}
          places={places}
          onAct={(account) => void save(account)}
          onClose={() => setAsked(undefined)}
        />
      )}
      {(what === 'suspend' || what === 'invite') && whom !== undefined && (
        <Confirm
          title={`${questions[what][0]}:${whom.title}(${whom.name})?`}
          act={questions[what][0]}
          onAct={() => void confirmed(what, whom)}
          onClose={() => setAsked(undefined)}
        >
          {questions[what][1]}
        </Confirm>
      )}
    </>
  )
}
