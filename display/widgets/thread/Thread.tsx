/** 线: one gold thread from the feed row through the gutter to the event card, and on to the flag. */
import { useLayoutEffect, useState, type RefObject } from 'react'
import { useTrust, useWall } from '../../board.ts'
import { useScreen } from '../../kiosk/screen.ts'
import { areaOf } from '../../theme/theme.ts'
import { threadPath, type Point } from './path.ts'
import './thread.css'

interface Props {
  /** The foot of an organisation's flag in viewport px. */
  readonly pointOf: (organization: string) => Point | null
  readonly frame: RefObject<HTMLElement | null>
}

export function Thread({ pointOf, frame }: Props) {
  const current = useWall((state) => state.stage.current)
  const trust = useTrust()
  const { u, reduced } = useScreen()
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
      const [x, y, w, h] = areaOf('eventSlot')
      setPath({
        seq: current.seq,
        d: threadPath({
          // By its place in the list, because the row is still sliding in.
          row: row ? areaOf('feed')[1] + topOf(row) / u + (slotOf(row) + 0.5) * rowHeightU : null,
          card: { x, y, w, h },
          flag: flag === null ? null : inU(flag.x, flag.y),
        }),
      })
    },
    [current, frame, pointOf, u],
  )

  if (path === null || current === null || reduced || trust === 'stale' || trust === 'unknown')
    return null
  return (
    <svg
      className="thread"
      viewBox="0 0 240 135"
      key={path.seq}
      aria-hidden="true"
      data-testid="thread"
    >
      <path d={path.d} pathLength={1} />
    </svg>
  )
}

const rowHeightU = 7.3

const slotOf = (row: HTMLElement) => Number(row.dataset['slot'] ?? 0)
const topOf = (row: HTMLElement) => row.parentElement?.offsetTop ?? 0
