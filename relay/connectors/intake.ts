import { cloudEventItem } from '../http/cloudevents.ts'
import type { Delivery, Item } from '../http/deliver.ts'
import type { Outcome, Parcel, Take } from './connector.ts'

interface Intake {
  readonly delivery: Delivery
  readonly platform: string
  readonly counties: readonly string[]
  readonly format: 'native' | 'cloudevents'
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onOutcome: (outcome: Outcome) => void
}

/** The way of a connector's parcels into the same delivery as HTTP push. */
export function createIntake(intake: Intake): Take {
  const { delivery, platform, counties, format, now, onOutcome } = intake

  function itemsOf(parcel: Parcel): readonly Item[] {
    if ('wrong' in parcel)
      return [{ results: [{ ok: false, reason: parcel.wrong }], kept: () => parcel.kept }]
    const { body } = parcel
    if (format === 'native') return delivery.readNative(platform, body)
    const at = now()
    const values: readonly unknown[] = Array.isArray(body) ? body : [body]
    return values.map((value) => cloudEventItem(value, platform, at))
  }

  return async function take(parcels) {
    const items: Item[] = []
    const owners: Parcel[] = []
    for (const parcel of parcels) {
      for (const item of itemsOf(parcel)) {
        items.push(item)
        owners.push(parcel)
      }
    }
    const lines = await delivery.deliver({
      platform,
      counties,
      items,
      label: (index) => `${owners[index]?.where ?? ''}: `,
    })
    const tally = new Map(
      parcels.map((parcel) => [parcel, { accepted: 0, duplicate: 0, refused: [] as string[] }]),
    )
    lines.forEach(({ status, reason }, index) => {
      const owner = owners[index]
      const mine = owner === undefined ? undefined : tally.get(owner)
      if (mine === undefined) return
      if (status === 'rejected') mine.refused.push(bare(reason ?? '', owner?.where ?? ''))
      else mine[status] += 1
    })
    const outcomes = [...tally.values()]
    outcomes.forEach(onOutcome)
    return outcomes
  }
}

/** Whoever shows where a parcel was found does so beside the reason. */
function bare(reason: string, where: string): string {
  return reason.startsWith(`${where}: `) ? reason.slice(where.length + 2) : reason
}
