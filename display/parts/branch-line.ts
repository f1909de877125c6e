/** How many branches one line of the 支部谱 stands for. Pure. */

/** Between two groups, in u. */
export const groupGapU = 1
const bundle = 5

/** px that lines may fill, once every group has its gap. */
export function lineRoom(groups: number, widthPx: number, uPx: number): number {
  return widthPx - groupGapU * uPx * Math.max(0, groups - 1)
}

/** 1, or 5 where a branch would have less than two device px. */
export function branchesPerLine(
  branches: number,
  groups: number,
  widthPx: number,
  uPx: number,
): 1 | 5 {
  return lineRoom(groups, widthPx, uPx) / branches < 2 ? bundle : 1
}
