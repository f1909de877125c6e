import type { Scene } from '../scene.ts'
import { hallPlace } from './hall.ts'

/** A meeting room with the lights off and nobody in it. */
export const empty: Scene = {
  name: 'empty',
  seconds: 8,
  build: (random) => hallPlace(random, 'empty'),
}
