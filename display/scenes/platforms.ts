import type { Board } from '../../protocol/board.ts'
import { Intakes } from '../widgets/intakes/Intakes.tsx'
import { Platforms } from '../widgets/platforms/Platforms.tsx'
import { Sources } from '../widgets/sources/Sources.tsx'
import type { Look, Place, Scene } from './scene.ts'

const sources: Place = { name: '数据来源', area: [4, 14, 232, 67], widget: Sources }

const whole: readonly Place[] = [
  sources,
  { name: '接入平台', area: [4, 84, 156, 45], widget: Platforms },
  { name: '来源', area: [164, 84, 72, 45], widget: Intakes },
]
const withoutIntakes: readonly Place[] = [
  sources,
  { name: '接入平台', area: [4, 84, 232, 45], widget: Platforms },
]

const sourcesFar: Place = { name: '数据来源', area: [4, 14, 140, 115], widget: Sources }

const wholeFar: readonly Place[] = [
  sourcesFar,
  { name: '接入平台', area: [150, 14, 86, 51], widget: Platforms },
  { name: '来源', area: [150, 68, 86, 61], widget: Intakes },
]
const farWithoutIntakes: readonly Place[] = [
  sourcesFar,
  { name: '接入平台', area: [150, 14, 86, 115], widget: Platforms },
]

function arrange({ intakes }: Board, { isFar }: Look): readonly Place[] {
  if (intakes.size > 0) return isFar ? wholeFar : whole
  return isFar ? farWithoutIntakes : withoutIntakes
}

/** 平台: where do the figures come from, and can they be trusted now? */
export const platforms: Scene = {
  id: 'platforms',
  title: '平台',
  seconds: 30,
  isOfNow: true,
  caption: '时间为数据本身的时间,不是取数的时间',
  places: whole,
  far: wholeFar,
  others: withoutIntakes.filter((place) => !whole.includes(place)),
  arrange,
  isTold: ({ sources }) => sources.size > 0,
}
