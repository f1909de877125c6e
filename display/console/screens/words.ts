import type { ScreenState } from '../../../protocol/fleet.ts'
import type { Profile, ScreenAudience } from '../../../protocol/screens.ts'

type Words<K extends string> = Readonly<Record<K, string>>

export const profileNames: Words<Profile> = { wall: '大屏', tv: '电视', tablet: '平板' }
export const stateNames: Words<ScreenState> = {
  online: '在线',
  frozen: '画面停住',
  late: '迟到',
  lost: '失联',
  asleep: '计划关机',
  unpaired: '未配对',
}
export const audienceNames: Words<ScreenAudience> = {
  public: '公众',
  wall: '指挥大厅',
  township: '乡镇机关',
  county: '县领导',
}

/** Which audiences a screen at a place may have: of the county's own rooms, of a township's, or anybody's. */
export function audiencesAt(scope: string, profile: Profile): readonly ScreenAudience[] {
  if (profile === 'tv') return ['public']
  if (scope.length === 6) return ['wall', 'county', 'public']
  return scope.length === 9 ? ['township', 'public'] : ['public']
}
