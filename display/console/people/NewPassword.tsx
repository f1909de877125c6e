/** A password, twice, since nobody sees what is typed. */
import { useState } from 'react'

interface Props {
  readonly onChange: (password: string | undefined) => void
}

/** Tells `undefined` while the two differ. */
export function NewPassword({ onChange }: Props) {
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const differ = second !== '' && first !== second
  function tell(one: string, other: string): void {
    setFirst(one)
    setSecond(other)
    onChange(one !== '' && one === other ? one : undefined)
  }
  return (
    <>
      <label className="field">
        新密码
        <input
          type="password"
          autoComplete="new-password"
          required
          maxLength={128}
          aria-describedby="password-terms"
          value={first}
          onChange={({ target }) => tell(target.value, second)}
        />
      </label>
      <small id="password-terms">
        至少 12 个字符,大写、小写、数字、符号中的三类;或不少于 20 个字符。不能含有账号名。
      </small>
      <label className="field">
        再输一次
        <input
          type="password"
          autoComplete="new-password"
          required
          maxLength={128}
          aria-invalid={differ}
          value={second}
          onChange={({ target }) => tell(first, target.value)}
        />
      </label>
      {differ && <small className="changed">两次输入不一样</small>}
    </>
  )
}
