import { HelpList } from '../widgets/help-list/HelpList.tsx'
import { RankedHistogram, RankedLeaders, RankedTownships } from './RankedMonth.tsx'
import type { Scene } from './scene.ts'

/** 排行: who leads, and who needs help? */
export const ranking: Scene = {
  id: 'ranking',
  title: '排行',
  seconds: 30,
  caption: '一格一支部 · 榜单每月 1 日结转',
  far: [
    { name: '支部积分分布', area: [4, 14, 232, 56], widget: RankedHistogram },
    { name: '金榜', area: [4, 73, 118, 56], widget: RankedLeaders },
    { name: '黄榜黑榜', area: [126, 73, 110, 56], widget: HelpList },
  ],
  places: [
    { name: '支部积分分布', area: [4, 14, 232, 46], widget: RankedHistogram },
    { name: '金榜', area: [4, 62, 82, 66], widget: RankedLeaders },
    { name: '乡镇均分', area: [90, 62, 70, 66], widget: RankedTownships },
    { name: '黄榜黑榜', area: [164, 62, 72, 66], widget: HelpList },
  ],
}
