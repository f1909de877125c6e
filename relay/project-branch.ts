/** What may be seen of one organisation's detail; the other half of project.ts. */
import type { BranchDetail } from '../protocol/branch.ts'
import { coarse } from './project.ts'

/**
 * The public learns what is public anyway: when it was founded, and what two reviews have passed. Its calendar and its
 * periods would name a silence, its points by reason a member who owes dues.
 */
export function projectBranch(detail: BranchDetail, isInside: boolean): BranchDetail {
  if (isInside) return detail
  const { id, day, foundedOn, members, activities } = detail
  return {
    id,
    day,
    parent: null,
    foundedOn,
    termEndsOn: null,
    members: coarse(members),
    away: 0,
    dues: null,
    minutesMonth: 0,
    volunteering: 0,
    meetings: [],
    calendar: [],
    points: [],
    activities: activities
      .filter(({ countyReview }) => countyReview === 'passed')
      .map(({ present, expected, ...activity }) => ({
        ...activity,
        present: coarse(present),
        expected: coarse(expected),
        townshipReview: 'none',
        countyReview: 'none',
        steps: [],
      })),
  }
}
