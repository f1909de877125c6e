/** What an audience may see of one organisation's detail; the other half of project.ts. */
import type { BranchDetail } from '../protocol/branch.ts'
import { coarse, type Audience } from './project.ts'

/** Nobody hands out a township's token yet: until then its office is shown what the public is. */
const isInside: Readonly<Record<Audience, boolean>> = {
  county: true,
  wall: true,
  township: false,
  public: false,
}

/**
 * The public learns what is public anyway: when it was founded, and what two reviews have passed. Its calendar and its
 * periods would name a silence, its points by reason a member who owes dues.
 */
export function projectBranch(detail: BranchDetail, audience: Audience): BranchDetail {
  if (isInside[audience]) return detail
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
