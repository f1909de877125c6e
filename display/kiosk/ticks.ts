/** Moves a wall's time at each full second of the relay's clock, so that walls beside each other turn their pages together. */
import type { Wall } from '../board.ts'

export function keepTime(wall: Wall, clock: () => number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tick = () => {
    wall.tick(clock())
    timer = setTimeout(tick, 1_000 - (wall.store.getState().now % 1_000))
  }
  tick()
  return () => clearTimeout(timer)
}
