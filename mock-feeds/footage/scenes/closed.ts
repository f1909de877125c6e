import type { Scene } from '../scene.ts'
import { hallPlace } from './hall.ts'

/** The locked meeting hall at night, grey, by the camera's own infrared. */
export const closed: Scene = {
  name: 'closed',
  seconds: 6,
  isGrey: true,
  build: (random) => hallPlace(random, 'closed'),
}
