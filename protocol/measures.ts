/**
 * Numbers that add up: a county's are counted, a prefecture's and a province's are the sums of what lies beneath.
 * Rates are made of them afterwards (relay/core/figures.ts), so that a rate of a province is a rate of its whole.
 * "This year" is the local calendar year of the board's day; "30 days" are the 30 whole local days before it.
 */
import { Type } from 'typebox'

export const measures = {
  organizations: 'Organisations on record.',
  branches: 'Branches (支部) among them.',
  members: 'Members.',
  movedIn: 'Members registered on the platform (入驻).',
  inactive: 'Members who did not study for 30 days.',
  online: 'Organisations online.',
  silent: 'Branches silent for longer than the county allows.',
  silent60: 'Silent into the second step.',
  silent90: 'Silent into the third step.',
  activitiesToday: 'Activities held today.',
  activitiesYesterday: 'Activities held yesterday.',
  standardBranches: 'Branches with an activity of the last 90 days that passed review.',
  cadenceDue: 'Branches that a full period can be judged by.',
  cadenceKept: 'Branches among them that held what was due.',
  warningsSilence: 'Warnings of silence.',
  warningsDues: 'Warnings of dues.',
  warningsTerm: 'Warnings of a term of office.',
  warningsOther: 'Warnings of all other rules.',
  reminders: 'Reminders sent this year.',
  duesUnpaid: 'Members whose dues of the month asked for are unpaid.',
  termOverdue: 'Organisations whose term of office is over.',
  termSoon: 'Organisations whose term ends within the days announced.',
  floatingCommittees: 'Floating committees.',
  floatingBranches: 'Floating branches and general branches.',
  floatingMembers: 'Floating members: registered singly, or else counted by their organisation.',
  floatingJoined:
    'Members of floating branches who took part this month, by the best attended activity of each.',
  floatingNotices: 'Notices sent to floating members.',
  floatingMeetings: 'Online meetings that floating members joined.',
  floatingExchanges: 'Members in online exchange, each time counted (人次).',
  floatingWilling: 'Floating members who would come back.',
  themeDayParticipants: 'Members at online theme days.',
  streams: 'Streams that are up.',
  villagesLive: 'Organisations with a stream up.',
  learnersToday: 'Members who began to study today.',
  learners30: 'Learners of each of the last 30 whole days, added up.',
  minutes30: 'Minutes studied in the last 30 whole days.',
  minutesMonth: 'Minutes studied in the current month.',
  quizParticipants: 'Members in quizzes this year, each time counted.',
  quizAnswered: 'Quiz questions answered this year.',
  quizRight: 'Quiz questions answered right this year.',
  reflections: 'Reflections handed in.',
  contents: 'Contents pushed.',
  suggestions: 'Suggestions made.',
  suggestionsReplied: 'Suggestions answered.',
  suggestionsClosed: 'Suggestions closed.',
  forumThreads: 'Forum threads.',
  forumReplies: 'Replies in them.',
  points: 'Points of the current month.',
  goldBranches: 'Branches on the gold list.',
  silverBranches: 'Branches on the silver list.',
  yellowBranches: 'Branches on the yellow list.',
  blackBranches: 'Branches on the black list.',
  goods: 'Articles of the points mall.',
  redeemed: 'Articles redeemed this year.',
  honours: 'Honours awarded.',
  transfersApplied: 'Transfers of membership applied for this year.',
  transfersDone: 'Transfers of membership completed this year.',
  ordersRequested: 'Orders of this year.',
  ordersVerified: 'Orders verified by residents this year.',
  ordersResolved: 'Of the verified, those found solved.',
  casesCollected: 'Reports taken in this year.',
  casesHandled: 'Reports handled this year.',
  casesDisposed: 'Reports handled or found void this year.',
  casesOpen: 'Reports neither handled nor void.',
  casesOverdue: 'Open reports past the time that they were due.',
  complaints: 'Complaints about cadres this year, up to the last whole month told.',
  complaintsBefore: 'Complaints in the same months of the year before.',
  grids: 'Grids.',
  intakes: 'Platforms joined to the case centre.',
  teamsVolunteer: 'Volunteer teams.',
  teamsExpert: 'Expert teams.',
  teamsOut: 'Teams that are out.',
  stations: 'Service stations.',
  stationTownships: 'Townships with a station.',
  stationVillages: 'Villages with a station.',
  houseTownships: 'Townships with a 党群互联屋.',
  houseVillages: 'Villages with a 党群互联屋.',
  divisionTownships: 'Townships that there are.',
  divisionVillages: 'Villages that there are.',
  serviceItems: 'Service items that are open.',
  serviceDone: 'Matters settled on the platform.',
  serviceDoneProvince: 'Matters settled in the whole province.',
  ratings: 'Ratings of services.',
  ratingScore: 'Their scores, added up.',
  visits: 'Visits to residents this year.',
  visitsFound: 'Visits that found a problem or a need.',
  visitsSolved: 'Those that were solved.',
  uploadsDue: 'Daily uploads due today.',
  uploadsDone: 'Daily uploads that came today.',
  products: 'Products of the villages (一村一品).',
  merchants: 'Merchants.',
  sights: 'Sights.',
  shops: 'E-commerce stations.',
  villagesPoor: 'Villages registered as poor.',
  villagesPoorCovered: 'Those that the platform reaches.',
  profiles: 'Floating members whose profile is kept.',
  profilesNumber: 'Number known.',
  profilesDestination: 'Destination known.',
  profilesThinking: 'Thinking known.',
  profilesOccupation: 'Occupation known.',
  basicsFilled: 'Of the seven basics, those with an entry in the last 90 days, over all branches.',
  membersLost: 'Members out of contact for six months.',
  membersQuitting: 'Members near the six months of automatic quitting.',
} as const

export type Measure = keyof typeof measures
export const measureNames = Object.keys(measures) as Measure[]

export type Totals = { readonly id: string } & { readonly [M in Measure]: number }
/** One row, id = division code. */
export const Totals = Type.Unsafe<Totals>(
  Type.Object(
    {
      id: Type.String({ minLength: 1, maxLength: 130 }),
      ...Object.fromEntries(measureNames.map((name) => [name, Type.Number()])),
    },
    { additionalProperties: false },
  ),
)

export function noTotals(id: string): Totals {
  return { id, ...Object.fromEntries(measureNames.map((name) => [name, 0])) } as unknown as Totals
}

/** What lies beneath, added up. */
export function sumTotals(id: string, rows: Iterable<Totals>): Totals {
  const sum: Record<string, number> = Object.fromEntries(measureNames.map((name) => [name, 0]))
  for (const row of rows) for (const name of measureNames) sum[name] = (sum[name] ?? 0) + row[name]
  return { id, ...sum } as unknown as Totals
}
