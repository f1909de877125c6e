import { clear, createFrame, type Frame } from './render/frame.ts'
import { traceStage, type Stage } from './render/stage.ts'

export const WIDTH = 640
export const HEIGHT = 360

/** One camera's place: RGBA of any moment; `phase` runs from 0 to 1 and closes the loop. The bytes are overwritten by the next call. */
export type Place = (phase: number) => Uint8ClampedArray

export interface Scene {
  readonly name: string
  readonly seconds: number
  /** Comes from a computer's screen, not through a lens. */
  readonly isScreen?: boolean
  /** Without colours, as cameras are by infrared. */
  readonly isGrey?: boolean
  /** The same numbers from `random` give the same place; others give other people, colours and words. */
  build(random: () => number): Place
}

/** A still stage, traced once, and what is drawn over it at each moment. */
export function staged(stage: Stage, draw: (frame: Frame, phase: number) => void): Place {
  const frame = createFrame(stage.view, traceStage(stage))
  return (phase) => {
    clear(frame)
    draw(frame, phase)
    return frame.pixels
  }
}

export const picker =
  (random: () => number) =>
  <T>(from: readonly T[]): T => {
    const one = from[Math.floor(random() * from.length)]
    if (one === undefined) throw new RangeError('nothing to pick from')
    return one
  }
