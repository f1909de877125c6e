import { ProvinceActivities } from '../widgets/province-activities/ProvinceActivities.tsx'
import { ProvinceFigures } from '../widgets/province-figures/ProvinceFigures.tsx'
import { ProvinceRates } from '../widgets/province-rates/ProvinceRates.tsx'
import { ProvinceServices } from '../widgets/province-services/ProvinceServices.tsx'
import { ProvinceTiles } from '../widgets/province-tiles/ProvinceTiles.tsx'
import { ProvinceWarnings } from '../widgets/province-warnings/ProvinceWarnings.tsx'
import type { Scene } from './scene.ts'

/** 省级: is the whole province alive, and where is it not? The overview of whatever has parts. */
export const province: Scene = {
  id: 'overview',
  title: '总览',
  seconds: 60,
  caption: '由各县区数据汇总 · 点按方格进入',
  far: [
    { name: '全域指标', area: [4, 14, 58, 58], widget: ProvinceFigures },
    { name: '在线率', area: [4, 75, 58, 54], widget: ProvinceRates },
    { name: '支部方格', area: [66, 14, 104, 115], widget: ProvinceTiles },
    { name: '今日活动', area: [175, 14, 61, 58], widget: ProvinceActivities },
    { name: '预警汇总', area: [175, 75, 61, 54], widget: ProvinceWarnings },
  ],
  places: [
    { name: '全域指标', area: [4, 14, 54, 46], widget: ProvinceFigures },
    { name: '在线率', area: [4, 63.6, 54, 65], widget: ProvinceRates },
    { name: '支部方格', area: [62, 14, 101, 115], widget: ProvinceTiles },
    { name: '今日活动', area: [170, 14, 66, 50], widget: ProvinceActivities },
    { name: '为民服务汇总', area: [170, 67, 66, 17], widget: ProvinceServices },
    { name: '预警汇总', area: [170, 87, 66, 42], widget: ProvinceWarnings },
  ],
}
