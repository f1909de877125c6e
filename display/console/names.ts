/** Words on this page for platforms, states, rules and thresholds. */
import type { ConsoleKey, ConsolePlatform, ConsoleRules } from '../../protocol/console.ts'
import { formNames } from '../words.ts'

type Words<K extends string> = Readonly<Record<K, string>>

export const keyStates: Words<ConsoleKey['state']> = {
  valid: '有效',
  ending: '有效至',
  early: '生效于',
  ended: '已过期',
  revoked: '已作废',
}

export const feedStates: Words<ConsolePlatform['feeds'][number]['state']> = {
  ok: '正常',
  late: '延迟',
  broken: '中断',
}

export const connectorStates: Words<ConsolePlatform['connectors'][number]['state']> = {
  running: '运行中',
  'backing-off': '等待重试',
  misconfigured: '配置有误',
  stopped: '已停止',
}

const connectorKinds: Readonly<Record<string, string>> = {
  push: '推送',
  poll: '分页接口',
  table: '交换表',
  folder: '投递文件夹',
  mqtt: 'MQTT',
  kafka: 'Kafka',
}
export const connectorKind = (kind: string): string => connectorKinds[kind] ?? kind

export const ruleTitles: Words<ConsoleRules['rules'][number]['name']> = {
  silence: '静默支部',
  dues: '党费未缴',
  'dues-rate': '党费低于标准',
  term: '换届到期',
  ...formNames,
  'study-hours': '集中学习学时',
  lost: '失联党员',
  away: '外出未转接',
  quitting: '临近自行脱党',
  abroad: '出国(境)未联系',
}

/** What a threshold counts, with `#` for its value. */
const thresholdWords: Readonly<Record<string, string>> = {
  yellowAfterDays: '超过 # 天转黄',
  orangeFromDays: '满 # 天转橙',
  redFromDays: '满 # 天转红',
  yellowFrom: '缺 # 期转黄',
  orangeFrom: '缺 # 期转橙',
  redFrom: '缺 # 期转红',
  graceDay: '每月 # 日后催缴当月',
  soonDays: '届满前 # 天提醒',
  committeeYears: '党委每届 # 年',
  villageYears: '村(社区)每届 # 年',
  otherYears: '其余每届 # 年',
  fromMembers: '# 人起',
  attentionFromMonth: '# 月起提醒',
  goldShare: '金榜占 #',
  silverShare: '银榜占 #',
  yellowBelowMedian: '黄榜:低于中位数的 #',
  toTownshipAfterDays: '# 天未处置报乡镇',
  toCountyAfterDays: '# 天未处置报县',
  floodFrom: '同日同乡镇满 # 条合并提示',
  orderHours: '工单满 # 小时未验单为超时',
  collectedHours: '爆料满 # 小时未核实为超时',
  verifiedHours: '核实后满 # 小时未派单为超时',
  dispatchedHours: '派单未定时限的,满 # 小时未处理为超时',
}
const shares: readonly string[] = ['goldShare', 'silverShare', 'yellowBelowMedian']

export function thresholdText(name: string, value: number): string {
  const shown = shares.includes(name) ? `${Math.round(value * 1_000) / 10}%` : String(value)
  return (thresholdWords[name] ?? `${name} #`).replace('#', shown)
}

/** 2026-06-18 09:41 */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ')
