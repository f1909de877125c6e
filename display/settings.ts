/** What the address of a wall sets; README, "At the wall", lists it. */
import type { WallSettings } from '../protocol/county-file.ts'
import { readMoment } from './past/track.ts'
import { everyDay, readTour, type Mode, type Plan } from './director/plan.ts'
import type { Motion } from './kiosk/screen.ts'
import { readCut, readGrid, SettingError, wholeWall, type Cut, type Grid } from './kiosk/cut.ts'

export interface Settings {
  /** Six-digit code, of a division that is visited or of the wall; null is the relay's own. */
  readonly county: string | null
  readonly isLed: boolean
  /** The nearest reader stands 7 m away or farther. */
  readonly isFar: boolean
  /** 色弱友好 */
  readonly isCvd: boolean
  readonly mode: Mode
  /** Of a ceremony. */
  readonly scenes: readonly string[]
  /** Name of a file in `/tours`. */
  readonly tour: string | null
  readonly motion: Motion
  /** Stays at its scene. */
  readonly isHeld: boolean
  readonly sleep: Plan['sleep']
  readonly dayParts: Plan['dayParts']
  readonly seconds: Plan['seconds']
  /** The moment of the past at which the wall opens, ms. */
  readonly at: number | null
  readonly cut: Cut
  /** The panels of which the picture is made; of several browsers their windows. */
  readonly panels: Grid | null
  /** The name of the wall that the browser is a part of, where there are several. */
  readonly wall: string
  /** A browser that is no screen of the fleet yet asks to be let in. */
  readonly asksForPairing: boolean
  /** What the address says wrongly of the wall's shape, as a sentence: nothing is shown of a wall that would be cut wrongly. */
  readonly mistake: string | null
}

type Shape = Pick<Settings, 'cut' | 'panels' | 'wall' | 'mistake'>

function readShape(query: URLSearchParams): Shape {
  const wall = query.get('wall') ?? 'wall'
  try {
    if (!/^[a-z0-9-]{1,32}$/.test(wall))
      throw new SettingError(`地址中的 wall=${wall} 只能用小写字母、数字和 -,不超过 32 个`)
    const cut = readCut(query)
    const seams = query.get('seams')
    const panels = seams === null ? (cut === wholeWall ? null : cut) : readGrid('seams', seams)
    return { cut, panels, wall, mistake: null }
  } catch (error) {
    if (!(error instanceof SettingError)) throw error
    return { cut: wholeWall, panels: null, wall: 'wall', mistake: error.message }
  }
}

const words = ['profile', 'density', 'cvd', 'motion', 'seams', 'bezel', 'rotation'] as const

/** What the address sets, and where it says nothing the county's file. */
export function readSettings(search: string, file: WallSettings = {}): Settings {
  const query = new URLSearchParams(search)
  for (const word of words) {
    const said = file[word]
    if (said !== undefined && typeof said !== 'object' && !query.has(word))
      query.set(word, String(said))
  }
  const mode = query.get('mode')
  const motion = query.get('motion')
  const tour = query.get('tour')
  return {
    county: query.get('visit') ?? query.get('county'),
    isLed: query.get('profile') === 'led',
    isFar: query.get('density') === 'far',
    isCvd: query.get('cvd') === 'on',
    mode: mode === 'ceremony' || mode === 'mourning' ? mode : 'daily',
    scenes: (query.get('scenes') ?? '').split(',').filter((id) => id !== ''),
    at: readMoment(query.get('at')),
    tour: tour !== null && /^[a-z0-9-]+$/.test(tour) ? tour : null,
    motion: motion === 'off' || motion === 'full' ? motion : null,
    isHeld: query.get('rotation') === 'off',
    sleep:
      query.get('night') === 'off' ? null : file.sleep === undefined ? everyDay.sleep : file.sleep,
    dayParts: file.dayParts ?? everyDay.dayParts,
    seconds: typeof file.rotation === 'object' ? file.rotation : everyDay.seconds,
    asksForPairing: query.get('pair') === 'on',
    ...readShape(query),
  }
}

interface Span {
  readonly least: number
  readonly most: number
}
const turnSeconds: Span = { least: 5, most: 60 }
const decoderCount: Span = { least: 1, most: 64 }

/** Null where the address does not say, or says what lies outside. */
function readCount(search: string, name: string, { least, most }: Span): number | null {
  const told = new URLSearchParams(search).get(name) ?? ''
  const count = /^\d{1,2}$/.test(told) ? Number(told) : 0
  return count >= least && count <= most ? count : null
}

/** How long each site of the patrol is on, in ms; null where the address does not say, or says what no patrol keeps. */
export function readTurn(search: string): number | null {
  const seconds = readCount(search, 'turn', turnSeconds)
  return seconds === null ? null : seconds * 1_000
}

/** How many pictures this screen decodes at once; null where it goes by its width. */
export const readDecoders = (search: string): number | null =>
  readCount(search, 'decoders', decoderCount)

/** A tour that cannot be read is said on the console, and the wall goes on as on every day. */
export async function planOf(
  settings: Settings,
  fetchJson: (path: string) => Promise<unknown>,
): Promise<Plan> {
  const { mode, scenes, sleep, dayParts, seconds } = settings
  const plan = { ...everyDay, mode, chosen: scenes, sleep, dayParts, seconds }
  if (settings.tour === null) return plan
  try {
    return { ...plan, tour: readTour(await fetchJson(`/tours/${settings.tour}.json`)) }
  } catch (error) {
    console.error(`/tours/${settings.tour}.json: ${String(error)}`)
    return plan
  }
}
