/** The names under which a relay tells its figures, from counts: sums as they are, rates as part of a whole. */
import type { Measure } from '../../protocol/measures.ts'
import type { Counts } from './count-branches.ts'

const sums: Readonly<Record<string, Measure>> = {
  organizations: 'organizations',
  members: 'members',
  'members.inactive': 'inactive',
  'branches.online': 'online',
  'branches.silent': 'silent',
  'branches.silent60': 'silent60',
  'branches.silent90': 'silent90',
  'activities.today': 'activitiesToday',
  'activities.yesterday': 'activitiesYesterday',
  'warnings.silence': 'warningsSilence',
  'warnings.dues': 'warningsDues',
  'warnings.term': 'warningsTerm',
  'warnings.other': 'warningsOther',
  'reminders.sent': 'reminders',
  'dues.unpaid': 'duesUnpaid',
  'term.overdue': 'termOverdue',
  'term.soon': 'termSoon',
  streams: 'streams',
  'villages.live': 'villagesLive',
  'points.month': 'points',
  'tiers.gold': 'goldBranches',
  'tiers.silver': 'silverBranches',
  'tiers.yellow': 'yellowBranches',
  'tiers.black': 'blackBranches',
  'study.learnersToday': 'learnersToday',
  'quiz.participants': 'quizParticipants',
  reflections: 'reflections',
  'contents.pushed': 'contents',
  suggestions: 'suggestions',
  'forum.threads': 'forumThreads',
  'themeDay.participants': 'themeDayParticipants',
  'floating.members': 'floatingMembers',
  'floating.committees': 'floatingCommittees',
  'floating.branches': 'floatingBranches',
  'floating.joined': 'floatingJoined',
  'floating.notices': 'floatingNotices',
  'floating.onlineMeetings': 'floatingMeetings',
  'floating.exchanges': 'floatingExchanges',
  'floating.willingToReturn': 'floatingWilling',
  'mall.goods': 'goods',
  'mall.redeemed': 'redeemed',
  honours: 'honours',
  'transfers.applied': 'transfersApplied',
  'transfers.done': 'transfersDone',
  'cases.collected': 'casesCollected',
  'cases.handled': 'casesHandled',
  'cases.open': 'casesOpen',
  'cases.overdue': 'casesOverdue',
  grids: 'grids',
  sources: 'intakes',
  'orders.year': 'ordersRequested',
  'orders.closedYear': 'ordersVerified',
  'orders.handled': 'ordersVerified',
  'teams.volunteer': 'teamsVolunteer',
  'teams.expert': 'teamsExpert',
  'teams.out': 'teamsOut',
  stations: 'stations',
  'serviceSites.townships': 'houseTownships',
  'serviceSites.villages': 'houseVillages',
  'service.items': 'serviceItems',
  'service.done': 'serviceDone',
  'service.doneProvince': 'serviceDoneProvince',
  'visits.year': 'visits',
  'commerce.products': 'products',
  'commerce.merchants': 'merchants',
  'commerce.sights': 'sights',
  'commerce.shops': 'shops',
}

type Rate = readonly [part: Measure, whole: Measure, digits: number, times?: number]
const rates: Readonly<Record<string, Rate>> = {
  'members.movedInRate': ['movedIn', 'members', 4],
  'activities.standardRate': ['standardBranches', 'branches', 4],
  'meetings.rate': ['cadenceKept', 'cadenceDue', 12],
  'study.minutesPerMemberMonth': ['minutes30', 'members', 1],
  'quiz.rightRate': ['quizRight', 'quizAnswered', 4],
  'suggestions.repliedRate': ['suggestionsReplied', 'suggestions', 4],
  'suggestions.closedRate': ['suggestionsClosed', 'suggestions', 4],
  'forum.repliesPerThread': ['forumReplies', 'forumThreads', 2],
  'profiles.numberRate': ['profilesNumber', 'profiles', 4],
  'profiles.destinationRate': ['profilesDestination', 'profiles', 4],
  'profiles.thinkingRate': ['profilesThinking', 'profiles', 4],
  'profiles.occupationRate': ['profilesOccupation', 'profiles', 4],
  'basics.completeness': ['basicsFilled', 'branches', 4, 7],
  'cases.disposedRate': ['casesDisposed', 'casesCollected', 4],
  'orders.successRate': ['ordersResolved', 'ordersVerified', 4],
  'stations.coverage.township': ['stationTownships', 'divisionTownships', 4],
  'stations.coverage.village': ['stationVillages', 'divisionVillages', 4],
  'service.satisfaction': ['ratingScore', 'ratings', 4, 5],
  'visits.solvedRate': ['visitsSolved', 'visitsFound', 4],
  'uploads.todayRate': ['uploadsDone', 'uploadsDue', 4],
  'villages.poor.coverage': ['villagesPoorCovered', 'villagesPoor', 4],
}

export function figuresOfCounts(counts: Counts): Readonly<Record<string, number>> {
  const of = (measure: Measure): number => counts[measure] ?? 0
  const share = (part: number, whole: number, digits: number): number =>
    whole === 0 ? 0 : Number((part / whole).toFixed(digits))
  const figures: Record<string, number> = {}
  for (const [name, measure] of Object.entries(sums)) figures[name] = of(measure)
  for (const [name, [part, whole, digits, times = 1]] of Object.entries(rates))
    figures[name] = share(of(part), times * of(whole), digits)
  figures['study.dailyActive'] = share(of('learners30'), 30, 1)
  const before = of('complaintsBefore')
  figures['complaints.change'] = share(of('complaints') - before, before, 4)
  return figures
}
