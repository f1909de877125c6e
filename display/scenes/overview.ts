import { EventCard } from '../widgets/event-card/EventCard.tsx'
import { Feed } from '../widgets/feed/Feed.tsx'
import { Floating } from '../widgets/floating/Floating.tsx'
import { Kpi } from '../widgets/kpi/Kpi.tsx'
import { Orders } from '../widgets/orders/Orders.tsx'
import { Ranking } from '../widgets/ranking/Ranking.tsx'
import { Spectrum } from '../widgets/spectrum/Spectrum.tsx'
import { Study } from '../widgets/study/Study.tsx'
import { VideoPanel } from '../widgets/video-panel/VideoPanel.tsx'
import { Warnings } from '../widgets/warnings/Warnings.tsx'
import type { Scene } from './scene.ts'
import { Stage } from './Stage.tsx'

/** 总览: is the county alive now? */
export const overview: Scene = {
  id: 'overview',
  title: '总览',
  seconds: 60,
  hasThread: true,
  places: [
    { name: '红旗地图', area: [0, 0, 0, 0], widget: Stage },
    { name: '预警', area: 'warnings', widget: Warnings },
    { name: '支部积分排行', area: 'ranking', widget: Ranking },
    { name: '学习', area: 'learning', widget: Study },
    { name: '关键指标', area: 'kpi', widget: Kpi },
    { name: '最新动态', area: 'eventSlot', widget: EventCard },
    { name: '治理四单', area: 'cases', widget: Orders },
    { name: '流动党员', area: [61, 100, 19, 16], widget: Floating },
    { name: '活动现场', area: 'video', widget: VideoPanel },
    { name: '活动动态', area: 'feed', widget: Feed },
    { name: '支部谱', area: 'spectrum', widget: Spectrum, fixed: true },
  ],
}
