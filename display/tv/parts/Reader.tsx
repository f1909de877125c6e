/** A text in large type, a page at a time. */
import { useReducer } from 'react'
import { useListener } from '../focus/use-focus.ts'
import { Frame } from './Frame.tsx'
import './reader.css'

interface ReaderProps {
  readonly title: string
  readonly note: string
  readonly pages: readonly string[]
}

export function Reader({ title, note, pages }: ReaderProps) {
  const last = pages.length - 1
  const [at, turn] = useReducer(
    (before: number, step: number) => Math.max(0, Math.min(last, before + step)),
    0,
  )
  useListener((action) => {
    switch (action) {
      case 'right':
      case 'down':
      case 'page-down':
      case 'ok':
        turn(1)
        return true
      case 'left':
      case 'up':
      case 'page-up':
        turn(-1)
        return true
      default:
        return false
    }
  })
  return (
    <Frame title={title} note={note} keys="◀ ▶ 翻页   返回 回上页">
      <Page text={pages[at] ?? ''} at={at} of={pages.length} />
    </Frame>
  )
}

interface PageProps {
  readonly text: string
  /** From 0. */
  readonly at: number
  readonly of: number
}

export function Page({ text, at, of }: PageProps) {
  return (
    <div className="tv-reader" data-testid="tv-reader" data-page={at + 1}>
      <p className="tv-reader-text">{text}</p>
      <p className="tv-reader-at lo">
        第 <span className="fig">{at + 1}</span> 页,共 <span className="fig">{of}</span> 页
      </p>
      <div className="tv-reader-track">
        <div style={{ width: `${((at + 1) / Math.max(1, of)) * 100}%` }} />
      </div>
    </div>
  )
}
