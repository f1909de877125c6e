/** The way back from another division, which the wall takes by itself once nobody touches it any more. */
import { useEffect } from 'react'
import { homeOf } from '../county.ts'
import './visit-end.css'

const stayMs = 120_000

export function VisitEnd() {
  const home = homeOf()
  useEffect(
    function goHome() {
      if (home === null) return
      let timer = setTimeout(() => location.assign(home), stayMs)
      const renew = () => {
        clearTimeout(timer)
        timer = setTimeout(() => location.assign(home), stayMs)
      }
      const press = (event: KeyboardEvent) => {
        if (event.key === 'Escape') location.assign(home)
        else renew()
      }
      addEventListener('pointerdown', renew)
      addEventListener('keydown', press)
      return () => {
        clearTimeout(timer)
        removeEventListener('pointerdown', renew)
        removeEventListener('keydown', press)
      }
    },
    [home],
  )
  if (home === null) return null
  return (
    <a className="visit-end" href={home} data-testid="visit-end">
      返回本级 <kbd>Esc</kbd>
    </a>
  )
}
