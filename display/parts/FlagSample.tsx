/** One flag, drawn by the brush that draws those of the map. */
import { useLayoutEffect, useRef } from 'react'
import { drawLook, drawWarning, flagHeight, type Look } from '../canvas/map/flag-mark.ts'
import './flag-sample.css'

export function FlagSample({ look, u }: { readonly look: Look; readonly u: number }) {
  const el = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(
    function drawSample() {
      const canvas = el.current
      const g = canvas?.getContext('2d')
      if (!canvas || !g) return
      const ratio = window.devicePixelRatio || 1
      canvas.width = Math.round(2.4 * u * ratio)
      canvas.height = Math.round(2.4 * u * ratio)
      g.scale(ratio, ratio)
      const unit = flagHeight.branch * u
      if (look === 'yellow' || look === 'orange' || look === 'red') {
        g.translate(1.2 * u, 1.2 * u)
        drawWarning(g, look, unit * 0.42)
        return
      }
      const isRing = look === 'offline' || look === 'unknown'
      g.translate(
        (isRing ? 1.2 : 0.8) * u,
        (look === 'offline' ? 1.4 : look === 'unknown' ? 1.7 : 2) * u,
      )
      drawLook(g, look, look === 'active' ? 1.6 * u : unit, unit)
    },
    [look, u],
  )
  return <canvas ref={el} className="flag-sample" aria-hidden="true" />
}
