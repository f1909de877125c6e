/** What came of the services, as lines of a number and what it means. Pure. */
import type { Totals } from '../../../protocol/measures.ts'
import { thousands } from '../../words.ts'

export interface ResultLine {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly value: number
  readonly decimals: number
  readonly unit: string
}

const percent = (part: number, whole: number) =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)}%`

/** Only what is told; the first of them say most. */
export function resultsOf(t: Totals): readonly ResultLine[] {
  const lines: readonly (ResultLine & { readonly isTold: boolean })[] = [
    {
      id: 'done',
      label: '平台办结事项',
      note: t.serviceDoneProvince > 0 ? `全省 ${thousands(t.serviceDoneProvince)} 件` : '上线以来',
      value: t.serviceDone,
      decimals: 0,
      unit: '件',
      isTold: t.serviceDone > 0,
    },
    {
      id: 'score',
      label: '群众评分',
      note: `${thousands(t.ratings)} 人次评价 · 满分 5`,
      value: t.ratings === 0 ? 0 : t.ratingScore / t.ratings,
      decimals: 2,
      unit: '分',
      isTold: t.ratings > 0,
    },
    {
      id: 'visits',
      label: '今年入户走访',
      note: `发现问题 ${thousands(t.visitsFound)} 件 · 解决 ${percent(t.visitsSolved, t.visitsFound) || '—'}`,
      value: t.visits,
      decimals: 0,
      unit: '户次',
      isTold: t.visits > 0,
    },
    {
      id: 'redeemed',
      label: '今年积分兑换',
      note: `商城 ${thousands(t.goods)} 种商品`,
      value: t.redeemed,
      decimals: 0,
      unit: '件',
      isTold: t.redeemed > 0,
    },
    {
      id: 'poor',
      label: '覆盖建档立卡村',
      note: `共 ${thousands(t.villagesPoor)} 个 · 占 ${percent(t.villagesPoorCovered, t.villagesPoor)}`,
      value: t.villagesPoorCovered,
      decimals: 0,
      unit: '个',
      isTold: t.villagesPoor > 0,
    },
  ]
  return lines.filter(({ isTold }) => isTold)
}
