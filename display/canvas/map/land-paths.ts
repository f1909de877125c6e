/** What does not move under the flags: plinth, double rule, land, contours, township borders, the hot township. */
import L from 'leaflet'
import type { Basemap } from '../../../protocol/county-file.ts'
import { tilesUnder } from './basemap.ts'
import { colourOf } from './colour.ts'
import { contours, type Land, type Point, type Shape } from './geometry.ts'

export type LandPaths = {
  /** Anew after a resize: line weights and the drop are px, not county units. `scale` is px of one county unit. */
  lay(scale: number, u: number): void
  heat(township: string | null): void
  remove(): void
}

/** Below the land, nearly the ground: too dark to be a token of its own. */
const plinth = '#090E15'
const svgNs = 'http://www.w3.org/2000/svg'
const levels = [-2, -1.6, -1.2, -0.8, -0.4, 0, 0.4, 0.8, 1.2, 1.6, 2]
/** While one map fades into another both are on the page, and a clip is found by its id. */
let laid = 0
/** A tile that did not come is asked for again: the service may be over its quota, or the wall was started without the internet. */
const retryMs = 60_000

/** Where a county's tiles are served, and what they look like. */
export type Ground = Basemap & { readonly address: string }

export const toLatLng = (p: Point): L.LatLngTuple => [-p.y, p.x]
const ringsOf = (shape: Shape, drop = 0) =>
  shape.map((ring) => [ring.map((p) => toLatLng({ x: p.x, y: p.y + drop }))])

export function createLandPaths(
  map: L.Map,
  land: Land,
  { pane, ground: tiles }: { readonly pane: string; readonly ground: Ground | null },
): LandPaths {
  const clipId = `map-clip-${(laid += 1)}`
  const clip = `url(#${clipId})`
  const renderer = L.svg({ pane, padding: 0.05 })
  const ink = (name: Parameters<typeof colourOf>[1]) => colourOf(map.getContainer(), name)
  const common = {
    renderer,
    pane,
    interactive: false,
    lineJoin: 'round',
    smoothFactor: 0,
  } as const
  // Over a real map an invented relief would lie.
  const relief =
    tiles === null
      ? contours(land.extent, levels).map((segments) => segments.map((s) => s.map(toLatLng)))
      : []
  let retries: ReturnType<typeof setTimeout>[] = []
  const townships = new Map<string, L.Path>()
  let paths: L.Path[] = []
  let tileGroup: Element | undefined
  let hot: string | null = null
  let px = 1

  const add = <T extends L.Path>(path: T): T => {
    path.addTo(map)
    paths.push(path)
    return path
  }
  const county = (style: L.PathOptions, drop = 0) =>
    add(L.polygon(ringsOf(land.county, drop), { ...common, ...style, fillOpacity: 1 }))

  function remove(): void {
    for (const path of paths) path.remove()
    tileGroup?.remove()
    paths = []
    townships.clear()
    for (const retry of retries) clearTimeout(retry)
    retries = []
  }

  function showHot(): void {
    for (const [code, path] of townships) {
      const on = code === hot
      path.setStyle({
        fillOpacity: on ? 1 : 0,
        color: on ? ink('gold') : ink('townBorder'),
        opacity: on ? 1 : 0.75,
        weight: on ? 3 * px : Math.max(1, 1.75 * px),
      })
    }
    const path = hot === null ? undefined : townships.get(hot)
    if (!path) return
    path.bringToFront()
    paths.at(-1)?.bringToFront()
  }

  /** Contours and borders end at the county's own outline. */
  function clipTo(ground: Element | undefined): void {
    const outline = ground?.getAttribute('d')
    const svg = ground?.closest('svg')
    if (!outline || !svg) return
    svg.querySelector('defs')?.remove()
    const defs = document.createElementNS(svgNs, 'defs')
    const path = document.createElementNS(svgNs, 'clipPath')
    path.id = clipId
    const cut = document.createElementNS(svgNs, 'path')
    cut.setAttribute('d', outline)
    cut.setAttribute('clip-rule', 'evenodd')
    path.append(cut)
    defs.append(path)
    svg.prepend(defs)
  }

  /** Between the ground and what is drawn upon it. */
  function layTiles(ground: Element | undefined, scale: number): void {
    if (tiles === null || ground === undefined) return
    const [nought, degree] = [land.project(0, 0), land.project(1, 0)]
    const ratio = window.devicePixelRatio || 1
    const group = document.createElementNS(svgNs, 'g')
    group.setAttribute('clip-path', clip)
    group.setAttribute('class', `map-tiles map-tiles-${tiles.look}`)
    const perDegree = (degree.x - nought.x) * scale * ratio
    for (const { path, from, to } of tilesUnder(land.bounds, perDegree, land.project)) {
      const [a, b] = [from, to].map((p) => map.latLngToLayerPoint(toLatLng(p)))
      if (a === undefined || b === undefined) continue
      const image = document.createElementNS(svgNs, 'image')
      const place = { x: a.x, y: a.y, width: b.x - a.x, height: b.y - a.y }
      for (const [name, value] of Object.entries(place)) image.setAttribute(name, String(value))
      image.setAttribute('preserveAspectRatio', 'none')
      const ask = () => image.setAttribute('href', `${tiles.address}/${path}`)
      image.addEventListener('error', () => {
        image.removeAttribute('href')
        retries.push(setTimeout(ask, retryMs))
      })
      ask()
      group.append(image)
    }
    ground.after(group)
    tileGroup = group
  }

  return {
    lay(scale, u) {
      remove()
      px = u / 16
      // Plinth: the outline again, lower; then the outer line as a wide stroke cut back by the ground.
      const rim = { color: ink('goldLine'), weight: 1.5 * px, fillColor: plinth }
      county(rim, (16 * px) / scale)
      county({ color: plinth, weight: 1, fillColor: plinth }, (10 * px) / scale)
      county({ color: ink('goldLine'), weight: 22 * px, fill: false })
      county({ color: ink('canvas'), weight: 18 * px, fill: false })
      const ground = county({ stroke: false, fillColor: ink('land') })
      relief.forEach((segments, i) => {
        const line = L.polyline(segments, {
          ...common,
          color: i % 4 === 3 ? ink('contourIndex') : ink('contour'),
          weight: Math.max(0.75, 1.4 * px),
        })
        add(line).getElement()?.setAttribute('clip-path', clip)
      })
      for (const { code, shape } of land.townships.values()) {
        const path = L.polygon(ringsOf(shape), {
          ...common,
          className: 'map-township',
          fillColor: ink('landHot'),
        })
        add(path).getElement()?.setAttribute('clip-path', clip)
        townships.set(code, path)
      }
      county({ color: ink('gold'), weight: Math.max(1.5, 3 * px), fill: false })
      clipTo(ground.getElement())
      layTiles(ground.getElement(), scale)
      showHot()
    },
    heat(township) {
      if (hot === township) return
      hot = township
      showHot()
    },
    remove,
  }
}
