import type { Event } from '../../protocol/events.ts'
import type { Entry } from '../../relay/journal/journal.ts'
import { entryOf } from '../../relay/scopes/reduction.ts'

/** Mulberry32: the same numbers in [0, 1) for the same seed, in every process. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** When the events of a plan happened, and shortly after. */
const time = '2026-03-01T09:00:00+08:00'
export const planNow = Date.parse('2026-03-02T09:00:00+08:00')
const branches = 20

/** Deliveries of one seed: revisions, retractions, and about a third repeats of something earlier, near or far. */
export function planEvents(seed: number, count: number): readonly Event[] {
  const random = seeded(seed)
  const plan: Event[] = []
  for (let index = 0; index < count; index++) {
    const common = {
      source: `p${Math.floor(random() * 3)}`,
      rev: Math.floor(random() * 3),
      subject: `b${index % branches}`,
      county: '431128',
      time,
    }
    const earlier = plan[Math.floor(random() * plan.length)]
    if (index < branches) {
      const data = {
        name: `支部${index}`,
        kind: 'branch',
        group: 'territory',
        foundedOn: '2020-07-01',
      } as const
      plan.push({ ...common, id: `o${index}`, kind: 'organization.recorded', data })
    } else if (earlier !== undefined && random() < 0.3) plan.push(earlier)
    else {
      const id = `e${Math.floor(random() * count)}`
      const retracts =
        random() < 0.1 && earlier?.id.startsWith('e') === true ? { retracts: earlier.id } : {}
      plan.push(
        random() < 0.5
          ? {
              ...common,
              ...retracts,
              id,
              kind: 'points.awarded',
              data: { points: 1 + (index % 9), reason: 'study' },
            }
          : {
              ...common,
              ...retracts,
              id,
              kind: 'stream.up',
              data: { stream: `s${index}`, title: '红旗'.repeat(1 + Math.floor(random() * 200)) },
            },
      )
    }
  }
  return plan
}

export function planEntries(seed: number, count: number): readonly Entry[] {
  return planEvents(seed, count).map(entryOf)
}

export function keyOf({ source, id, rev }: Pick<Entry, 'source' | 'id' | 'rev'>): string {
  return `${source} ${id} ${rev}`
}
