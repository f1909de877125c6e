/** 终榜: a ranking shows how the last month ended until half of the organisations have points in the new one. */
import { createContext, useContext, useEffect, useMemo, type ReactNode } from 'react'
import { boardOf } from '../../protocol/apply.ts'
import { instantMs } from '../../protocol/time.ts'
import { createWall, useCounty, useWallStore, WallProvider, type Wall } from '../board.ts'
import { isSnapshot } from '../checks.ts'
import { useCountyFile } from '../county.ts'
import { useFreshness, type Freshness } from '../freshness.ts'
import { shortDay } from '../words.ts'
import { useCalmTable } from './calm.ts'
import { endOf, isRicher, isYoung, lastDayBefore, scoringIn } from './closed-month.ts'
import { useTold } from './told.ts'

interface ClosedMonth {
  readonly wall: Wall
  /** Its last day. */
  readonly day: string
  /** 11 月终榜 */
  readonly name: string
  /** 12 月刚开始,216 个党组织已有积分 */
  readonly next: string
}

const Context = createContext<ClosedMonth | null>(null)
/** Null where the month of the board is ranked. */
export const useClosedMonth = () => useContext(Context)

/** What is told late of a month that is over is on within the hour. */
const everyMs = 3_600_000

const monthOf = (day: string) => `${Number(day.slice(5, 7))} 月`

/** Around all scenes, so that the one that ranks finds it asked for. */
export function ClosedMonthProvider({ children }: { readonly children: ReactNode }) {
  const { code } = useCountyFile()
  const { store } = useWallStore()
  const today = useCounty()?.day ?? null
  const branches = useCalmTable('branches')
  const day = today !== null && isYoung({ branches }, today) ? lastDayBefore(today) : null
  const path = day === null ? null : `/v1/snapshot/${code}?at=${encodeURIComponent(endOf(day))}`
  const { value } = useTold(path, isSnapshot, null, everyMs)
  const wall = useMemo(() => {
    if (value === null || day === null) return null
    const board = boardOf(value)
    return createWall({ board, isPast: true, connection: 'live', now: instantMs(endOf(day)) })
  }, [value, day])
  useEffect(
    function turnPagesByTheClock() {
      if (wall === null) return
      const follow = () => wall.store.setState({ present: store.getState().present })
      follow()
      return store.subscribe(follow)
    },
    [wall, store],
  )
  const scoring = useMemo(() => scoringIn({ branches }), [branches])
  const closed = useMemo((): ClosedMonth | null => {
    if (wall === null || day === null || today === null) return null
    if (!isRicher(wall.store.getState().board, { branches })) return null
    const next = `${monthOf(today)}刚开始,${scoring} 个党组织已有积分`
    return { wall, day, name: `${monthOf(day)}终榜`, next }
  }, [wall, day, today, branches, scoring])
  return <Context value={closed}>{children}</Context>
}

/** Its children are of the month that is ranked. */
export function OfRankedMonth({ children }: { readonly children: ReactNode }) {
  const live = useWallStore()
  const closed = useClosedMonth()
  return (
    <WallProvider value={closed?.wall ?? live} key={closed?.day ?? ''}>
      {children}
    </WallProvider>
  )
}

/** How old the points are; those of a closed month are of its last day. */
export function usePointsFreshness(): Freshness {
  const freshness = useFreshness('points')
  const closed = useClosedMonth()
  if (closed === null) return freshness
  return { ...freshness, mark: { ...freshness.mark, text: `数据截至 ${shortDay(closed.day)}` } }
}
