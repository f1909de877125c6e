import type { Board } from '../../protocol/board.ts'
import { PatrolSites, PatrolSitesFew } from '../widgets/patrol-sites/PatrolSites.tsx'
import { PatrolWall, PatrolWallOfFour } from '../widgets/patrol-wall/PatrolWall.tsx'
import type { Look, Place, Scene } from './scene.ts'

const many: readonly Place[] = [
  { name: '视频轮巡', area: [4, 14, 166, 115], widget: PatrolWall, hold: 'left' },
  { name: '现场点位', area: [174, 14, 62, 115], widget: PatrolSites, hold: 'both' },
]
/** All of them are on at once. */
const few: readonly Place[] = [
  { name: '视频轮巡', area: [4, 14, 232, 115], widget: PatrolWallOfFour, hold: 'both' },
  { name: '现场点位', area: [4, 114.5, 166, 14], widget: PatrolSitesFew, hold: 'left' },
]
const manyFar: readonly Place[] = [
  { name: '视频轮巡', area: [4, 14, 161, 115], widget: PatrolWall, hold: 'left' },
  { name: '现场点位', area: [170, 14, 66, 115], widget: PatrolSites, hold: 'both' },
]
const fewFar: readonly Place[] = [
  { name: '视频轮巡', area: [4, 14, 232, 115], widget: PatrolWallOfFour, hold: 'both' },
  { name: '现场点位', area: [4, 111.5, 158, 17.5], widget: PatrolSitesFew, hold: 'left' },
]
const nothing: readonly Place[] = [{ name: '视频轮巡', area: [4, 14, 232, 40], widget: PatrolWall }]

const fewAtMost = 4

/** The modules beside the scene decode villages as well: nine more would be too many for one machine. */
function arrange({ streams }: Board, { beside, isFar }: Look): readonly Place[] {
  if (streams.size === 0) return nothing
  if (streams.size > fewAtMost && beside === 0) return isFar ? manyFar : many
  return isFar ? fewFar : few
}

/** 视频: what is going on now, at every site in its turn? */
export const video: Scene = {
  id: 'video',
  title: '视频',
  seconds: 60,
  isOfNow: true,
  caption: '现场画面经汇聚中心转发 · 未经签批的画面不对外',
  places: many,
  far: manyFar,
  others: few,
  arrange,
  isTold: ({ streams }) => streams.size > 0,
}
