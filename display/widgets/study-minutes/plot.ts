/** One cell a branch, stacked over the minutes of one of its members. Pure; lengths in u. */

export interface Plot {
  readonly size: number
  readonly cells: readonly { readonly x: number; readonly y: number }[]
  readonly ticks: readonly { readonly x: number; readonly label: number }[]
  readonly at: (minutes: number) => number
}

const binWidth = 2.8
const acrossBin = 2
const gap = 0.5
const fill = 0.8
/** What the axis is of stands at its right end. */
const axisName = 16

/** 30, 60, 120 … minutes, so that about eight stand on the axis. */
function stepOf(span: number): number {
  return [10, 30, 60, 120, 300, 600, 1_200, 3_000].find((step) => span / step <= 9) ?? 6_000
}

export function plotOf(minutes: readonly number[], width: number, height: number): Plot {
  const span = Math.max(60, ...minutes) * 1.02
  const count = Math.floor(width / binWidth)
  const at = (each: number) => (each / span) * width
  const bins = Array.from({ length: count }, () => 0)
  for (const each of minutes) {
    const bin = Math.min(count - 1, Math.floor(at(each) / binWidth))
    bins[bin] = (bins[bin] ?? 0) + 1
  }
  const across = (binWidth - gap) / acrossBin
  const rows = Math.max(1, ...bins.map((all) => Math.ceil(all / acrossBin)))
  const pitch = Math.min(across, height / rows)
  const step = stepOf(span)
  return {
    size: pitch * fill,
    cells: bins.flatMap((all, bin) =>
      Array.from({ length: all }, (_, place) => ({
        x: bin * binWidth + (place % acrossBin) * across,
        y: height - (Math.floor(place / acrossBin) + 1) * pitch,
      })),
    ),
    ticks: Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => ({
      x: at(index * step),
      label: index * step,
    })).filter(({ x }) => x < width - axisName),
    at,
  }
}
