/** Residents' orders by stage (四单制), and those that wait too long. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { OrderStage } from '../../../protocol/events-services.ts'
import { toInstant } from '../../../protocol/time.ts'
import { yearStart } from '../calendar.ts'
import type { Derivation } from './derivation.ts'

const stages: readonly OrderStage[] = ['requested', 'dispatched', 'accepted', 'verified']
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const mostDays = 30

export const orders: Derivation<'orders'> = {
  of: ['order', 'minute'],
  rows({ index: { pipelines }, day, asOfMs, rules }) {
    const open = [...pipelines.openOrders()]
    return stages.map((stage): Row<'orders'> => {
      const waiting = open.filter((one) => one.stage === stage)
      const oldest = waiting.reduce((min, { since }) => Math.min(min, since), Infinity)
      const waitingDays = Array.from({ length: mostDays + 1 }, () => 0)
      for (const { since } of waiting) {
        const days = Math.min(mostDays, Math.max(0, Math.floor((asOfMs - since) / dayMs)))
        waitingDays[days] = (waitingDays[days] ?? 0) + 1
      }
      const latest = asOfMs - rules.orderHours * hourMs
      return {
        id: stage,
        stage,
        today: pipelines.on(`order/${stage}`, day),
        year: pipelines.between(`order/${stage}`, yearStart(day), day),
        waiting: waiting.length,
        oldestSince: oldest === Infinity ? null : toInstant(oldest),
        overtime: waiting.filter(({ since }) => since < latest).length,
        waitingDays,
      }
    })
  },
}
