/** Words and seals for the ways of residents' cases and orders. */
import type { CaseStage, OrderStage } from '../protocol/events-services.ts'
import { span } from './freshness.ts'

export interface StepWord<S> {
  readonly stage: S
  /** Its seal. */
  readonly char: string
  readonly name: string
  /** What those that have come so far wait for; null at the end. */
  readonly awaits: string | null
}

export const caseSteps: readonly StepWord<Exclude<CaseStage, 'dismissed'>>[] = [
  { stage: 'collected', char: '归', name: '归集', awaits: '待核' },
  { stage: 'verified', char: '核', name: '过滤核实', awaits: '待派' },
  { stage: 'dispatched', char: '派', name: '派单交办', awaits: '待办' },
  { stage: 'handled', char: '办', name: '现场处理', awaits: null },
  { stage: 'rated', char: '评', name: '评价反馈', awaits: null },
]

export const orderSteps: readonly StepWord<OrderStage>[] = [
  { stage: 'requested', char: '点', name: '群众点单', awaits: '待派' },
  { stage: 'dispatched', char: '派', name: '平台派单', awaits: '待接' },
  { stage: 'accepted', char: '接', name: '支部接单', awaits: '待验' },
  { stage: 'verified', char: '验', name: '群众验单', awaits: null },
]

/** 26 小时 rather than 1 天, as long as hours decide. */
export function lasting(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  return hours >= 24 && hours < 72 ? `${hours} 小时` : span(ms)
}
