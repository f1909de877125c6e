/** The way back from another division, which the wall takes by itself once nobody touches it any more. */
import { useEffect, useState } from 'react'
import { homeOf } from '../county.ts'
import { useKeys, useTouch } from './keys.ts'
import './visit-end.css'

const stayMs = 120_000

export function VisitEnd() {
  const home = homeOf()
  const [touchedAt, setTouched] = useState(0)
  useTouch(() => setTouched(performance.now()))
  useEffect(
    function goHome() {
      if (home === null) return
      const timer = setTimeout(() => location.assign(home), stayMs)
      return () => clearTimeout(timer)
    },
    [home, touchedAt],
  )
  useKeys(({ key }) => {
    if (home === null || key !== 'Escape') return false
    location.assign(home)
    return true
  })
  if (home === null) return null
  return (
    <a className="visit-end" href={home} data-testid="visit-end">
      返回本级 <kbd>Esc</kbd>
    </a>
  )
}
