/**
 * The county as one Leaflet layer: its land, and above it one canvas of flags. No flag is ever a DOM node.
 * Created, updated and removed by React Leaflet's life cycle (widgets/map-stage/CountyMap.tsx).
 */
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import { colourOf } from './colour.ts'
import { createFlagCanvas, type FlagCanvas } from './flag-canvas.ts'
import { flagHeight, rankOf, type Mark } from './flag-mark.ts'
import { followRows, samePlaces, type Rows } from './follow.ts'
import { contains, entryPoint, layLand, medianGap, nudge, type Geo, type Land } from './geometry.ts'
import type { Point, Site } from './geometry.ts'
import { createLandPaths, toLatLng, type Ground, type LandPaths } from './land-paths.ts'

export type CountyProps = Rows & {
  /** Not followed: another county is another layer. */
  readonly geo: Geo
  /** A map of tiles on the land; not followed either. */
  readonly ground?: Ground | null
  /** px of one u. */
  readonly u: number
  readonly reduced: boolean
  /** The board is too old to say who flies a flag. */
  readonly unknown: boolean
  readonly hot: string | null
  /** A new `seq` starts a sequence. */
  readonly event: { readonly organization: string; readonly seq: number } | null
  readonly onPick?: ((organization: string) => void) | undefined
  /** A place of the land where no flag stands. */
  readonly onTownship?: ((code: string) => void) | undefined
  /** Room around the land inside the stage, in u; as the county's stage needs it unless told. */
  readonly room?: Room
  /** The most that a branch's flag may measure, in 4K px. */
  readonly tallest?: number
  /** The county stands anew: what points at it must be measured again. */
  readonly onLay?: (county: CountyLayer, el: HTMLElement, u: number) => void
}

interface Room {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
/** The plinth drops below, event flags rise above. */
const countyRoom: Room = { left: 10.6, right: 10.6, top: 1, bottom: 1.6 }
/** The canvas reaches beyond the stage, in u, so that flags at the rim are whole. */
const overhang = 2.6
const leaderDepthUnits = 16
/** Above the land, and above the z-index that leaflet.css gives canvases in a map pane. */
const panes = { land: '300', flags: '450' } as const

/** An outline's land, and where the flags of these organisations stand on it, in county units. */
interface Stood {
  readonly land: Land
  readonly organizations: CountyProps['organizations']
  readonly sites: Map<string, Point>
}
/** A scene that comes again has a new layer, and need not set hundreds of flags apart once more while it should fade in. */
const stood = new WeakMap<Geo, Stood>()

/** What stands only while the layer is on a map. */
type Raised = {
  readonly map: L.Map
  readonly el: HTMLElement
  readonly canvas: HTMLCanvasElement
  readonly flags: FlagCanvas
  readonly paths: LandPaths
  readonly watch: ResizeObserver
}

export class CountyLayer extends L.Layer {
  #props: CountyProps
  readonly #land: Land
  #raised: Raised | null = null
  #sites = new Map<string, Point>()
  #places = new Map<string, Point>()
  readonly #drawn = new Map<string, Mark>()
  /** Height of a branch flag in u. */
  #base: number = flagHeight.branch
  /** px of one county unit, and the county's offset in the stage. */
  #fit = { scale: 1, x: 0, y: 0 }
  /** Of the stage when it was laid, px. */
  #size = { width: 0, height: 0 }

  constructor(props: CountyProps) {
    super()
    this.#props = props
    this.#land = stood.get(props.geo)?.land ?? layLand(props.geo)
    this.#settle()
  }

  override onAdd(map: L.Map): this {
    const el = map.getContainer()
    const pane = (name: keyof typeof panes) => {
      const made = map.getPane(name) ?? map.createPane(name)
      made.style.zIndex = panes[name]
      made.style.pointerEvents = 'none'
      return made
    }
    pane('land')
    const canvas = document.createElement('canvas')
    canvas.style.position = 'absolute'
    canvas.style.pointerEvents = 'none'
    pane('flags').append(canvas)
    this.#raised = {
      map,
      el,
      canvas,
      flags: createFlagCanvas(canvas, true),
      paths: createLandPaths(map, this.#land, { pane: 'land', ground: this.#props.ground ?? null }),
      watch: new ResizeObserver(() => {
        // The first call only tells the size that was laid already.
        if (el.clientWidth !== this.#size.width || el.clientHeight !== this.#size.height)
          this.#lay()
      }),
    }
    this.#raised.paths.heat(this.#props.hot)
    this.#raised.flags.obey({ do: 'unknown', on: this.#props.unknown })
    this.#raised.watch.observe(el)
    el.addEventListener('click', this.#pick)
    this.#lay()
    return this
  }

  override onRemove(): this {
    if (!this.#raised) return this
    const { el, canvas, flags, paths, watch } = this.#raised
    watch.disconnect()
    el.removeEventListener('click', this.#pick)
    flags.dispose()
    paths.remove()
    canvas.remove()
    this.#drawn.clear()
    this.#raised = null
    return this
  }

  update(next: CountyProps): void {
    const before = this.#props
    this.#props = next
    const moved = !samePlaces(before.organizations, next.organizations)
    if (moved) this.#settle()
    if (!this.#raised) return
    const { flags, paths } = this.#raised
    if (moved || before.u !== next.u) this.#lay()
    else if (before.organizations !== next.organizations || before.branches !== next.branches) {
      const change = followRows(before, next, this.#places, this.#drawn, next.u, this.#base)
      if (change.put.length + change.gone.length > 0) flags.obey({ do: 'marks', ...change })
    }
    if (before.unknown !== next.unknown) flags.obey({ do: 'unknown', on: next.unknown })
    paths.heat(next.hot)
    if (next.event !== null && next.event.seq !== before.event?.seq)
      flags.obey({
        do: 'celebrate',
        id: next.event.organization,
        delayMs: 0,
        reduced: next.reduced,
      })
  }

  /** The foot of an organisation's flag, px in the stage element. */
  pointOf(organization: string): Point | null {
    return this.#places.get(organization) ?? null
  }

  /** Where a leader line from `from` (px) ends: just inside the township. */
  leaderEnd(code: string, from: Point): Point | null {
    const found = this.#land.townships.get(code)
    if (!found) return null
    const { scale, x, y } = this.#fit
    const inCounty = { x: (from.x - x) / scale, y: (from.y - y) / scale }
    return this.#toStage(entryPoint(found, inCounty, leaderDepthUnits))
  }

  /** The southernmost point of the county: where the roots begin. */
  foot(): Point {
    let lowest: Point = { x: 0, y: -Infinity }
    for (const ring of this.#land.county) for (const p of ring) if (p.y > lowest.y) lowest = p
    return this.#toStage(lowest)
  }

  #toStage(p: Point): Point {
    return { x: this.#fit.x + p.x * this.#fit.scale, y: this.#fit.y + p.y * this.#fit.scale }
  }

  /** Where flags stand, in county units. */
  #settle(): void {
    const { geo, organizations } = this.#props
    const before = stood.get(geo)
    if (before !== undefined && samePlaces(before.organizations, organizations)) {
      this.#sites = before.sites
      return
    }
    const asked: Site[] = []
    for (const o of organizations.values()) {
      if (o.group !== 'territory') continue
      const at = o.lng === null || o.lat === null ? null : this.#land.project(o.lng, o.lat)
      asked.push({ id: o.id, township: o.township, at })
    }
    this.#sites = nudge(asked, this.#land.townships)
    stood.set(geo, { land: this.#land, organizations, sites: this.#sites })
  }

  /** Fits the county to the stage, and lays land and flags. */
  #lay(): void {
    if (!this.#raised) return
    const { map, el, canvas, flags, paths } = this.#raised
    const { u, room: margin = countyRoom, tallest = 24 } = this.#props
    const width = el.clientWidth
    const height = el.clientHeight
    this.#size = { width, height }
    if (width === 0 || height === 0) return
    const { extent } = this.#land
    const roomX = width - (margin.left + margin.right) * u
    const roomY = height - (margin.top + margin.bottom) * u
    const scale = Math.min(roomX / (extent.maxX - extent.minX), roomY / (extent.maxY - extent.minY))
    this.#fit = {
      scale,
      x: (width - (extent.maxX - extent.minX) * scale) / 2,
      y: margin.top * u + (roomY - (extent.maxY - extent.minY) * scale) / 2,
    }
    map.invalidateSize({ animate: false, pan: false })
    const middle = {
      x: (width / 2 - this.#fit.x) / scale,
      y: (height / 2 - this.#fit.y) / scale,
    }
    map.setView(toLatLng(middle), Math.log2(scale), { animate: false })
    paths.lay(scale, u)

    const over = overhang * u
    const corner = map.containerPointToLayerPoint([-over, -over])
    canvas.style.transform = `translate(${corner.x}px, ${corner.y}px)`
    canvas.style.width = `${width + 2 * over}px`
    canvas.style.height = `${height + 2 * over}px`
    // Base height: clamp(12, .85 × median distance, tallest) in 4K px.
    const gap = (medianGap([...this.#sites.values()]) * scale * 16) / u
    const wanted = this.#sites.size > 1 ? 0.85 * gap : flagHeight.branch * 16
    this.#base = Math.min(tallest, Math.max(12, wanted)) / 16
    const view = {
      width: width + 2 * over,
      height: height + 2 * over,
      originX: over,
      originY: over,
      u,
      unit: this.#base * u,
      ratio: window.devicePixelRatio || 1,
      cloth: colourOf(el, 'flag'),
    }
    flags.obey({ do: 'view', view })

    this.#places = new Map([...this.#sites].map(([id, p]) => [id, this.#toStage(p)]))
    const gone = [...this.#drawn.keys()].filter((id) => !this.#places.has(id))
    this.#drawn.clear()
    const { put } = followRows(null, this.#props, this.#places, this.#drawn, u, this.#base)
    flags.obey({ do: 'marks', put, gone })
    this.#props.onLay?.(this, el, u)
  }

  readonly #pick = (event: MouseEvent): void => {
    const { onPick, onTownship, unknown, u } = this.#props
    if (!this.#raised) return
    const box = this.#raised.el.getBoundingClientRect()
    const x = event.clientX - box.left
    const y = event.clientY - box.top
    let best: Mark | null = null
    let least = Infinity
    for (const m of this.#drawn.values()) {
      // The middle of the cloth is what a finger aims at; a ring has none.
      const isRing = m.look === 'offline' || m.look === 'unknown' || unknown
      const aim = isRing ? { x: 0, y: 0 } : { x: m.height * 0.2, y: m.height * -0.5 }
      const d = Math.hypot(x - m.x - aim.x, y - m.y - aim.y) - rankOf(m.look) * 0.05 * u
      if (d >= least) continue
      least = d
      best = m
    }
    if (best && least < 1.4 * u) {
      onPick?.(best.id)
      return
    }
    const at = { x: (x - this.#fit.x) / this.#fit.scale, y: (y - this.#fit.y) / this.#fit.scale }
    for (const { code, shape } of this.#land.townships.values())
      if (contains(shape, at.x, at.y)) {
        onTownship?.(code)
        return
      }
  }
}
