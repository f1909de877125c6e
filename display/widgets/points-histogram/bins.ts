/** One cell a branch, stacked over its points. Pure; lengths in u. */
import type { Tier } from '../../../protocol/board.ts'
import { tierOrder } from '../../parts/tier-tone.ts'

export interface Judged {
  readonly points: number
  readonly tier: Tier
}

export interface Cell {
  readonly x: number
  readonly y: number
  readonly tier: Tier
}

export interface Plot {
  readonly cells: readonly Cell[]
  /** Side of a cell. */
  readonly size: number
  /** Round numbers along the axis. */
  readonly ticks: readonly { readonly x: number; readonly label: number }[]
  /** Where each list stands: the middle of its cells, absent where it has none. */
  readonly middles: Readonly<Partial<Record<Tier, number>>>
  readonly counts: Readonly<Record<Tier, number>>
  /** Where gold and silver begin. */
  readonly bounds: readonly { readonly x: number; readonly tier: Tier }[]
}

const binWidth = 3.6
const acrossBin = 3
/** Pitch of the cells across a bin leaves a gap between two bins. */
const pitchWide = 1.08
const fill = 0.78
/** What the axis is of stands at its right end. */
const axisName = 14

/** 100, 200, 500, 1000 … so that at most about twelve stand on the axis. */
function tickStep(span: number): number {
  const rough = span / 12
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  return ([1, 2, 5, 10].find((times) => times * power >= rough) ?? 10) * power
}

export function plotOf(branches: readonly Judged[], width: number, height: number): Plot {
  const highest = Math.max(0, ...branches.map(({ points }) => points))
  const lowest = Math.min(0, ...branches.map(({ points }) => points))
  const count = Math.max(1, Math.floor(width / binWidth))
  const span = Math.max(count, (highest - lowest) * 1.02)
  const scale = width / span
  const at = (points: number) => (points - lowest) * scale
  const bins = Array.from({ length: count }, (): Judged[] => [])
  for (const branch of branches)
    bins[Math.min(count - 1, Math.floor(at(branch.points) / binWidth))]?.push(branch)
  const rows = Math.max(1, ...bins.map((bin) => Math.ceil(bin.length / acrossBin)))
  const pitch = Math.min(pitchWide, height / rows)
  const order = new Map(tierOrder.map((tier, index) => [tier, index]))
  const cells = bins.flatMap((bin, index) =>
    [...bin]
      .sort((a, b) => (order.get(b.tier) ?? 0) - (order.get(a.tier) ?? 0) || b.points - a.points)
      .map(({ tier }, place) => ({
        x: index * binWidth + (place % acrossBin) * pitchWide,
        y: height - (Math.floor(place / acrossBin) + 1) * pitch,
        tier,
      })),
  )
  const step = tickStep(span)
  const from = Math.ceil(lowest / step)
  const ticks = Array.from({ length: Math.floor(highest / step) - from + 1 }, (_, index) => {
    const label = (from + index) * step
    return { x: at(label), label }
  }).filter(({ x }) => x < width - axisName)
  return {
    cells,
    size: Math.min(pitchWide, pitch) * fill,
    ticks,
    ...listsOf(branches, at),
  }
}

function listsOf(
  branches: readonly Judged[],
  at: (points: number) => number,
): Pick<Plot, 'counts' | 'middles' | 'bounds'> {
  const counts = { black: 0, yellow: 0, none: 0, silver: 0, gold: 0 }
  const sums = { ...counts }
  const lowest = { silver: Infinity, gold: Infinity }
  for (const { tier, points } of branches) {
    counts[tier] += 1
    sums[tier] += points
    if (tier === 'gold' || tier === 'silver') lowest[tier] = Math.min(lowest[tier], points)
  }
  const present = tierOrder.filter((tier) => counts[tier] > 0)
  return {
    counts,
    middles: Object.fromEntries(present.map((tier) => [tier, at(sums[tier] / counts[tier])])),
    bounds: (['gold', 'silver'] as const)
      .filter((tier) => counts[tier] > 0)
      .map((tier) => ({ x: at(lowest[tier]), tier })),
  }
}

/** Labels of the lists from left to right, each `wide`, pushed apart where their lists are near. */
export function spreadOf(
  wanted: readonly number[],
  wide: number,
  width: number,
): readonly number[] {
  const placed: number[] = []
  for (const [index, middle] of wanted.entries()) {
    const least = index === 0 ? 0 : (placed[index - 1] ?? 0) + wide
    placed.push(Math.max(least, middle - wide / 2))
  }
  for (let index = placed.length - 1; index >= 0; index -= 1) {
    const most = index === placed.length - 1 ? width - wide : (placed[index + 1] ?? width) - wide
    placed[index] = Math.min(placed[index] ?? 0, most)
  }
  return placed
}
