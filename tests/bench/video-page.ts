/** What the page of tiles does when asked from outside. */
export interface Counted {
  readonly decoded: number
  readonly dropped: number
}

/** Where a camera's pictures carry their time; the page can't ask the footage, which is made for Node. */
export const barsAt = { y: 20 * 16, size: 16, blocks: 40 } as const

/** The bars of a picture, and when it was on the screen, epoch ms. */
export interface Sighting {
  readonly bars: readonly boolean[]
  readonly atMs: number
}

interface Tiles {
  /** A tile of each source, undefined for a bare `<video>` of the film; ms until a picture of each is there. */
  show(sources: readonly (string | undefined)[]): Promise<number>
  /** Frames of all tiles together. */
  count(forMs: number): Promise<Counted>
  /** Pictures of all tiles as they come to the screen, one in so many of each and one at least. */
  see(forMs: number): Promise<readonly Sighting[]>
  clear(): void
  isOpen(): boolean
}

export interface VideoPage {
  readonly tiles?: Tiles
}
