/** One county of those that platforms speak for, or any other by its code. */
import { useId, useState } from 'react'
import { useDesk } from './desk.ts'
import { homeOf, useSession } from './session.ts'

interface Props {
  /** Undefined while another code is being typed. */
  readonly value: string | undefined
  readonly onPick: (county: string | undefined) => void
}

/** A province's or prefecture's own code ends in zeros: it has no townships. */
const isCounty = (code: string): boolean => /^\d{6}$/.test(code) && !code.endsWith('00')

export function DivisionPicker({ value, onPick }: Props) {
  const { platforms = [] } = useDesk().platforms.value ?? {}
  const home = homeOf(useSession().me)
  const known = [...new Set([home, ...platforms.flatMap(({ divisions }) => divisions)])].filter(
    isCounty,
  )
  const [typed, setTyped] = useState<string>()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>县(区划代码)</label>
      <select
        id={id}
        value={typed === undefined ? (value ?? '') : 'other'}
        onChange={({ target }) => {
          const isOther = target.value === 'other'
          setTyped(isOther ? '' : undefined)
          onPick(isOther ? undefined : target.value)
        }}
      >
        {known.map((code) => (
          <option key={code} value={code}>
            {code}
            {code === home ? '(本县)' : ''}
          </option>
        ))}
        <option value="other">其他…</option>
      </select>
      {typed !== undefined && (
        <input
          aria-label="6 位区划代码"
          placeholder="6 位区划代码"
          inputMode="numeric"
          maxLength={6}
          size={12}
          autoFocus
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value)
            onPick(isCounty(target.value) ? target.value : undefined)
          }}
        />
      )}
    </div>
  )
}
