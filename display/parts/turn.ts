/** Pages of a list that is longer than its place: the next comes by crossfade, nothing runs. */
import { useWall } from '../board.ts'
import './turn.css'

const turnSeconds = 12

export interface Turned<T> {
  readonly rows: readonly T[]
  /** From 0; the key of what fades. */
  readonly page: number
  readonly pages: number
}

/** By the relay's clock, so that walls side by side turn together. */
export function useTurn<T>(all: readonly T[], rowCount: number): Turned<T> {
  const pages = Math.max(1, Math.ceil(all.length / rowCount))
  const page = useWall((state) => Math.floor(state.now / 1_000 / turnSeconds) % pages)
  return { rows: all.slice(page * rowCount, (page + 1) * rowCount), page, pages }
}

/** 第 2/5 页; nothing where all fits. */
export function pageWords({ page, pages }: Pick<Turned<unknown>, 'page' | 'pages'>): string {
  return pages === 1 ? '' : `第 ${page + 1}/${pages} 页`
}
