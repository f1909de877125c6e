/** Who somebody is and what part of the tree they answer for: for a new account, or one that is changed. */
import { useState } from 'react'
import {
  mayGive,
  mistakeInPost,
  roles,
  type Account,
  type MakeAccount,
  type Post,
  type Role,
} from '../../../protocol/people.ts'
import { FormDialog } from '../FormDialog.tsx'
import { PlacePicker } from '../screens/PlacePicker.tsx'
import type { Place } from '../screens/places.ts'
import { AccountNameField } from './AccountNameField.tsx'
import { roleNames } from './words.ts'

interface Props {
  /** Undefined for a new one. */
  readonly of: Account | undefined
  readonly own: Post
  readonly places: readonly Place[]
  readonly onAct: (account: MakeAccount) => void
  readonly onClose: () => void
}

/** What may be given at a place. */
const rolesAt = (scope: string, own: Post): readonly Role[] =>
  roles.filter(
    (role) => mistakeInPost({ role, scope }) === undefined && mayGive(own, { role, scope }),
  )

export function AccountForm({ of, own, places, onAct, onClose }: Props) {
  const [name, setName] = useState(of?.name ?? '')
  const [title, setTitle] = useState(of?.title ?? '')
  const [scope, setScope] = useState(of?.scope ?? own.scope)
  const [picked, setPicked] = useState<Role | undefined>(of?.role)
  const allowed = rolesAt(scope, own)
  const role = picked !== undefined && allowed.includes(picked) ? picked : allowed[0]
  return (
    <FormDialog
      title={of === undefined ? '新建账号' : `更改 ${of.name}`}
      act={of === undefined ? '建立' : '保存'}
      onAct={() => {
        if (role !== undefined) onAct({ name: name.trim(), title: title.trim(), role, scope })
      }}
      onClose={onClose}
    >
      <AccountNameField
        autoFocus={of === undefined}
        readOnly={of !== undefined}
        value={name}
        onName={setName}
      />
      <label className="field">
        姓名
        <input
          required
          autoFocus={of !== undefined}
          maxLength={40}
          value={title}
          onChange={({ target }) => setTitle(target.value)}
        />
      </label>
      <PlacePicker label="范围" places={places} value={scope} onPick={setScope} />
      <label className="field">
        角色
        <select
          value={role ?? ''}
          onChange={({ target }) => setPicked(allowed.find((each) => each === target.value))}
        >
          {allowed.map((each) => (
            <option key={each} value={each}>
              {roleNames[each]}
            </option>
          ))}
          {role === undefined && <option value="">这个范围没有您能给出的角色</option>}
        </select>
      </label>
      {of === undefined ? (
        <p>建立后得到一个一次性链接,72 小时内有效:交给本人,由本人设密码。</p>
      ) : (
        <p>保存后,该账号须重新登录。</p>
      )}
    </FormDialog>
  )
}
