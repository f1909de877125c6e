/** 线: one gold thread from the feed row through the gutter to the event card, and on to the flag. */
import { useLayoutEffect, useState, type RefObject } from 'react'
import { useTrust, useWall } from '../../board.ts'
import { useScreen } from '../../kiosk/screen.ts'
import { threadPath, type Point } from './path.ts'
import './thread.css'

interface Props {
  /** The foot of an organisation's flag in viewport px. */
  readonly pointOf: (organization: string) => Point | null
  readonly frame: RefObject<HTMLElement | null>
  /** Where the feed and the card of the event stand, [x, y, w, h] in u of the wall. */
  readonly feed: Area
  readonly card: Area
}

type Area = readonly [number, number, number, number]

export function Thread({ pointOf, frame, feed, card }: Props) {
  const current = useWall((state) => state.stage.current)
  const trust = useTrust()
  const { u, widthU, reduced } = useScreen()
  const [path, setPath] = useState<{ seq: number; d: string } | null>(null)

  useLayoutEffect(
    function layThread() {
      const box = frame.current?.getBoundingClientRect()
      if (current === null || !box) {
        setPath(null)
        return
      }
      const row = frame.current?.querySelector<HTMLElement>('[data-testid="feed-row"][data-hot]')
      const flag = pointOf(current.organization)
      const inU = (x: number, y: number): Point => ({ x: (x - box.left) / u, y: (y - box.top) / u })
      const [x, y, w, h] = card
      setPath({
        seq: current.seq,
        d: threadPath({
          // By its place in the list, because the row is still sliding in.
          row: row ? feed[1] + (topOf(row) + (slotOf(row) + 0.5) * heightOf(row)) / u : null,
          card: { x, y, w, h },
          middleX: widthU / 2,
          flag: flag === null ? null : inU(flag.x, flag.y),
        }),
      })
    },
    [current, frame, pointOf, feed, card, u, widthU],
  )

  if (path === null || current === null || reduced || trust === 'stale' || trust === 'unknown')
    return null
  return (
    <svg
      className="thread"
      viewBox={`0 0 ${widthU} 135`}
      key={path.seq}
      aria-hidden="true"
      data-testid="thread"
    >
      <path d={path.d} pathLength={1} />
    </svg>
  )
}

const slotOf = (row: HTMLElement) => Number(row.dataset['slot'] ?? 0)
const heightOf = (row: HTMLElement) => row.getBoundingClientRect().height
const topOf = (row: HTMLElement) => row.parentElement?.offsetTop ?? 0
