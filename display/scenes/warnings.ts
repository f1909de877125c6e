import { SilenceAxis } from '../widgets/silence-axis/SilenceAxis.tsx'
import { Supervision } from '../widgets/supervision/Supervision.tsx'
import { TermMonths } from '../widgets/term-months/TermMonths.tsx'
import { TownshipWarnings } from '../widgets/township-warnings/TownshipWarnings.tsx'
import type { Scene } from './scene.ts'

/** 预警: who has gone quiet, and who is on it? */
export const warnings: Scene = {
  id: 'warnings',
  title: '预警',
  seconds: 30,
  caption: '依据与阈值见预警规则,可在后台按县调整',
  far: [
    { name: '静默支部', area: [4, 14, 232, 68.4], widget: SilenceAxis },
    { name: '乡镇预警', area: [4, 85, 112, 44], widget: TownshipWarnings },
    { name: '督办闭环', area: [120, 85, 116, 44], widget: Supervision },
  ],
  places: [
    { name: '静默支部', area: [4, 14, 232, 57], widget: SilenceAxis },
    { name: '乡镇预警', area: [4, 75, 76, 54], widget: TownshipWarnings },
    { name: '换届到期', area: [84, 75, 70, 54], widget: TermMonths },
    { name: '督办闭环', area: [158, 75, 78, 54], widget: Supervision },
  ],
}
