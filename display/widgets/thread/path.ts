/** The thread's course in u of the canvas. Pure. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Course {
  /** Height of the feed row's middle; null when the row is not shown. */
  readonly row: number | null
  readonly card: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  /** Foot of the flag; null when the organisation has no place on the stage. */
  readonly flag: Point | null
  /** The wall's axis, on which the county stands. */
  readonly middleX: number
}

/** From the card to the gutter beside the feed, where it is 0.4 u off the 4×4 seam, and to the feed's rows. */
const gutterFrom = 1.4
const rowFrom = 1.6
const radius = 0.8
/** Below this the racks stand, their captions above them: their flags are reached from the county's side. */
const rackTop = 89

/**
 * From the feed row up the gutter, behind the event card and on to the flag: one line, so that it draws as one.
 * It leaves the card level and falls on the flag from above, which keeps it off the labels beside the county.
 */
export function threadPath({ row, card, flag, middleX }: Course): string {
  const middle = card.y + card.h / 2
  const right = card.x + card.w
  const gutterX = right + gutterFrom
  const head =
    row === null
      ? `M${right} ${middle}`
      : `M${right + rowFrom} ${row}H${gutterX}V${middle + radius}q0 ${-radius} ${-radius} ${-radius}H${right}`
  if (flag === null) return head
  const { x, y } = flag
  const isRack = y > rackTop && Math.abs(x - middleX) > 20
  const leave = isRack ? middleX : x + (card.x - x) * 0.15
  const [landX, landY] = isRack
    ? [x + (middleX - x) * 0.6, y]
    : [x + (card.x - x) * 0.05, middle + (y - middle) * 0.3]
  return `${head}H${card.x}C${leave} ${middle} ${landX} ${landY} ${x} ${y}`
}
