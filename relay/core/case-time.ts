/**
 * By when an open case has to go on: the time that was told with its dispatch, or else so many hours after it reached
 * its stage. A local rule, configurable; no regulation sets these hours. Pure.
 */
import type { OpenCase } from './pipelines.ts'

export interface CaseHours {
  /** Taken in (归集) and not verified. */
  readonly collectedHours: number
  /** Verified (过滤核实) and not dispatched. */
  readonly verifiedHours: number
  /** Dispatched (派单交办) without a time of its own, and not handled. */
  readonly dispatchedHours: number
}

export const caseHoursDefaults: CaseHours = {
  collectedHours: 24,
  verifiedHours: 24,
  dispatchedHours: 72,
}

const hourMs = 3_600_000

/** In ms; at that instant it is still in time. */
export function dueOf({ stage, reachedAt, dueAt }: OpenCase, hours: CaseHours): number {
  return dueAt ?? reachedAt + hours[`${stage}Hours`] * hourMs
}
