/** Gold hairline with an anchor, title, note, age: the frame of every wing panel. */
import type { ReactNode } from 'react'
import type { Freshness } from '../../freshness.ts'
import { Age } from '../../parts/Age.tsx'
import './panel.css'

interface Props {
  readonly title: string
  readonly note?: ReactNode
  readonly freshness: Freshness
  readonly testid: string
  readonly children: ReactNode
}

export function Panel({ title, note, freshness, testid, children }: Props) {
  return (
    <section className="panel" data-testid={testid} data-phase={freshness.phase} aria-label={title}>
      <header className="panel-head">
        <h2 className="panel-title serif">{title}</h2>
        {note !== undefined && <span className="panel-note">{note}</span>}
        <Age mark={freshness.mark} />
      </header>
      <div className="panel-body">{children}</div>
    </section>
  )
}

/** A sentence where figures would stand: what is so, and what happens next. */
export function Sentence({
  title,
  next,
  broken = false,
}: {
  readonly title: string
  readonly next?: string
  readonly broken?: boolean
}) {
  return (
    <div className="sentence" role="status">
      <p className={broken ? 'sentence-title serif broken' : 'sentence-title serif'}>{title}</p>
      {next !== undefined && <p className="sentence-next">{next}</p>}
    </div>
  )
}
