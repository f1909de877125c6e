/** The scene that is on, and while it fades in over it, the one before: at no moment is the wall black. */
import { useEffect, useState } from 'react'
import { idOf } from '../director/show.ts'
import type { Scene } from './scene.ts'

/** The fade of screen.css and the time in which a new scene draws itself before it. */
const changeMs = 1_000

export interface Layer {
  /** `ranking`, `township/431128101` */
  readonly path: string
  readonly scene: Scene
  /** What the scene is about, where it is about one thing. */
  readonly subject: string | null
}

/** One or two scenes, the one that is on last, or over it the one that comes and draws itself unseen. */
export function useLayers(
  scenes: readonly Scene[],
  on: string,
  isComing: boolean,
): readonly Layer[] {
  const [shown, setShown] = useState<readonly string[]>([on])
  if (shown.at(-1) !== on) setShown([...shown.filter((path) => path !== on).slice(-1), on])
  useEffect(
    function dropTheLeaving() {
      if (shown.length === 1 || isComing) return
      const timer = setTimeout(() => setShown([on]), changeMs)
      return () => clearTimeout(timer)
    },
    [shown, on, isComing],
  )
  return shown.flatMap((path) => {
    const scene = scenes.find(({ id }) => id === idOf(path))
    if (scene === undefined) return []
    return [{ path, scene, subject: path.slice(scene.id.length + 1) || null }]
  })
}
