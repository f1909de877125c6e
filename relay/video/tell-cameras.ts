/** Tells each screen the cameras that it may see: all of them at first, then what changed. */
import type { Camera } from '../../protocol/video.ts'
import type { CameraList } from './camera-list.ts'
import type { Viewer } from './viewer.ts'

export interface Teller {
  join(viewer: Viewer): void
  leave(viewer: Viewer): void
  stop(): void
}

/** Screens that see the same of one division, and what they were told last, by id. */
interface Group {
  readonly viewers: Set<Viewer>
  told: ReadonlyMap<string, { readonly row: Camera; readonly text: string }>
}

export function createTeller(cameras: CameraList): Teller {
  const groups = new Map<string, Group>()
  const keyOf = ({ reach, scope }: Viewer): string => `${reach.audience} ${reach.code} ${scope}`

  const rowsFor = ({ reach, scope }: Viewer): Group['told'] =>
    new Map(cameras.rows(reach, scope).map((row) => [row.id, { row, text: JSON.stringify(row) }]))

  const unfollow = cameras.onChange(() => {
    for (const group of groups.values()) {
      const [one] = group.viewers
      if (one === undefined) continue
      const before = group.told
      group.told = rowsFor(one)
      const rows = [...group.told.values()].filter(
        ({ row, text }) => before.get(row.id)?.text !== text,
      )
      const gone = [...before.keys()].filter((id) => !group.told.has(id))
      if (rows.length === 0 && gone.length === 0) continue
      for (const viewer of group.viewers)
        viewer.say({ type: 'cameras', isWhole: false, rows: rows.map(({ row }) => row), gone })
    }
  })

  return {
    join(viewer) {
      const key = keyOf(viewer)
      const group = groups.get(key) ?? { viewers: new Set(), told: rowsFor(viewer) }
      groups.set(key, group)
      group.viewers.add(viewer)
      const rows = [...group.told.values()].map(({ row }) => row)
      viewer.say({ type: 'cameras', isWhole: true, rows, gone: [] })
    },
    leave(viewer) {
      const group = groups.get(keyOf(viewer))
      group?.viewers.delete(viewer)
      if (group?.viewers.size === 0) groups.delete(keyOf(viewer))
    },
    stop: unfollow,
  }
}
