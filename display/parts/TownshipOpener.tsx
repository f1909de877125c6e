/** The name of a township, as a button that looks into it; a group without territory is only named. */
import { memo } from 'react'
import { useOpenings } from '../director/openings.ts'
import './branch-name.css'

interface Props {
  readonly code: string
  readonly name: string
}

export const TownshipOpener = memo(function TownshipOpener({ code, name }: Props) {
  const { openTownship } = useOpenings()
  if (!/^\d{9}$/.test(code) || name === '') return <>{name}</>
  return (
    <button
      type="button"
      className="branch-opener"
      data-testid="township-opener"
      data-township={code}
      onClick={() => openTownship(code)}
    >
      {name}
    </button>
  )
})
