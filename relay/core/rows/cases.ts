/** Residents' reports on their way, and how long they have been on it. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { CaseStage } from '../../../protocol/events-services.ts'
import { toInstant } from '../../../protocol/time.ts'
import { yearStart } from '../calendar.ts'
import type { OpenCase } from '../pipelines.ts'
import { idOf, type Derivation } from './derivation.ts'

const stages: readonly CaseStage[] = [
  'collected',
  'verified',
  'dispatched',
  'handled',
  'rated',
  'dismissed',
]
const shown = 60

export const caseStages: Derivation<'caseStages'> = {
  of: ['case', 'minute'],
  rows({ index: { pipelines }, day, asOfMs }) {
    const open = [...pipelines.openCases()]
    return stages.map((stage): Row<'caseStages'> => {
      const waiting = open.filter((one) => one.stage === stage)
      const oldest = waiting.reduce((min, { collectedAt }) => Math.min(min, collectedAt), Infinity)
      return {
        id: stage,
        stage,
        today: pipelines.on(`case/${stage}`, day),
        year: pipelines.between(`case/${stage}`, yearStart(day), day),
        waiting: waiting.length,
        oldestSince: oldest === Infinity ? null : toInstant(oldest),
        overdue: waiting.filter(({ dueAt = Infinity }) => dueAt < asOfMs).length,
      }
    })
  },
}

/** Those with a time to keep come first, the earliest ahead. */
function pressing(a: OpenCase, b: OpenCase): number {
  const [dueA, dueB] = [a.dueAt ?? Infinity, b.dueAt ?? Infinity]
  if (dueA !== dueB) return dueA < dueB ? -1 : 1
  return a.collectedAt - b.collectedAt || (a.id < b.id ? -1 : 1)
}

export const cases: Derivation<'cases'> = {
  of: ['case'],
  rows: ({ index: { pipelines } }) =>
    [...pipelines.openCases()]
      .sort(pressing)
      .slice(0, shown)
      .map(({ id, stage, category, collectedAt, dueAt }) => ({
        id: idOf(id),
        stage,
        category,
        since: toInstant(collectedAt),
        dueAt: dueAt === undefined ? null : toInstant(dueAt),
      })),
}
