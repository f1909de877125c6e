/**
 * Figures under flat names: what a headline, a metric or a test asks for. Sums come as they are; rates are made here, of
 * sums, so that they are right for a county, a prefecture and a province alike.
 */
import type { Board } from '../../protocol/board.ts'
import { noTotals, type Totals } from '../../protocol/measures.ts'

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

/** Zeros where the board has no totals yet. Rates are 0 … 1. */
export function figuresOf(board: Board): Record<string, number> {
  const totals = [...board.totals.values()][0] ?? noTotals('none')
  return {
    townships: board.townships.size,
    ...lifeFigures(totals),
    ...memberFigures(totals),
    ...serviceFigures(totals),
  }
}

/** Organisations, organised life, warnings. */
function lifeFigures(t: Totals): Record<string, number> {
  return {
    organizations: t.organizations,
    members: t.members,
    'members.movedInRate': rounded(rate(t.movedIn, t.members), 4),
    'members.inactive': t.inactive,
    'branches.online': t.online,
    'branches.silent': t.silent,
    'branches.silent60': t.silent60,
    'branches.silent90': t.silent90,
    'activities.today': t.activitiesToday,
    'activities.yesterday': t.activitiesYesterday,
    'activities.standardRate': rounded(rate(t.standardBranches, t.branches), 4),
    'meetings.rate': rate(t.cadenceKept, t.cadenceDue),
    'warnings.silence': t.warningsSilence,
    'warnings.dues': t.warningsDues,
    'warnings.term': t.warningsTerm,
    'warnings.other': t.warningsOther,
    'reminders.sent': t.reminders,
    'dues.unpaid': t.duesUnpaid,
    'term.overdue': t.termOverdue,
    'term.soon': t.termSoon,
    streams: t.streams,
    'villages.live': t.villagesLive,
    'points.month': t.points,
    'tiers.gold': t.goldBranches,
    'tiers.silver': t.silverBranches,
    'tiers.yellow': t.yellowBranches,
    'tiers.black': t.blackBranches,
  }
}

/** Study, exchange, floating members. */
function memberFigures(t: Totals): Record<string, number> {
  return {
    'study.learnersToday': t.learnersToday,
    'study.dailyActive': rounded(t.learners30 / 30, 1),
    'study.minutesPerMemberMonth': rounded(rate(t.minutes30, t.members), 1),
    'quiz.participants': t.quizParticipants,
    'quiz.rightRate': rounded(rate(t.quizRight, t.quizAnswered), 4),
    reflections: t.reflections,
    'contents.pushed': t.contents,
    suggestions: t.suggestions,
    'suggestions.repliedRate': rounded(rate(t.suggestionsReplied, t.suggestions), 4),
    'suggestions.closedRate': rounded(rate(t.suggestionsClosed, t.suggestions), 4),
    'forum.threads': t.forumThreads,
    'forum.repliesPerThread': rounded(rate(t.forumReplies, t.forumThreads), 2),
    'themeDay.participants': t.themeDayParticipants,
    'floating.members': t.floatingMembers,
    'floating.committees': t.floatingCommittees,
    'floating.branches': t.floatingBranches,
    'floating.joined': t.floatingJoined,
    'floating.notices': t.floatingNotices,
    'floating.onlineMeetings': t.floatingMeetings,
    'floating.exchanges': t.floatingExchanges,
    'floating.willingToReturn': t.floatingWilling,
    'profiles.numberRate': rounded(rate(t.profilesNumber, t.profiles), 4),
    'profiles.destinationRate': rounded(rate(t.profilesDestination, t.profiles), 4),
    'profiles.thinkingRate': rounded(rate(t.profilesThinking, t.profiles), 4),
    'profiles.occupationRate': rounded(rate(t.profilesOccupation, t.profiles), 4),
    'mall.goods': t.goods,
    'mall.redeemed': t.redeemed,
    honours: t.honours,
    'transfers.applied': t.transfersApplied,
    'transfers.done': t.transfersDone,
    'basics.completeness': rounded(rate(t.basicsFilled, 7 * t.branches), 4),
  }
}

/** Cases, orders, stations, services, commerce. */
function serviceFigures(t: Totals): Record<string, number> {
  return {
    'cases.collected': t.casesCollected,
    'cases.handled': t.casesHandled,
    'cases.disposedRate': rounded(rate(t.casesDisposed, t.casesCollected), 4),
    'cases.open': t.casesOpen,
    'cases.overdue': t.casesOverdue,
    'complaints.change': rounded(rate(t.complaints - t.complaintsBefore, t.complaintsBefore), 4),
    grids: t.grids,
    sources: t.intakes,
    'orders.year': t.ordersRequested,
    'orders.closedYear': t.ordersVerified,
    'orders.handled': t.ordersVerified,
    'orders.successRate': rounded(rate(t.ordersResolved, t.ordersVerified), 4),
    'teams.volunteer': t.teamsVolunteer,
    'teams.expert': t.teamsExpert,
    'teams.out': t.teamsOut,
    stations: t.stations,
    'stations.coverage.township': rounded(rate(t.stationTownships, t.divisionTownships), 4),
    'stations.coverage.village': rounded(rate(t.stationVillages, t.divisionVillages), 4),
    'serviceSites.townships': t.houseTownships,
    'serviceSites.villages': t.houseVillages,
    'service.items': t.serviceItems,
    'service.done': t.serviceDone,
    'service.doneProvince': t.serviceDoneProvince,
    'service.satisfaction': rounded(rate(t.ratingScore, 5 * t.ratings), 4),
    'visits.year': t.visits,
    'visits.solvedRate': rounded(rate(t.visitsSolved, t.visitsFound), 4),
    'uploads.todayRate': rounded(rate(t.uploadsDone, t.uploadsDue), 4),
    'commerce.products': t.products,
    'commerce.merchants': t.merchants,
    'commerce.sights': t.sights,
    'commerce.shops': t.shops,
    'villages.poor.coverage': rounded(rate(t.villagesPoorCovered, t.villagesPoor), 4),
  }
}
