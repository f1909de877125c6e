/** Which page of a long list is on. Pure. */

/** Long enough to read a page of eight rows. */
const pageMs = 10_000

export function pagesOf(rows: number, perPage: number): number {
  return Math.max(1, Math.ceil(rows / perPage))
}

/** From 0; the same for every screen whose clock is the relay's. */
export function pageAt(now: number, of: number): number {
  return Math.floor(now / pageMs) % of
}
