/** A rack of flags beside the map, for organisations without territory. Same cloth, same painter. */
import type { Row, Table } from '../../../protocol/board.ts'
import { colourOf } from './colour.ts'
import { createFlagCanvas } from './flag-canvas.ts'
import { flagHeight, type Mark } from './flag-mark.ts'
import { followRows, type Rows } from './follow.ts'
import type { Point } from './geometry.ts'

export type RackOptions = {
  readonly group: Row<'organizations'>['group']
  readonly perRow: number
  readonly u: number
}

export type Rack = {
  update(organizations: Table<'organizations'>, branches: Table<'branches'>): void
  celebrate(organization: string, reduced: boolean): void
  setUnknown(on: boolean): void
  /** The foot of an organisation's flag, px in the rack's element. */
  pointOf(organization: string): Point | null
  /** Whose flag is at a point in the rack's element, px. */
  organizationAt(p: Point): string | null
  resize(u: number): void
  dispose(): void
}

/** In u: distance between poles, between rows, and the room around the feet. */
export const rackPitch = { x: 1.41, y: 2.02 } as const
const pad = 2

export function createRack(el: HTMLElement, options: RackOptions): Rack {
  let u = options.u
  let rows: Rows | null = null
  let places = new Map<string, Point>()
  const drawn = new Map<string, Mark>()
  const canvas = document.createElement('canvas')
  canvas.style.position = 'absolute'
  canvas.style.pointerEvents = 'none'
  el.append(canvas)
  const flags = createFlagCanvas(canvas, false)
  const base = flagHeight.branch * 0.86

  function layout(): void {
    const ids = rows
      ? [...rows.organizations.values()].filter((o) => o.group === options.group).map((o) => o.id)
      : []
    places = new Map(
      ids.map((id, i) => [
        id,
        {
          x: (0.4 + (i % options.perRow) * rackPitch.x) * u,
          y: (1.4 + Math.floor(i / options.perRow) * rackPitch.y) * u,
        },
      ]),
    )
    const width = (options.perRow * rackPitch.x + 2 * pad) * u
    const height = (Math.ceil(ids.length / options.perRow) * rackPitch.y + 2 * pad) * u
    canvas.style.left = `${-pad * u}px`
    canvas.style.top = `${-pad * u}px`
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
    flags.obey({
      do: 'view',
      view: {
        width,
        height,
        originX: pad * u,
        originY: pad * u,
        u,
        unit: base * u,
        ratio: window.devicePixelRatio || 1,
        cloth: colourOf(el, 'flag'),
      },
    })
    if (!rows) return
    const gone = [...drawn.keys()].filter((id) => !places.has(id))
    drawn.clear()
    const change = followRows(null, rows, places, drawn, u, base, true)
    flags.obey({ do: 'marks', put: change.put, gone })
  }

  return {
    update(organizations, branches) {
      const before = rows
      const next: Rows = { organizations, branches }
      rows = next
      if (before?.organizations !== organizations) {
        layout()
        return
      }
      const change = followRows(before, next, places, drawn, u, base, true)
      if (change.put.length > 0) flags.obey({ do: 'marks', ...change })
    },
    celebrate(organization, reduced) {
      flags.obey({ do: 'celebrate', id: organization, delayMs: 0, reduced })
    },
    setUnknown: (on) => flags.obey({ do: 'unknown', on }),
    pointOf: (organization) => places.get(organization) ?? null,
    organizationAt(p) {
      let best: string | null = null
      let least = rackPitch.y * u
      for (const [id, foot] of places) {
        // The middle of the cloth is what a finger aims at.
        const d = Math.hypot(p.x - foot.x - base * u * 0.2, p.y - foot.y + base * u * 0.5)
        if (d >= least) continue
        least = d
        best = id
      }
      return best
    },
    resize(nextU) {
      if (u === nextU) return
      u = nextU
      layout()
    },
    dispose() {
      flags.dispose()
      canvas.remove()
    },
  }
}
