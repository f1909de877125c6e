/** The branches of each place over the minutes of one of their members, the place with the highest mean first. Pure. */
import type { Studied } from '../../parts/minutes.ts'

export interface Strip {
  readonly place: string
  readonly mean: number
  readonly minutes: readonly number[]
}

export function stripsOf(studied: readonly Studied[]): readonly Strip[] {
  const places = new Map<string, number[]>()
  for (const { place, minutes } of studied) {
    const list = places.get(place)
    if (list === undefined) places.set(place, [minutes])
    else list.push(minutes)
  }
  return [...places]
    .map(([place, minutes]) => ({
      place,
      mean: minutes.reduce((sum, each) => sum + each, 0) / minutes.length,
      minutes,
    }))
    .sort((a, b) => b.mean - a.mean || (a.place < b.place ? -1 : 1))
}
