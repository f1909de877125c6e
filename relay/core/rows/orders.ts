/** Residents' orders by stage (四单制). Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { OrderStage } from '../../../protocol/events-services.ts'
import type { Pipelines } from '../pipelines.ts'

const stages: readonly OrderStage[] = ['requested', 'dispatched', 'accepted', 'verified']

export function orderRows(pipelines: Pipelines, day: number): readonly Row<'orders'>[] {
  return stages.map((stage) => ({ id: stage, stage, today: pipelines.on(`order/${stage}`, day) }))
}
