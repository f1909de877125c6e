/** The age mark: solid dot, hollow circle 延迟, hollow diamond 中断; a shape before a colour. */
import type { AgeMark, AgeStatus } from '../freshness.ts'
import './age.css'

export function AgeGlyph({ status }: { readonly status: AgeStatus }) {
  return <i className={`age-glyph age-${status}`} aria-hidden="true" />
}

export function Age({ mark, label }: { readonly mark: AgeMark; readonly label?: string }) {
  const tone = mark.status === 'late' ? ' late' : mark.status === 'broken' ? ' broken' : ''
  return (
    <span className={`age fig${tone}`} data-age={mark.status}>
      <AgeGlyph status={mark.status} />
      {label}
      {mark.text}
    </span>
  )
}
