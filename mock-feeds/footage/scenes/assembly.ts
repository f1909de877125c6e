import type { Scene } from '../scene.ts'
import { hallPlace } from './hall.ts'

/** The members' meeting seen from beside the speaker, when hands go up. */
export const assembly: Scene = {
  name: 'assembly',
  seconds: 12,
  build: (random) => hallPlace(random, 'before'),
}
