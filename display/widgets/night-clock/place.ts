/** Where the clock of the night stands. Pure. */

const minuteMs = 60_000
/** Of the way across and back, and down and up again, in a minute; neither divides the way, so hardly a place comes twice in a night. */
const across = 0.2037
const down = 0.1309

/** To and fro between 0 and 1, at 1 after one `way`. */
const fold = (way: number): number => 1 - Math.abs((way % 2) - 1)

/** Shares of the free room at the left of it and above it, 0 … 1; another one every minute. */
export function nightPlace(now: number): { readonly x: number; readonly y: number } {
  const minute = Math.floor(now / minuteMs)
  return { x: fold(minute * across), y: fold(minute * down) }
}
