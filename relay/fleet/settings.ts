/** What no schema says of a screen's settings: which of them go together. */
import { isCounty, within } from '../../protocol/division.ts'
import { sceneIds } from '../../protocol/county-file.ts'
import type { ScreenSettings } from '../../protocol/screens.ts'

/** A sentence that says what to change; undefined where all is well. `counties`: those that the relay serves. */
export function mistakeIn(
  settings: ScreenSettings,
  counties: readonly string[],
): string | undefined {
  const { county, scope, audience, size, scenes, profile, sleep } = settings
  if (!counties.includes(county)) return `县代码 ${county} 不在本中心服务范围内`
  if (!within(scope, county)) return `所在地 ${scope} 不属于 ${county}`
  if (scope.length > 6 && !isCounty(county)) return `${county} 不是县,所在地应为 ${county} 本级`
  if (audience === 'township' && scope.length !== 9)
    return '受众为乡镇的屏幕,所在地应为 9 位乡镇代码'
  if ((audience === 'wall' || audience === 'county') && scope !== county)
    return '受众为指挥大厅或县领导的屏幕,所在地应为县本级'
  if (size !== null && (size.part[0] > size.grid[0] || size.part[1] > size.grid[1]))
    return `拼接 ${size.grid.join('×')} 中没有第 ${size.part[0]} 列第 ${size.part[1]} 行`
  const known: readonly string[] = sceneIds
  const strange = scenes.find((scene) => !known.includes(scene))
  if (strange !== undefined) return `没有场景 ${strange}:可选 ${sceneIds.join('、')}`
  if (new Set(scenes).size < scenes.length) return '同一场景只能写一次'
  if (sleep !== null && sleep.from === sleep.to) return '休眠的起止时间不能相同'
  return profile === 'tv' ? mistakeOnTelevision(settings) : mistakeOnWall(settings)
}

function mistakeOnTelevision({ audience, scenes, size }: ScreenSettings): string | undefined {
  if (audience !== 'public') return '电视放在公共场所,受众应为公众'
  if (scenes.length > 0) return '电视没有场景轮播,场景应留空'
  return size === null ? undefined : '电视不能拼接,拼接应留空'
}

function mistakeOnWall({ audio, keyMap, size, audience }: ScreenSettings): string | undefined {
  if (audio > 0) return '大屏和平板没有声音,音量应为 0'
  if (keyMap.set !== 'pc' || Object.keys(keyMap.learned).length > 0) return '遥控器按键只用于电视'
  if (size !== null && size.grid[0] * size.grid[1] > 1 && audience !== 'wall')
    return '多块屏拼成的大屏,受众应为指挥大厅'
  return undefined
}
