/** How many rows of one height a panel has room for. */
import { useRoom } from '../kiosk/screen.ts'

/** u of a panel's head. */
export const headU = 5.4

/** `takenU`: of the panel's height, by all that is no row. */
export function useRowCount(rowU: number, takenU = headU): number {
  return Math.max(1, Math.floor((useRoom().h - takenU) / rowU))
}
