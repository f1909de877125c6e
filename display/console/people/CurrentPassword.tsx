/** The own password once more, before it or what guards it is changed. */
interface Props {
  readonly value: string
  readonly onChange: (password: string) => void
}

export function CurrentPassword({ value, onChange }: Props) {
  return (
    <label className="field">
      当前密码
      <input
        type="password"
        autoComplete="current-password"
        required
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </label>
  )
}
