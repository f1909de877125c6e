/** When a figure may move that belongs to an event on its way across the wall. */
import { useCallback, useLayoutEffect, useRef } from 'react'
import { useWall } from '../board.ts'
import { useScreen } from '../kiosk/screen.ts'

/** Answers how many ms are left until `momentMs` of the sequence that plays; 0 when none does. */
export function useCue(momentMs: number): () => number {
  const seq = useWall((state) => state.stage.current?.seq ?? null)
  const { reduced } = useScreen()
  const begun = useRef({ seq, at: -Infinity })
  useLayoutEffect(
    function noticeBegin() {
      if (seq === begun.current.seq) return
      begun.current = { seq, at: seq === null ? -Infinity : performance.now() }
    },
    [seq],
  )
  return useCallback(
    () => (reduced ? 0 : Math.max(0, begun.current.at + momentMs - performance.now())),
    [reduced, momentMs],
  )
}
