/** A text as a code to scan. */
import { useEffect, useState } from 'react'
import './qr.css'

interface Props {
  readonly text: string
  readonly label: string
}

interface Drawn {
  readonly text: string
  readonly size: number
  readonly path: string
}

export function Qr({ text, label }: Props) {
  const [drawn, draw] = useState<Drawn>()
  useEffect(
    function drawCode() {
      let isGone = false
      // Hardly any wall needs it, so it is not loaded with one.
      void import('uqr').then(({ encode }) => {
        const { data, size } = encode(text, { ecc: 'M', border: 4 })
        const path = data
          .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
          .join('')
        if (!isGone) draw({ text, size, path })
      })
      return () => {
        isGone = true
      }
    },
    [text],
  )
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${drawn?.size ?? 1} ${drawn?.size ?? 1}`}
      shapeRendering="crispEdges"
    >
      {drawn?.text === text && <path d={drawn.path} />}
    </svg>
  )
}
