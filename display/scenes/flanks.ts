/** What stands beside every scene of a wall that is wide enough: the same things in the same places. */
import { AwayBranches } from '../widgets/away-branches/AwayBranches.tsx'
import { Ranking } from '../widgets/ranking/Ranking.tsx'
import { RecentDays } from '../widgets/recent-days/RecentDays.tsx'
import { Study } from '../widgets/study/Study.tsx'
import { VideoPanel } from '../widgets/video-panel/VideoPanel.tsx'
import { VillageWall } from '../widgets/village-wall/VillageWall.tsx'
import { Warnings } from '../widgets/warnings/Warnings.tsx'
import type { Module } from './scene.ts'

export const flanks: { readonly left: readonly Module[]; readonly right: readonly Module[] } = {
  left: [
    [
      { name: '预警', area: [4, 14, 54, 33], widget: Warnings },
      { name: '学习', area: [4, 50, 54, 24], widget: Study },
      { name: '近 30 天活动', area: [4, 80, 54, 36], widget: RecentDays },
    ],
    [{ name: '支部积分排行', area: [2, 14, 56, 102], widget: Ranking }],
  ],
  right: [
    [
      { name: '活动现场', area: [2, 14, 56, 47.4], widget: VideoPanel },
      { name: '流动党支部', area: [2, 64.4, 56, 51.6], widget: AwayBranches },
    ],
    [{ name: '村级现场', area: [2, 14, 54, 102], widget: VillageWall }],
  ],
}
