/** The scene that is on, and while another fades in over it, the one before: at no moment is the wall black. */
import { useEffect, useState } from 'react'
import type { Coming } from '../director/direct.ts'
import { idOf } from '../director/show.ts'
import type { Scene } from './scene.ts'

/** The fade of screen.css and the time in which a new scene draws itself before it. */
const changeMs = 1_000

interface Standing {
  /** `ranking`, `township/431128101` */
  readonly path: string
  /** What the picture begins with, what fades in over the scene before, and what is all there. */
  readonly come: 'first' | 'over' | 'there'
  /** When its fade begins, ms of the document's timeline; null: as soon as it has drawn itself. */
  readonly fromMs: number | null
}

export interface Layer extends Standing {
  readonly scene: Scene
  /** What the scene is about, where it is about one thing. */
  readonly subject: string | null
}

interface Standings {
  /** The uppermost that is seen. */
  readonly on: string
  /** One or two, the upper one last. */
  readonly all: readonly Standing[]
}

const alone = (path: string): Standings => ({
  on: path,
  all: [{ path, come: 'there', fromMs: null }],
})

/** What stands once `on` is on and `coming` draws itself unseen; the same object where nothing changes. */
export function standing(before: Standings, on: string, coming: Coming | null): Standings {
  const path = coming?.scene ?? on
  const last = before.all.at(-1)
  const isThere = last?.path === path && (coming === null || coming.fromMs === last.fromMs)
  if (isThere) return on === before.on ? before : { on, all: before.all }
  // Something that was to come does not come after all.
  if (path === before.on) return alone(path)
  const over: Standing = { path, come: 'over', fromMs: coming?.fromMs ?? null }
  return { on, all: [...alone(before.on).all, over] }
}

export function useLayers(
  scenes: readonly Scene[],
  on: string,
  coming: Coming | null,
): readonly Layer[] {
  const [before, setStanding] = useState<Standings>(() => ({
    on,
    all: [{ path: on, come: 'first', fromMs: null }],
  }))
  const now = standing(before, on, coming)
  if (now !== before) setStanding(now)
  useEffect(
    function dropTheLeaving() {
      if (now.all.length === 1 || coming !== null) return
      const timer = setTimeout(() => setStanding(alone(on)), changeMs)
      return () => clearTimeout(timer)
    },
    [now, on, coming],
  )
  return now.all.flatMap((each) => {
    const scene = scenes.find(({ id }) => id === idOf(each.path))
    if (scene === undefined) return []
    return [{ ...each, scene, subject: each.path.slice(scene.id.length + 1) || null }]
  })
}
