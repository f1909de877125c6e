/** Tables for pictures of every branch: nobody reads them ten times a second, and each takes thousands of marks to draw. */
import { useEffect, useState } from 'react'
import type { Board, TableName } from '../../protocol/board.ts'
import { useWallStore } from '../board.ts'

const calmMs = 1_000

/** A change is shown at once after a second without one; the next ones together. While the past is played, each. */
export function useCalmTable<T extends TableName>(name: T): Board[T] {
  const { store } = useWallStore()
  const [rows, setRows] = useState(() => store.getState().board[name])
  useEffect(
    function followCalmly() {
      let lookedAt = -Infinity
      let timer: ReturnType<typeof setTimeout> | undefined
      function look(): void {
        timer = undefined
        lookedAt = performance.now()
        setRows(store.getState().board[name])
      }
      const unfollow = store.subscribe((state, before) => {
        if (state.board[name] === before.board[name] || timer !== undefined) return
        const waitMs = state.isPast ? 0 : lookedAt + calmMs - performance.now()
        if (waitMs <= 0) look()
        else timer = setTimeout(look, waitMs)
      })
      look()
      return () => {
        unfollow()
        clearTimeout(timer)
      }
    },
    [store, name],
  )
  return rows
}
