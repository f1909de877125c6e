/** Which services a division has, and where each stands: what there is takes the place of what there is not. Pure. */
import type { Board } from '../../protocol/board.ts'
import type { Size } from '../parts/size.ts'

/** In the order in which they claim the main place. */
export const serviceKinds = [
  'coverage',
  'communities',
  'teams',
  'commerce',
  'mall',
  'items',
  'programmes',
  'orders',
  'results',
  'honours',
  'volunteering',
] as const
export type ServiceKind = (typeof serviceKinds)[number]

type Told = Pick<
  Board,
  | 'stations'
  | 'communities'
  | 'teams'
  | 'goods'
  | 'services'
  | 'programmes'
  | 'honours'
  | 'prices'
  | 'county'
  | 'totals'
  | 'feed'
>

/** Of what the division tells anything. */
export function servicesOf(board: Told): readonly ServiceKind[] {
  const totals = board.totals.values().next().value
  const county = board.county.values().next().value
  const any = (...values: readonly (number | undefined)[]) =>
    values.some((value) => (value ?? 0) > 0)
  const has: Readonly<Record<ServiceKind, boolean>> = {
    coverage: [...board.stations.values()].some(({ stations }) => stations > 0),
    communities: board.communities.size > 0,
    teams: board.teams.size > 0,
    commerce:
      board.prices.size > 0 ||
      any(totals?.products, totals?.merchants, totals?.sights, totals?.shops),
    mall: board.goods.size > 0,
    items: board.services.size > 0,
    programmes: board.programmes.size > 0,
    orders: any(county?.ordersYear),
    results: any(
      totals?.serviceDone,
      totals?.serviceDoneProvince,
      totals?.ratings,
      totals?.visits,
      totals?.redeemed,
      totals?.villagesPoor,
    ),
    honours: board.honours.size > 0,
    volunteering: [...board.feed.values()].some(({ form }) => form === 'volunteering'),
  }
  return serviceKinds.filter((kind) => has[kind])
}

export interface ServicePlace {
  readonly area: readonly [number, number, number, number]
  /** More than one where they take turns. */
  readonly kinds: readonly ServiceKind[]
}

/** The main place's share of the body. */
const mainShare = { w: 152 / 232, h: 62 / 115 }
const gutter = 4
/** Beside and below the main place stand as many as are at least so high, or so wide. */
const least = { w: 46, h: 32 }
/** Figures want width, lists want height. */
const wide: ReadonlySet<ServiceKind> = new Set([
  'coverage',
  'teams',
  'orders',
  'commerce',
  'results',
])

type Slots = readonly (readonly ServiceKind[])[]
const fitting = (length: number, each: number) =>
  Math.max(1, Math.floor((length + gutter) / (each + gutter)))

/** The first ones by themselves, those beyond by turns in the last. */
function slotsOf(kinds: readonly ServiceKind[], most: number): Slots {
  const own = kinds.slice(0, most - 1).map((kind): readonly ServiceKind[] => [kind])
  const last = kinds.slice(most - 1)
  return last.length === 0 ? own : [...own, last]
}

function across(slots: Slots, width: number, whole: Size, main: Size): readonly ServicePlace[] {
  const w = (width - gutter * (slots.length - 1)) / slots.length
  const y = main.h + gutter
  return slots.map((kinds, at) => ({ area: [at * (w + gutter), y, w, whole.h - y], kinds }))
}

function down(slots: Slots, whole: Size, main: Size): readonly ServicePlace[] {
  const h = (whole.h - gutter * (slots.length - 1)) / slots.length
  const x = main.w + gutter
  return slots.map((kinds, at) => ({ area: [x, at * (h + gutter), whole.w - x, h], kinds }))
}

/** x, y, w, h in u of the scene's body. The first has the main place; where there are too many, some take turns. */
export function layServices(kinds: readonly ServiceKind[], whole: Size): readonly ServicePlace[] {
  const main = { w: whole.w * mainShare.w, h: whole.h * mainShare.h }
  const [first, second, ...more] = kinds
  if (first === undefined) return []
  if (second === undefined) return [{ area: [0, 0, whole.w, whole.h], kinds: [first] }]
  if (more.length === 0)
    return [
      { area: [0, 0, whole.w, main.h], kinds: [first] },
      ...across([[second]], whole.w, whole, main),
    ]
  const others = [second, ...more]
  const below = others.filter((kind) => wide.has(kind))
  const beside = others.filter((kind) => !wide.has(kind))
  if (beside.length === 0) beside.push(...below.splice(-1))
  if (below.length === 0) below.push(...beside.splice(0, 1))
  return [
    { area: [0, 0, main.w, main.h], kinds: [first] },
    ...down(slotsOf(beside, fitting(whole.h, least.h)), whole, main),
    ...across(slotsOf(below, fitting(main.w, least.w)), main.w, whole, main),
  ]
}
