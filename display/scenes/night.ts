import { nightScene } from '../director/plan.ts'
import { NightClock } from '../widgets/night-clock/NightClock.tsx'
import type { Place, Scene } from './scene.ts'

/** 静屏: nothing but what time it is. The hour brings it, no tab. */
const places: readonly Place[] = [
  { name: '静屏', area: [0, 0, 240, 135], widget: NightClock, hold: 'both', fixed: true },
]

export const night: Scene = {
  id: nightScene,
  title: '静屏',
  seconds: 60,
  isBare: true,
  isOfNow: true,
  places,
  far: places,
}
