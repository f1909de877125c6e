/** What the relay would answer when it is asked, in each state of the gallery. */
import type { BranchDetail, Period } from '../../protocol/branch.ts'
import type { HeardPlatforms } from '../../protocol/heard.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Ask } from '../parts/told.ts'
import { fixtureNow } from './fixtures.ts'
import type { State } from './states.ts'

const held = (count: number, last: Period): Period[] => [
  ...Array.from({ length: count }, (): Period => 'held'),
  last,
]

function detailOf(id: string, isEmpty: boolean): BranchDetail {
  const at = (minutes: number) => toInstant(fixtureNow - minutes * 60_000)
  return {
    id,
    day: '2026-06-18',
    parent: '431128101-2',
    foundedOn: '1954-07-01',
    termEndsOn: '2026-11-30',
    members: 46,
    away: isEmpty ? 0 : 11,
    dues: { month: '2026-05', paid: isEmpty ? 0 : 45 },
    minutesMonth: isEmpty ? 0 : 9_840,
    volunteering: isEmpty ? 0 : 12,
    meetings: [
      { form: 'general-meeting', every: 'quarter', periods: held(1, 'held') },
      { form: 'branch-committee', every: 'month', periods: held(5, 'held') },
      {
        form: 'group-meeting',
        every: 'month',
        periods: ['held', 'held', 'missed', 'held', 'held', 'running'],
      },
      { form: 'lecture', every: 'quarter', periods: held(1, 'running') },
      { form: 'theme-day', every: 'month', periods: held(5, 'held') },
    ],
    calendar: Array.from({ length: 371 }, (_, index) =>
      isEmpty ? 0 : index % 9 === 4 ? 1 : index % 31 === 30 ? 2 : 0,
    ),
    points: isEmpty
      ? []
      : [
          { reason: 'activity', points: 489 },
          { reason: 'study', points: 309 },
          { reason: 'dues', points: 231 },
          { reason: 'review', points: 154 },
          { reason: 'quiz', points: 72 },
          { reason: 'reading', points: 31 },
        ],
    activities: isEmpty
      ? []
      : [
          {
            id: 'a-09:41',
            at: at(26),
            form: 'theme-day',
            title: '向金陵中学捐赠课桌椅 260 套',
            present: 38,
            expected: 46,
            townshipReview: 'passed',
            countyReview: 'pending',
            steps: [
              { step: 'started', verdict: null, at: at(26) },
              { step: 'submitted', verdict: null, at: at(5) },
              { step: 'township', verdict: 'passed', at: at(0) },
            ],
          },
        ],
  }
}

function heardAt(isEmpty: boolean): HeardPlatforms {
  const at = (minutes: number) => toInstant(fixtureNow - minutes * 60_000)
  return {
    at: at(0),
    startedAt: at(3_000),
    platforms: isEmpty
      ? []
      : [
          {
            platform: 'xintian',
            divisions: ['431128', '530000'],
            perMinute: 46.2,
            lastHour: [212, 240, 198, 225, 251, 243, 230, 187, 219, 262, 248, 96],
            lastEventAt: at(0),
            feeds: [],
            lag: null,
            refused: 0,
            trouble: null,
          },
          {
            platform: 'kaihua',
            divisions: ['431128', '530000'],
            perMinute: 3.4,
            lastHour: [18, 22, 9, 14, 21, 17, 0, 0, 31, 16, 19, 7],
            lastEventAt: at(1),
            feeds: [],
            lag: { rows: 128 },
            refused: 3,
            trouble: { at: at(24), kind: 'unreached' },
          },
        ],
  }
}

/** Nobody answers where the state is a fault or a lost relay. */
export function askIn(state: State): Ask {
  return (path) => {
    if (state === 'error' || state === 'lost' || state === 'unknown' || state === 'blank')
      return Promise.reject(new Error(`${path} answered 503`))
    if (path === '/v1/platforms') return Promise.resolve(heardAt(state === 'empty'))
    const [, id] = /^\/v1\/branches\/(.+)$/.exec(path) ?? []
    return id === undefined
      ? Promise.reject(new Error(`${path} answered 404`))
      : Promise.resolve(detailOf(decodeURIComponent(id), state === 'empty'))
  }
}
