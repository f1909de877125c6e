/** Words for warnings and for how far their handling (督办) went. */
import type { Row } from '../protocol/board.ts'
import type { WarningRule } from '../protocol/events.ts'
import { instantMs, localDay } from '../protocol/time.ts'
import { shortDay } from './words.ts'

export const ruleNames: Readonly<Record<WarningRule, string>> = {
  silence: '静默',
  dues: '党费未缴',
  'dues-rate': '党费低于标准',
  term: '换届到期',
  'general-meeting': '缺支部党员大会',
  'branch-committee': '缺支委会',
  'group-meeting': '缺党小组会',
  lecture: '缺党课',
  'theme-day': '缺主题党日',
  'life-meeting': '缺组织生活会',
  appraisal: '缺民主评议',
  talk: '缺谈心谈话',
  'study-hours': '学时不足',
  lost: '党员失联',
  away: '外出六个月',
  quitting: '临近自行脱党',
  abroad: '出国党员未联系',
}

export const dutyNames = { branch: '支部', township: '乡镇党委', county: '县委组织部' } as const

/** 督办 in four seals: 提醒 签收 整改 销号. */
export const steps = [{ char: '提' }, { char: '签' }, { char: '改' }, { char: '销' }] as const

const reached = { raised: 0, reminded: 1, acknowledged: 2, rectified: 3 } as const
/** How many of the steps are done; the last one is done with the warning. */
export function stepsDone(warning: Pick<Row<'warnings'>, 'stage'>): number {
  return reached[warning.stage]
}

const dayOf = (at: string) => shortDay(localDay(instantMs(at)))

/** 乡镇第 3 次提醒 · 6 月 16 日 */
export function stepOf(warning: Row<'warnings'>): string {
  const { stage, reminders, remindedBy, remindedAt, acknowledgedAt, rectifiedAt } = warning
  if (stage === 'rectified' && rectifiedAt !== null) return `${dayOf(rectifiedAt)} 报整改`
  if (stage === 'acknowledged' && acknowledgedAt !== null) return `${dayOf(acknowledgedAt)} 签收`
  if (reminders > 0 && remindedAt !== null)
    return `${remindedBy === 'county' ? '县' : '乡镇'}第 ${reminders} 次提醒 · ${dayOf(remindedAt)}`
  return `${shortDay(warning.raisedOn)} 起,待提醒`
}
