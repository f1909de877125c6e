/** Words on screen for terms on the wire. */
import type { Board, Row } from '../protocol/board.ts'
import type { ActivityForm, PointsReason } from '../protocol/events.ts'
import { dayNumber, dayOfNumber, localDay } from '../protocol/time.ts'

export const formNames: Readonly<Record<ActivityForm, string>> = {
  'general-meeting': '支部党员大会',
  'branch-committee': '支委会',
  'group-meeting': '党小组会',
  lecture: '党课',
  'theme-day': '主题党日',
  'life-meeting': '组织生活会',
  appraisal: '民主评议',
  volunteering: '志愿服务',
  discussion: '党员议事会',
  talk: '谈心谈话',
}

export const reasonNames: Readonly<Record<PointsReason, string>> = {
  'sign-in': '签到',
  dues: '党费',
  reflection: '心得',
  study: '学习',
  quiz: '答题',
  activity: '活动',
  review: '评审',
  video: '看视频',
  reading: '阅读',
  download: '下载',
  correction: '核正',
}

const groupNames = {
  territory: '',
  organ: '县直机关',
  enterprise: '两新组织',
  floating: '流动党委',
} as const

/** 金陵镇, or the group of an organisation without territory. */
export function placeOf(
  board: Pick<Board, 'townships'>,
  organization: Row<'organizations'> | undefined,
): string {
  if (organization === undefined) return ''
  return board.townships.get(organization.township)?.name ?? groupNames[organization.group]
}

export function thousands(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** 6 月 16 日 */
export function shortDay(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month} 月 ${date} 日`
}

/** The same, so many days before a local day. */
export function dayBefore(day: string, days: number): string {
  return shortDay(dayOfNumber(dayNumber(day) - days))
}

/** 2026年6月18日 and 星期四 at `ms`. */
export function dayWords(ms: number): { readonly date: string; readonly weekday: string } {
  const day = localDay(ms)
  const [year, month, date] = day.split('-').map(Number)
  return {
    date: `${year}年${month}月${date}日`,
    weekday: `星期${'日一二三四五六'[new Date(`${day}T00:00:00Z`).getUTCDay()]}`,
  }
}

const platformNames: Readonly<Record<string, string>> = {
  xintian: '新田',
  pengshan: '彭山',
  fujian: '福建',
  yunnan: '云南',
  xining: '西宁',
  shushan: '蜀山',
  guangan: '广安',
  kaihua: '开化',
  sanyuan: '三原',
  roster: '名册导入',
}
export const platformName = (platform: string): string => platformNames[platform] ?? platform
