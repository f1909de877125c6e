import type { SKRSContext2D } from '@napi-rs/canvas'

/** One camera: a still part drawn once, and what moves, drawn over it in every frame. */
export interface Scene {
  readonly name: string
  readonly seed: number
  readonly seconds: number
  /** Burnt into the picture, as cameras do. */
  readonly camera: string
  /** Returns the painter of the moving part; `phase` runs from 0 to 1 and must close the loop. */
  paint(still: SKRSContext2D, random: () => number): (g: SKRSContext2D, phase: number) => void
}
