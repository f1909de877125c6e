/** A province of 132,000 branches in 129 counties, as events: seeded, endless after its roster, made one by one. */
import type { ActivityForm, Event, EventData, EventKind } from '../../protocol/events.ts'
import { toInstant } from '../../protocol/time.ts'

/** Counties of each prefecture, by the first four digits of its code. */
const prefectures = {
  5301: 14,
  5303: 9,
  5304: 9,
  5305: 5,
  5306: 11,
  5307: 5,
  5308: 10,
  5309: 8,
  5323: 10,
  5325: 13,
  5326: 8,
  5328: 3,
  5329: 12,
  5331: 5,
  5333: 4,
  5334: 3,
} as const

export const counties: readonly string[] = Object.entries(prefectures).flatMap(([prefix, count]) =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index + 1).padStart(2, '0')}`),
)

const january = Date.parse('2026-01-15T09:00:00+08:00')
const may = Date.parse('2026-05-25T09:00:00+08:00')
const dayMs = 86_400_000
/** What every branch held before June, so that June begins calm. */
const due = [
  ['life-meeting', january],
  ['appraisal', january + dayMs],
  ['general-meeting', may],
  ['branch-committee', may + dayMs],
  ['group-meeting', may + 2 * dayMs],
  ['lecture', may + 3 * dayMs],
  ['theme-day', may + 4 * dayMs],
] as const satisfies readonly (readonly [ActivityForm, number])[]

export interface Province {
  /** Organisations with members, online, which did what was due before June: eleven events each. */
  roster(): Generator<Event>
  /** Organised life from `fromMs` on, `perSecond` events a second of the province's own time. */
  life(fromMs: number, perSecond: number): Generator<Event>
}

/** `made`: ids up to this number are taken. */
export function makeProvince({ branches = 132_000, seed = 1, made = 0 } = {}): Province {
  const random = seeded(seed)
  const subjects = Array.from({ length: branches }, (_, index) => {
    const county = counties[index % counties.length] ?? ''
    const number = Math.floor(index / counties.length)
    const township = `${county}${String(100 + (number % 12))}`
    return { county, township, id: `${township}-${number}` }
  })
  let next = made

  function make<K extends EventKind>(
    kind: K,
    subject: (typeof subjects)[number] | undefined,
    atMs: number,
    data: EventData<K>,
  ): Event {
    next += 1
    return {
      kind,
      source: 'yunnan',
      id: `y${next}`,
      rev: 1,
      subject: subject?.id ?? '',
      county: subject?.county ?? '',
      time: toInstant(atMs),
      data,
    } as Event
  }
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]

  return {
    *roster() {
      const at = Date.parse('2026-01-05T09:00:00+08:00')
      for (const subject of subjects) {
        yield make('organization.recorded', subject, at, {
          name: `云岭村第${subject.id.slice(10)}党支部`,
          kind: 'branch',
          group: 'territory',
          township: subject.township,
          lng: 98 + random() * 8,
          lat: 21.5 + random() * 7,
          foundedOn: '2001-07-01',
          termEndsOn: '2029-03-01',
        })
        yield make('members.counted', subject, at, { members: 8 + Math.floor(random() * 20) })
        yield make('branch.online', subject, at, {})
        yield make('dues.paid', subject, may + 2 * dayMs, { month: '2026-05', members: 30 })
        for (const [form, heldMs] of due) {
          yield make('activity.submitted', subject, heldMs + 3_600_000, {
            activity: `${form}-${next}`,
            form,
            title: '主题党日:清理村道',
            heldAt: toInstant(heldMs),
            present: 9,
            expected: 12,
            photos: 2,
          })
        }
      }
    },
    *life(fromMs, perSecond) {
      for (let at = fromMs; ; at += 1_000 / perSecond) {
        const subject = pick(subjects)
        const dice = random()
        if (dice < 0.55) {
          const reason = pick(['sign-in', 'study', 'quiz', 'reflection'] as const) ?? 'study'
          yield make('points.awarded', subject, at, {
            points: 1 + Math.floor(random() * 5),
            reason,
          })
        } else if (dice < 0.8) {
          yield make('study.logged', subject, at, { learners: 1, minutes: 10 })
        } else if (dice < 0.9) {
          yield make('dues.paid', subject, at, { month: toInstant(at).slice(0, 7), members: 1 })
        } else {
          yield make('activity.submitted', subject, at, {
            activity: `a${next}`,
            form: pick(['theme-day', 'group-meeting', 'branch-committee'] as const) ?? 'theme-day',
            title: '主题党日:清理村道',
            heldAt: toInstant(at - 3_600_000),
            present: 9,
            expected: 12,
            photos: 2,
          })
        }
      }
    },
  }
}

/** Mulberry32: 0 … 1, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
