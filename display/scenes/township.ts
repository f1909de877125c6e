import { Spectrum } from '../widgets/spectrum/Spectrum.tsx'
import { TownshipHead } from '../widgets/township-head/TownshipHead.tsx'
import { TownshipLive } from '../widgets/township-live/TownshipLive.tsx'
import { TownshipMap } from '../widgets/township-map/TownshipMap.tsx'
import { TownshipReview } from '../widgets/township-review/TownshipReview.tsx'
import { TownshipTable } from '../widgets/township-table/TownshipTable.tsx'
import type { Scene } from './scene.ts'

/** 乡镇: this township, branch by branch. `#/township/431128101` */
export const township: Scene = {
  id: 'township',
  title: '乡镇',
  seconds: 60,
  isApart: true,
  far: [
    { name: '乡镇地图', area: [61, 14, 77, 115], widget: TownshipMap },
    { name: '乡镇概况', area: [4, 14, 55, 52], widget: TownshipHead },
    { name: '本镇现场', area: [4, 68, 55, 39], widget: TownshipLive },
    { name: '待镇初审', area: [4, 110, 55, 19], widget: TownshipReview },
    { name: '全镇支部', area: [142, 14, 94, 115], widget: TownshipTable },
  ],
  places: [
    { name: '乡镇地图', area: [54, 14, 94, 102], widget: TownshipMap },
    { name: '乡镇概况', area: [4, 14, 46, 43], widget: TownshipHead },
    { name: '本镇现场', area: [4, 58, 46, 34], widget: TownshipLive },
    { name: '待镇初审', area: [4, 94.4, 46, 22], widget: TownshipReview },
    { name: '全镇支部', area: [150, 14, 86, 102], widget: TownshipTable },
    { name: '支部谱', area: 'spectrum', widget: Spectrum, fixed: true },
  ],
}
