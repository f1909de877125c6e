/**
 * 静默支部: a branch without an activity for more than 30 whole local days is
 * warned. Source: Pengshan's local rule (30天没有开展活动即黄色预警); no article
 * of a national regulation. Days are subtracted as calendar days.
 */
export interface SilenceThresholds {
  /** Yellow when silent for more than this many whole days. */
  readonly yellowAfterDays: number
  readonly orangeFromDays: number
  readonly redFromDays: number
}

export const silenceDefaults: SilenceThresholds = {
  yellowAfterDays: 30,
  orangeFromDays: 60,
  redFromDays: 90,
}

export type SilenceLevel = 0 | 2 | 3 | 4

/** All arguments are day numbers. A new branch's clock starts at its founding. */
export function silentDaysOf(
  day: number,
  foundedOn: number,
  lastActivity: number | undefined,
): number {
  return Math.max(0, day - Math.max(foundedOn, lastActivity ?? foundedOn))
}

export function silenceLevelOf(silentDays: number, thresholds = silenceDefaults): SilenceLevel {
  if (silentDays <= thresholds.yellowAfterDays) return 0
  if (silentDays >= thresholds.redFromDays) return 4
  return silentDays >= thresholds.orangeFromDays ? 3 : 2
}

export function silenceArticle(thresholds = silenceDefaults): string {
  return `本地规则:连续超过${thresholds.yellowAfterDays}天未开展组织生活`
}
