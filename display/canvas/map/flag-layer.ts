/**
 * The county stage: one Leaflet map (land, borders, hot township) under one flag canvas.
 * Enters through create / update / dispose; no flag is ever a DOM node.
 */
import L from 'leaflet'
import 'leaflet/dist/leaflet.css'
import type { Table } from '../../../protocol/board.ts'
import { colourOf } from './colour.ts'
import { createFlagCanvas } from './flag-canvas.ts'
import { flagHeight, rankOf, type Mark } from './flag-mark.ts'
import { followRows, samePlaces, type Rows } from './follow.ts'
import {
  contours,
  entryPoint,
  layLand,
  medianGap,
  nudge,
  type Geo,
  type Point,
  type Shape,
  type Site,
} from './geometry.ts'

export type StageOptions = {
  /** px of one u. */
  readonly u: number
  readonly reduced: boolean
  readonly onPick?: (organization: string) => void
}

export type MapStageHandle = {
  update(organizations: Table<'organizations'>, branches: Table<'branches'>): void
  celebrate(organization: string, delayMs?: number): void
  hotTownship(code: string | null): void
  setUnknown(on: boolean): void
  /** The foot of an organisation's flag, px in the stage element. */
  pointOf(organization: string): Point | null
  /** The middle of a township, px in the stage element. */
  townshipPoint(code: string): Point | null
  /** Where a leader line from `from` (px) ends: just inside the township. */
  leaderEnd(code: string, from: Point): Point | null
  /** The southernmost point of the county: where the roots begin. */
  foot(): Point
  resize(u: number): void
  dispose(): void
}

/** Below the land, nearly the ground: too dark to be a token of its own. */
const plinth = '#090E15'
/** Room around the county inside the stage, in u: the plinth drops below, event flags rise above. */
const margin = { left: 10.6, right: 10.6, top: 1, bottom: 1.6 }
/** The canvas reaches beyond the stage, in u, so that flags at the rim are whole. */
const overhang = 2.6
const leaderDepthUnits = 16

export function createMapStage(el: HTMLElement, geo: Geo, options: StageOptions): MapStageHandle {
  const land = layLand(geo)
  let u = options.u
  let rows: Rows | null = null
  let sites = new Map<string, Point>()
  let places = new Map<string, Point>()
  const drawn = new Map<string, Mark>()
  let base: number = flagHeight.branch
  let hot: string | null = null
  let unknown = false
  /** px of one county unit, and the county's offset in the stage. */
  let fit = { scale: 1, x: 0, y: 0 }

  el.style.isolation = 'isolate'
  el.style.overflow = 'visible'
  el.style.background = 'transparent'
  const map = L.map(el, {
    crs: L.CRS.Simple,
    zoomSnap: 0,
    minZoom: -20,
    maxZoom: 20,
    zoomControl: false,
    attributionControl: false,
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    boxZoom: false,
    touchZoom: false,
    keyboard: false,
    zoomAnimation: false,
    fadeAnimation: false,
    inertia: false,
    trackResize: false,
  })
  const pane = (name: string, z: number) => {
    const made = map.createPane(name)
    made.style.zIndex = String(z)
    made.style.pointerEvents = 'none'
    return made
  }
  pane('land', 300)
  const flagsPane = pane('flags', 450)
  const renderer = L.svg({ pane: 'land', padding: 0.05 })
  const canvas = document.createElement('canvas')
  canvas.style.position = 'absolute'
  canvas.style.pointerEvents = 'none'
  flagsPane.append(canvas)
  const flags = createFlagCanvas(canvas, true)

  let layers: L.Path[] = []
  const townshipLayers = new Map<string, L.Path>()

  const ink = (name: Parameters<typeof colourOf>[1]) => colourOf(el, name)
  const toLatLng = (p: Point): L.LatLngTuple => [-p.y, p.x]
  const toStage = (p: Point): Point => ({ x: fit.x + p.x * fit.scale, y: fit.y + p.y * fit.scale })
  const toCounty = (p: Point): Point => ({
    x: (p.x - fit.x) / fit.scale,
    y: (p.y - fit.y) / fit.scale,
  })
  const ringsOf = (shape: Shape, drop = 0) =>
    shape.map((ring) => [ring.map((p) => toLatLng({ x: p.x, y: p.y + drop }))])

  /** Everything static is laid anew after a resize: line weights and the drop are px, not county units. */
  function layLandLayers(): void {
    for (const layer of layers) layer.remove()
    layers = []
    townshipLayers.clear()
    const px = u / 16
    const common = {
      renderer,
      pane: 'land',
      interactive: false,
      lineJoin: 'round',
      smoothFactor: 0,
    } as const
    const add = <T extends L.Path>(layer: T): T => {
      layer.addTo(map)
      layers.push(layer)
      return layer
    }
    const whole = (style: L.PathOptions, drop = 0) =>
      add(
        L.polygon(ringsOf(land.county, (drop * px) / fit.scale), {
          ...common,
          ...style,
          fillOpacity: 1,
        }),
      )

    // Plinth: the outline again, lower; then the outer line as a wide stroke cut back by the ground.
    whole({ color: ink('goldLine'), weight: 1.5 * px, fillColor: plinth }, 16)
    whole({ color: plinth, weight: 1, fillColor: plinth }, 10)
    whole({ color: ink('goldLine'), weight: 22 * px, fill: false })
    whole({ color: ink('canvas'), weight: 18 * px, fill: false })
    const ground = whole({ stroke: false, fillColor: ink('land') })

    const levels = [-2, -1.6, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 1.6, 2]
    contours(land.extent, levels).forEach((segments, i) => {
      const inside = segments.map((s) => s.map(toLatLng))
      const index = i % 4 === 3
      add(
        L.polyline(inside, {
          ...common,
          color: index ? ink('contourIndex') : ink('contour'),
          weight: Math.max(0.75, 1.4 * px),
          opacity: 1,
        }),
      )
        .getElement()
        ?.setAttribute('clip-path', 'url(#map-county-clip)')
    })
    for (const { code, shape } of land.townships.values()) {
      const layer = add(
        L.polygon(ringsOf(shape), {
          ...common,
          className: 'map-township',
          color: ink('townBorder'),
          weight: Math.max(1, 1.75 * px),
          opacity: 0.75,
          fillColor: ink('landHot'),
          fillOpacity: 0,
        }),
      )
      const path = layer.getElement()
      if (path instanceof SVGElement) {
        path.setAttribute('clip-path', 'url(#map-county-clip)')
        path.style.transition = options.reduced
          ? 'fill-opacity 200ms linear, stroke 200ms linear'
          : 'fill-opacity 300ms linear, stroke 300ms linear'
      }
      townshipLayers.set(code, layer)
    }
    whole({ color: ink('gold'), weight: Math.max(1.5, 3 * px), fill: false })

    // Contours and borders end at the county's own outline.
    const outline = ground.getElement()?.getAttribute('d')
    const svg = ground.getElement()?.closest('svg')
    if (outline && svg) {
      svg.querySelector('defs')?.remove()
      const ns = 'http://www.w3.org/2000/svg'
      const defs = document.createElementNS(ns, 'defs')
      const clip = document.createElementNS(ns, 'clipPath')
      clip.id = 'map-county-clip'
      const cut = document.createElementNS(ns, 'path')
      cut.setAttribute('d', outline)
      cut.setAttribute('clip-rule', 'evenodd')
      clip.append(cut)
      defs.append(clip)
      svg.prepend(defs)
    }
    showHot()
  }

  function showHot(): void {
    for (const [code, layer] of townshipLayers) {
      const on = code === hot
      layer.setStyle({
        fillOpacity: on ? 1 : 0,
        color: on ? ink('gold') : ink('townBorder'),
        opacity: on ? 1 : 0.75,
        weight: (on ? 3 : 1.75) * (u / 16),
      })
    }
    const layer = hot === null ? undefined : townshipLayers.get(hot)
    if (layer) {
      layer.bringToFront()
      layers.at(-1)?.bringToFront()
    }
  }

  function layout(): void {
    const width = el.clientWidth
    const height = el.clientHeight
    if (width === 0 || height === 0) return
    const { extent } = land
    const roomX = width - (margin.left + margin.right) * u
    const roomY = height - (margin.top + margin.bottom) * u
    const scale = Math.min(roomX / (extent.maxX - extent.minX), roomY / (extent.maxY - extent.minY))
    fit = {
      scale,
      x: (width - (extent.maxX - extent.minX) * scale) / 2,
      y: margin.top * u + (roomY - (extent.maxY - extent.minY) * scale) / 2,
    }
    map.invalidateSize({ animate: false, pan: false })
    const middle = toCounty({ x: width / 2, y: height / 2 })
    map.setView(toLatLng(middle), Math.log2(scale), { animate: false })
    layLandLayers()

    const over = overhang * u
    const corner = map.containerPointToLayerPoint([-over, -over])
    canvas.style.transform = `translate(${corner.x}px, ${corner.y}px)`
    canvas.style.width = `${width + 2 * over}px`
    canvas.style.height = `${height + 2 * over}px`
    settleSizes()
    flags.obey({
      do: 'view',
      view: {
        width: width + 2 * over,
        height: height + 2 * over,
        originX: over,
        originY: over,
        u,
        unit: base * u,
        ratio: window.devicePixelRatio || 1,
        cloth: ink('flag'),
      },
    })
    place()
  }

  /** Base height: clamp(12, .85 × median distance, 24) in 4K px. */
  function settleSizes(): void {
    const gap =
      sites.size > 1
        ? (medianGap([...sites.values()]) * fit.scale * 16) / u
        : flagHeight.branch * 16
    base = Math.min(24, Math.max(12, 0.85 * gap)) / 16
  }

  function place(): void {
    places = new Map([...sites].map(([id, p]) => [id, toStage(p)]))
    if (!rows) return
    drawn.clear()
    const change = followRows(null, rows, places, drawn, u, base)
    flags.obey({ do: 'marks', ...change })
  }

  function pick(event: MouseEvent): void {
    if (!options.onPick) return
    const box = el.getBoundingClientRect()
    const x = event.clientX - box.left
    const y = event.clientY - box.top
    let best: Mark | null = null
    let least = Infinity
    for (const m of drawn.values()) {
      // The middle of the cloth is what a finger aims at; a ring has none.
      const ring = m.look === 'offline' || m.look === 'unknown' || unknown
      const d =
        Math.hypot(x - m.x - (ring ? 0 : m.height * 0.2), y - m.y + (ring ? 0 : m.height * 0.5)) -
        rankOf(m.look) * 0.05 * u
      if (d < least) {
        least = d
        best = m
      }
    }
    if (best && least < 1.4 * u) options.onPick(best.id)
  }
  el.addEventListener('click', pick)

  const watch = new ResizeObserver(function refit() {
    layout()
  })
  watch.observe(el)
  layout()

  return {
    update(organizations, branches) {
      const next: Rows = { organizations, branches }
      if (!rows || !samePlaces(rows.organizations, organizations)) {
        const asked: Site[] = []
        for (const o of organizations.values()) {
          if (o.group !== 'territory') continue
          asked.push({
            id: o.id,
            township: o.township,
            at: o.lng === null || o.lat === null ? null : land.project(o.lng, o.lat),
          })
        }
        sites = nudge(asked, land.townships)
        const gone = [...drawn.keys()].filter((id) => !sites.has(id))
        if (gone.length > 0) flags.obey({ do: 'marks', put: [], gone })
        rows = next
        layout()
        return
      }
      const change = followRows(rows, next, places, drawn, u, base)
      rows = next
      if (change.put.length + change.gone.length > 0) flags.obey({ do: 'marks', ...change })
    },
    celebrate(organization, delayMs = 0) {
      flags.obey({ do: 'celebrate', id: organization, delayMs, reduced: options.reduced })
    },
    hotTownship(code) {
      if (hot === code) return
      hot = code
      showHot()
    },
    setUnknown(on) {
      unknown = on
      flags.obey({ do: 'unknown', on })
    },
    pointOf: (organization) => places.get(organization) ?? null,
    townshipPoint(code) {
      const found = land.townships.get(code)
      return found ? toStage(found.center) : null
    },
    leaderEnd(code, from) {
      const found = land.townships.get(code)
      return found ? toStage(entryPoint(found, toCounty(from), leaderDepthUnits)) : null
    },
    foot() {
      let lowest: Point = { x: 0, y: -Infinity }
      for (const ring of land.county) for (const p of ring) if (p.y > lowest.y) lowest = p
      return toStage(lowest)
    },
    resize(nextU) {
      u = nextU
      layout()
    },
    dispose() {
      watch.disconnect()
      el.removeEventListener('click', pick)
      flags.dispose()
      map.remove()
      canvas.remove()
    },
  }
}
