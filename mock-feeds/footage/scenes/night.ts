import type { Scene } from '../scene.ts'
import { courtyardPlace } from './courtyard.ts'

/** An evening talk in the courtyard: dark, but for two bulbs and the windows. */
export const night: Scene = {
  name: 'night',
  seconds: 12,
  build: (random) => courtyardPlace(random, true),
}
