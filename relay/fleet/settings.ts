/** What no schema says of a screen's settings: which of them go together. */
import { isCounty, within } from '../../protocol/division.ts'
import type { ScreenSettings } from '../../protocol/screens.ts'

/** A sentence that says what to change; undefined where all is well. `counties`: those that the relay serves. */
export function mistakeIn(
  settings: ScreenSettings,
  counties: readonly string[],
): string | undefined {
  const { county, scope, audience, size } = settings
  if (!counties.includes(county)) return `县代码 ${county} 不在本中心服务范围内`
  if (!within(scope, county)) return `所在地 ${scope} 不属于 ${county}`
  if (scope.length > 6 && !isCounty(county)) return `${county} 不是县,所在地应为 ${county} 本级`
  if (audience === 'township' && scope.length !== 9)
    return '受众为乡镇的屏幕,所在地应为 9 位乡镇代码'
  if ((audience === 'wall' || audience === 'county') && scope !== county)
    return '受众为指挥大厅或县领导的屏幕,所在地应为县本级'
  if (size !== null && (size.part[0] > size.grid[0] || size.part[1] > size.grid[1]))
    return `拼接 ${size.grid.join('×')} 中没有第 ${size.part[0]} 列第 ${size.part[1]} 行`
  return undefined
}
