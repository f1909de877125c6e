/** The scene that is on, and while it fades in over it, the one before: at no moment is the wall black. */
import { useEffect, useState } from 'react'
import type { Scene } from './scene.ts'

/** The fade of screen.css and the time in which a new scene draws itself before it. */
const changeMs = 1_000

/** One or two scenes, the one that is on last. */
export function useLayers(scenes: readonly Scene[], on: string): readonly Scene[] {
  const [shown, setShown] = useState<readonly string[]>([on])
  if (shown.at(-1) !== on) setShown([...shown.filter((id) => id !== on).slice(-1), on])
  useEffect(
    function dropTheLeaving() {
      if (shown.length === 1) return
      const timer = setTimeout(() => setShown([on]), changeMs)
      return () => clearTimeout(timer)
    },
    [shown, on],
  )
  return shown.flatMap((id) => scenes.find((scene) => scene.id === id) ?? [])
}
