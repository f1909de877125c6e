/** The name that somebody signs in with, as `AccountName` has it. */
import type { InputHTMLAttributes } from 'react'

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  readonly value: string
  readonly onName: (name: string) => void
}

export function AccountNameField({ onName, ...rest }: Props) {
  return (
    <label className="field">
      账号名
      <input
        required
        pattern="[a-z][a-z0-9._\-]{2,31}"
        title="小写字母开头,3–32 位小写字母、数字、点、下划线或 -"
        onChange={({ target }) => onName(target.value)}
        {...rest}
      />
    </label>
  )
}
