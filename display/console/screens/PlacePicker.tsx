/** Where a screen hangs: a name of the lists or a code, whichever somebody types. */
import { useId, useState } from 'react'
import { nameOf, type Place } from './places.ts'

interface Props {
  readonly label?: string
  readonly places: readonly Place[]
  readonly value: string
  readonly onPick: (code: string) => void
}

export function PlacePicker({ label = '所在地', places, value, onPick }: Props) {
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const labelOf = ({ code }: Place) => `${nameOf(places, code)} ${code}`
  const shown = places.length === 0 ? value : labelOf({ code: value, name: '' })
  const isUnknown = typed !== undefined && codeIn(typed, places) === undefined
  return (
    <label className="field">
      {label}
      <input
        list={id}
        size={34}
        aria-invalid={isUnknown}
        value={typed ?? shown}
        onFocus={() => setTyped('')}
        onBlur={() => setTyped(undefined)}
        onChange={({ target }) => {
          setTyped(target.value)
          const code = codeIn(target.value, places)
          if (code !== undefined) onPick(code)
        }}
      />
      <datalist id={id}>
        {places.map((place) => (
          <option key={place.code} value={labelOf(place)} />
        ))}
      </datalist>
    </label>
  )
}

/** The code at the end, or that of the one place of this name. */
function codeIn(text: string, places: readonly Place[]): string | undefined {
  const code = /(?:^|\s)(\d{12}|\d{9}|\d{6})$/.exec(text.trim())?.[1]
  if (code !== undefined) return code
  const named = places.filter(({ name }) => name === text.trim())
  return named.length === 1 ? named[0]?.code : undefined
}
