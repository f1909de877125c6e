/** What the address of a wall sets; README, "At the wall", lists it. */
import { readMoment } from './past/track.ts'
import { everyDay, readTour, type Mode, type Plan } from './director/plan.ts'

export interface Settings {
  /** Six-digit code, of a division that is visited or of the wall; null is the relay's own. */
  readonly county: string | null
  readonly isLed: boolean
  /** 色弱友好 */
  readonly isCvd: boolean
  readonly mode: Mode
  /** Of a ceremony. */
  readonly scenes: readonly string[]
  /** Name of a file in `/tours`. */
  readonly tour: string | null
  /** False with `?night=off`. */
  readonly restsAtNight: boolean
  /** The moment of the past at which the wall opens, ms. */
  readonly at: number | null
}

export function readSettings(search: string): Settings {
  const query = new URLSearchParams(search)
  const mode = query.get('mode')
  const tour = query.get('tour')
  return {
    county: query.get('visit') ?? query.get('county'),
    isLed: query.get('profile') === 'led',
    isCvd: query.get('cvd') === 'on',
    mode: mode === 'ceremony' || mode === 'mourning' ? mode : 'daily',
    scenes: (query.get('scenes') ?? '').split(',').filter((id) => id !== ''),
    at: readMoment(query.get('at')),
    tour: tour !== null && /^[a-z0-9-]+$/.test(tour) ? tour : null,
    restsAtNight: query.get('night') !== 'off',
  }
}

/** A tour that cannot be read is said on the console, and the wall goes on as on every day. */
export async function planOf(
  settings: Settings,
  fetchJson: (path: string) => Promise<unknown>,
): Promise<Plan> {
  const { mode, scenes, restsAtNight } = settings
  const plan = { ...everyDay, mode, chosen: scenes, restsAtNight }
  if (settings.tour === null) return plan
  try {
    return { ...plan, tour: readTour(await fetchJson(`/tours/${settings.tour}.json`)) }
  } catch (error) {
    console.error(`/tours/${settings.tour}.json: ${String(error)}`)
    return plan
  }
}
