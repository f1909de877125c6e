import type { Account } from '../../../protocol/people.ts'
import { nameOf, type Place } from '../screens/places.ts'
import { minuteOf } from '../names.ts'
import { roleNames, stateNames } from './words.ts'

export type Act = 'change' | 'suspend' | 'resume' | 'invite'

interface Props {
  readonly of: Account
  readonly places: readonly Place[]
  readonly mayAct: boolean
  readonly onAct: (act: Act) => void
}

export function AccountRow({ of: account, places, mayAct, onAct }: Props) {
  const { name, title, role, scope, state, hasTotp, lastSignInAt } = account
  const acts: readonly (readonly [Act, string])[] =
    state === 'suspended'
      ? [['resume', '恢复']]
      : [
          ['change', '更改'],
          ['invite', '新链接'],
          ['suspend', '停用'],
        ]
  return (
    <tr data-testid={`account-${name}`}>
      <th scope="row">{name}</th>
      <td>
        <bdi>{title}</bdi>
      </td>
      <td>{roleNames[role]}</td>
      <td>{nameOf(places, scope)}</td>
      <td className={state === 'active' ? undefined : 'faint'}>{stateNames[state]}</td>
      <td className={hasTotp ? undefined : 'faint'}>{hasTotp ? '已启用' : '未启用'}</td>
      <td className={lastSignInAt === null ? 'faint' : undefined}>
        {lastSignInAt === null ? '从未' : minuteOf(lastSignInAt)}
      </td>
      <td>
        {mayAct && (
          <span className="acts">
            {acts.map(([act, word]) => (
              <button key={act} aria-label={`${word} ${name}`} onClick={() => onAct(act)}>
                {word}
              </button>
            ))}
          </span>
        )}
      </td>
    </tr>
  )
}
