/** Something that can have the focus. */
import type { ReactNode } from 'react'
import type { Focused } from '../focus/use-focus.ts'

interface SpotProps {
  readonly focus: Focused
  readonly id: string
  readonly className?: string
  /** Left, top, width and height in units; absent where it flows. */
  readonly at?: readonly [number, number, number, number]
  readonly children: ReactNode
}

export const boxStyle = ([x, y, w, h]: readonly [number, number, number, number]) => ({
  position: 'absolute' as const,
  left: `calc(var(--t) * ${x})`,
  top: `calc(var(--t) * ${y})`,
  width: `calc(var(--t) * ${w})`,
  height: `calc(var(--t) * ${h})`,
})

export function Spot({ focus, id, className = 'spot-card', at, children }: SpotProps) {
  const hasFocus = focus.at === id
  return (
    <div
      className={`spot ${className}${hasFocus ? ' spot-ring' : ''}`}
      style={at === undefined ? undefined : boxStyle(at)}
      role="button"
      data-spot={id}
      data-focus={hasFocus || undefined}
      onClick={() => focus.press(id)}
    >
      {children}
    </div>
  )
}
