import type { Scene } from '../scene.ts'
import { hallPlace } from './hall.ts'

/** The meeting hall after dark, when those who work by day have time. */
export const evening: Scene = {
  name: 'evening',
  seconds: 12,
  build: (random) => hallPlace(random, 'evening'),
}
