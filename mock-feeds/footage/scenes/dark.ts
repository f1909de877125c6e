import { HEIGHT, WIDTH, type Scene } from '../scene.ts'

/** A lens that somebody has covered: next to nothing but noise. */
export const dark: Scene = {
  name: 'dark',
  seconds: 4,
  build: () => {
    const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4)
    for (let at = 0; at < pixels.length; at += 4) pixels.set([5, 5, 7, 255], at)
    return () => pixels
  },
}
