import { EventCard } from '../widgets/event-card/EventCard.tsx'
import { Feed } from '../widgets/feed/Feed.tsx'
import { Floating } from '../widgets/floating/Floating.tsx'
import { Kpi } from '../widgets/kpi/Kpi.tsx'
import { Orders } from '../widgets/orders/Orders.tsx'
import { Ranking } from '../widgets/ranking/Ranking.tsx'
import { Spectrum } from '../widgets/spectrum/Spectrum.tsx'
import { Study } from '../widgets/study/Study.tsx'
import { Townships } from '../widgets/townships/Townships.tsx'
import { VideoPanel } from '../widgets/video-panel/VideoPanel.tsx'
import { Warnings } from '../widgets/warnings/Warnings.tsx'
import type { Place, Scene } from './scene.ts'
import { Stage } from './Stage.tsx'

const axis: readonly Place[] = [
  { name: '红旗地图', area: [61, 14, 118, 102], widget: Stage, hold: 'both' },
  { name: '关键指标', area: 'kpi', widget: Kpi, hold: 'left' },
  { name: '最新动态', area: 'eventSlot', widget: EventCard, hold: 'right' },
  { name: '治理四单', area: 'cases', widget: Orders, hold: 'right' },
  { name: '流动党员', area: [61, 100, 19, 16], widget: Floating, hold: 'left' },
  { name: '支部谱', area: 'spectrum', widget: Spectrum, fixed: true },
]
/** The feed always stands next to the stage, so that the thread stays short. */
const longFeed: Place = {
  name: '活动动态',
  area: [182, 14, 56, 102],
  widget: Feed,
  hold: 'right',
}

/** 总览: is the county alive now? */
export const overview: Scene = {
  id: 'overview',
  title: '总览',
  seconds: 60,
  hasThread: true,
  far: [
    { name: '红旗地图', area: [68, 18, 102, 102], widget: Stage, hold: 'both', isDrawn: true },
    { name: '关键指标', area: [61, 14, 22.8, 75], widget: Kpi, hold: 'left' },
    { name: '最新动态', area: [147, 14.4, 21.4, 13.2], widget: EventCard, hold: 'right' },
    { name: '流动党员', area: [61, 100, 22.8, 20], widget: Floating, hold: 'left' },
    { name: '预警', area: [4, 14, 54, 40], widget: Warnings, hold: 'left' },
    { name: '支部积分排行', area: [4, 57, 54, 44], widget: Ranking, hold: 'left' },
    { name: '学习', area: [4, 104, 54, 25], widget: Study, hold: 'left' },
    { name: '活动现场', area: [171.2, 14, 64.8, 56.9], widget: VideoPanel, hold: 'right' },
    { name: '活动动态', area: [171.2, 73, 64.8, 56], widget: Feed, hold: 'right' },
  ],
  places: [
    ...axis,
    { name: '预警', area: 'warnings', widget: Warnings, hold: 'left' },
    { name: '支部积分排行', area: 'ranking', widget: Ranking, hold: 'left' },
    { name: '学习', area: 'learning', widget: Study, hold: 'left' },
    { name: '活动现场', area: 'video', widget: VideoPanel, hold: 'right' },
    { name: '活动动态', area: 'feed', widget: Feed, hold: 'right' },
  ],
  beside: [
    [
      ...axis,
      { name: '支部积分排行', area: [2, 14, 56, 102], widget: Ranking, hold: 'left' },
      longFeed,
    ],
    [
      ...axis,
      { name: '乡镇一览', area: [2, 14, 56, 102], widget: Townships, hold: 'left' },
      longFeed,
    ],
  ],
}
