/** How old what is told of floating members is: some platforms report it by itself, others with their organisations. */
import { useWall } from '../board.ts'
import { useFreshness, type Freshness } from '../freshness.ts'

export function useFloatingFreshness(): Freshness {
  const hasOwn = useWall((state) =>
    [...state.board.sources.values()].some(({ feed }) => feed === 'floating'),
  )
  return useFreshness(hasOwn ? 'floating' : 'organizations')
}
