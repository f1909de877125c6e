/** What between two boards deserves a scene: pure. */
import type { Board } from '../../protocol/board.ts'
import type { Cue } from './show.ts'

/** Of one patch that brings a hundred red warnings the first few say as much. */
const most = 3

/** Nothing comes of the first board: what was so before the wall looked is no news. */
export function cuesBetween(before: Board, after: Board): Cue[] {
  if (before === after || before.county.size === 0) return []
  return [
    ...liveCues(before, after),
    ...warningCues(before, after),
    ...overdueCues(before, after),
    ...firstCues(before, after),
    ...floatingCues(before, after),
  ]
}

const nameOf = (board: Board, organization: string) =>
  board.organizations.get(organization)?.name ?? organization

/** A committee of the county or a township goes live. */
function liveCues(before: Board, after: Board): Cue[] {
  if (before.streams === after.streams) return []
  return [...after.streams.values()]
    .filter(
      ({ id, organization }) =>
        !before.streams.has(id) && after.organizations.get(organization)?.kind === 'committee',
    )
    .slice(0, most)
    .map(({ organization }) => ({
      key: `live/${organization}`,
      scene: 'overview',
      weight: 4,
      why: `正在直播 · ${nameOf(after, organization)}`,
    }))
}

function warningCues(before: Board, after: Board): Cue[] {
  if (before.warnings === after.warnings) return []
  return [...after.warnings.values()]
    .filter(({ id, level }) => level === 4 && before.warnings.get(id)?.level !== 4)
    .slice(0, most)
    .map(({ id, organization }) => ({
      key: `warning/${id}`,
      scene: 'warnings',
      weight: 3,
      why: `新增红色预警 · ${nameOf(after, organization)}`,
    }))
}

function overdueCues(before: Board, after: Board): Cue[] {
  if (before.caseStages === after.caseStages) return []
  const overdueIn = (board: Board) =>
    [...board.caseStages.values()].reduce((sum, { overdue }) => sum + overdue, 0)
  const more = overdueIn(after) - overdueIn(before)
  if (more <= 0) return []
  return [{ key: 'overdue', scene: 'governance', weight: 2, why: `诉求超时 · 新增 ${more} 件` }]
}

function firstCues(before: Board, after: Board): Cue[] {
  if (before.branches === after.branches) return []
  const firstOf = (board: Board) => {
    for (const branch of board.branches.values())
      if (branch.rank === 1 && branch.points > 0) return branch.id
    return null
  }
  const first = firstOf(after)
  // Equal points share the first rank: only who stood elsewhere is news.
  if (first === null || before.branches.get(first)?.rank === 1 || firstOf(before) === null)
    return []
  return [{ key: 'first', scene: 'ranking', weight: 1, why: `榜首易位 · ${nameOf(after, first)}` }]
}

/** Members who went away have an organisation where they are. */
function floatingCues(before: Board, after: Board): Cue[] {
  // A roster that comes for the first time brings many at once, and none of them is new.
  if (before.floating === after.floating || before.floating.size === 0) return []
  return [...after.floating.values()]
    .filter(({ id }) => !before.floating.has(id))
    .slice(0, most)
    .map(({ id }) => ({
      key: `floating/${id}`,
      scene: 'floating',
      weight: 1,
      why: `新建流动党组织 · ${nameOf(after, id)}`,
    }))
}
