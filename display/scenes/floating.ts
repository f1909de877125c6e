import { Destinations } from '../widgets/destinations/Destinations.tsx'
import { FloatingBranches } from '../widgets/floating-branches/FloatingBranches.tsx'
import { FloatingCover } from '../widgets/floating-cover/FloatingCover.tsx'
import { FloatingLive } from '../widgets/floating-live/FloatingLive.tsx'
import { FloatingFeed } from '../widgets/floating-feed/FloatingFeed.tsx'
import type { Scene } from './scene.ts'

/** 流动: where are our people, and are they in an organisation? */
export const floating: Scene = {
  id: 'floating',
  title: '流动',
  seconds: 30,
  caption: '非地理地图 · 去向图只示意人数与关系',
  far: [
    { name: '流动党员去向', area: [4, 14, 160, 115], widget: Destinations },
    { name: '流动支部现场', area: [170, 14, 66, 45], widget: FloatingLive },
    { name: '服务与管理', area: [170, 62, 66, 67], widget: FloatingCover },
  ],
  places: [
    { name: '流动党员去向', area: [4, 14, 172, 83], widget: Destinations },
    { name: '流动党组织', area: [4, 98.5, 172, 30.5], widget: FloatingBranches },
    { name: '流动支部现场', area: [180, 14, 56, 37], widget: FloatingLive },
    { name: '服务与管理', area: [180, 54, 56, 38.4], widget: FloatingCover },
    { name: '流动支部动态', area: [180, 95, 56, 34], widget: FloatingFeed },
  ],
}
