/**
 * Where the places of a scene stand on a wall that may be wider than 16:9. Pure; everything in u, boxes are [x, y, w, h].
 * From 360 u on, modules of 60 u, or of a panel's width, stand beside every scene (the flanks), and the scene has the canvas between them.
 */
import tokens from '../theme/tokens.json'
import type { Look, Module, Place, Scene } from './scene.ts'
import type { Seams } from '../kiosk/seams.ts'

export type Area = keyof typeof tokens.layout.wall16x9
export type Box = readonly [x: number, y: number, w: number, h: number]

export interface Laid {
  readonly place: Place
  readonly box: Box
}

const leastU = tokens.layout.wall16x9.w
const marginU = tokens.space.margin
/** Of a module of a wall of one piece; panels that would cut through it give it their own width. */
const moduleLeastU = 60
const moduleMostU = 100
/** A seam so near to a module's edge runs through its margin. */
const edgeU = 3
/** Where the lowest panel ends: above the spectrum, or above the footer. */
const footU = { spectrum: 116, footer: 129 } as const

export function boxOf(area: Place['area']): Box {
  if (typeof area !== 'string') return area
  const value = tokens.layout.wall16x9[area]
  if (!Array.isArray(value)) throw new Error(`layout.wall16x9.${area} is not an area`)
  const [x = 0, y = 0, w = 0, h = 0] = value as number[]
  return [x, y, w, h]
}

/** From the edge to the edge: the footer, and the spectrum wherever a scene has it. */
export function acrossWall(area: Area, widthU: number): Box {
  const [, y, , h] = boxOf(area)
  return [marginU, y, widthU - 2 * marginU, h]
}

/** The modules at each side of a scene: how many, and how wide each is, u. */
export interface Flanks {
  readonly count: number
  readonly moduleU: number
}

export const noFlanks: Flanks = { count: 0, moduleU: moduleLeastU }

export function flanksOn(widthU: number, most: number, seams: Seams | null = null): Flanks {
  const fitting = (moduleU: number): Flanks => ({
    count: Math.min(most, Math.max(0, Math.floor((widthU - leastU) / (2 * moduleU)))),
    moduleU,
  })
  const free = fitting(moduleLeastU)
  const middles = (seams?.x ?? []).map(({ from, to }) => (from + to) / 2)
  const [first] = middles
  if (first === undefined) return free
  const doCut = middles.some((seam) => {
    const into = Math.min(seam, widthU - seam)
    const past = into % moduleLeastU
    return into < free.count * moduleLeastU && past > edgeU && past < moduleLeastU - edgeU
  })
  const isWide = first >= moduleLeastU && first <= moduleMostU
  return doCut && isWide ? fitting(first) : free
}

export const placesOf = (scene: Scene, { beside, isFar }: Look): readonly Place[] =>
  isFar ? scene.far : (scene.beside?.[beside - 1] ?? scene.places)

/** Places of a scene between so many flanks at each side. */
export function arrange(
  places: readonly Place[],
  widthU: number,
  { count, moduleU }: Flanks,
): readonly Laid[] {
  const left = count * moduleU
  const more = widthU - 2 * left - leastU
  return places.map((place) => {
    if (place.area === 'spectrum') return { place, box: acrossWall('spectrum', widthU) }
    const [x, y, w, h] = hold(place, more)
    return { place, box: [left + x, y, w, h] }
  })
}

function hold({ area, hold: side }: Place, more: number): Box {
  const [x, y, w, h] = boxOf(area)
  if (side === 'left') return [x, y, w, h]
  if (side === 'right') return [x + more, y, w, h]
  if (side === 'both') return [x, y, w + more, h]
  // The margins stay; panels and the gaps between them widen alike.
  const by = 1 + more / (leastU - 2 * marginU)
  return [marginU + (x - marginU) * by, y, w * by, h]
}

/** The flanks: `left` from the edge inwards, `right` outwards to the edge. */
export function arrangeFlanks(
  flanks: { readonly left: readonly Module[]; readonly right: readonly Module[] },
  scene: Scene,
  widthU: number,
  { count, moduleU }: Flanks,
): readonly Laid[] {
  if (count === 0) return []
  const isAboveSpectrum = placesOf(scene, { beside: count, isFar: false }).some(
    ({ area }) => area === 'spectrum',
  )
  const foot = isAboveSpectrum ? footU.spectrum : footU.footer
  const at = (start: number) => (module: Module, index: number) =>
    module.map((place): Laid => {
      const [x, y, w, h] = boxOf(place.area)
      const bottom = y + h === footU.spectrum ? foot : y + h
      const more = moduleU - moduleLeastU
      return { place, box: [start + index * moduleU + x, y, w + more, bottom - y] }
    })
  return [
    ...flanks.left.slice(0, count).flatMap(at(0)),
    ...flanks.right.slice(-count).flatMap(at(widthU - count * moduleU)),
  ]
}

/** Between a seam and a panel beside it. */
const besideSeam = 1.75
/** An edge that is farther away stays where it is: the panel reaches over the seam, and its texts step aside. */
const snapMost = 8

/** The same places with the gaps between them on the seams that they are near. What lies over another place, as on the map, stays. */
export function alignToSeams(laid: readonly Laid[], seams: Seams): readonly Laid[] {
  const inRow = (one: Box, two: Box) => one[1] < two[1] + two[3] && two[1] < one[1] + one[3]
  const doLap = (one: Box, two: Box) =>
    inRow(one, two) && one[0] < two[0] + two[2] && two[0] < one[0] + one[2]
  return laid.map((each) => {
    const { place, box } = each
    const row = laid.filter((other) => other !== each && inRow(box, other.box))
    if (row.some((other) => doLap(box, other.box))) return each
    const [x, y, w, h] = box
    const lefts = [x, ...row.map((other) => other.box[0])]
    const rights = [x + w, ...row.map((other) => other.box[0] + other.box[2])]
    const snap = (edge: number, edges: readonly number[], goals: readonly number[]) => {
      const goal = goals.find(
        (to) =>
          Math.abs(edge - to) <= snapMost &&
          edges.every((other) => Math.abs(edge - to) <= Math.abs(other - to)),
      )
      return goal ?? edge
    }
    const left = snap(
      x,
      lefts,
      seams.x.map(({ to }) => to + besideSeam),
    )
    const right = snap(
      x + w,
      rights,
      seams.x.map(({ from }) => from - besideSeam),
    )
    return { place, box: [left, y, right - left, h] }
  })
}
