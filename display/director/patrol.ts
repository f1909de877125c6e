/**
 * 轮巡: which site stands in which tile, which comes next, and which are left alone for a while. Pure.
 * Tile 0 is the programme. All times are ms of one clock that is never set.
 */

export interface Site {
  readonly id: string
  readonly organization: string
  /** Above 0 it gets a tile at once and keeps it: 4 the county's own meeting … 1 a warned branch that just went live. */
  readonly lead: number
  /** How much sooner than others' its turn comes; 1 is usual. */
  readonly weight: number
  /** What the relay saw when it last looked, where that was no good picture: it is passed over until it is well. */
  readonly unwell?: Unwell
}

export interface Unwell {
  readonly kind: 'dark' | 'frozen' | 'lost'
  /** ms of the relay's clock. */
  readonly since: number
  /** In words; '' where the relay has none. */
  readonly why: string
}

/** What is known of a picture: `ready` comes over the wire but stands in no tile yet. */
export type Picture = 'coming' | 'ready' | 'live' | 'frozen' | 'lost' | 'unsupported'
type Trouble = Exclude<Picture, 'ready' | 'live'>

interface Tenant {
  readonly id: string
  readonly until: number
}

export interface Ill {
  readonly kind: Trouble
  /** What the relay says of it; '' where it says nothing. */
  readonly why: string
  readonly since: number
  readonly tries: number
  readonly retryAt: number
  /** Pictures come again; whether they move is seen once it stands in a tile. */
  readonly isBack: boolean
}

export interface Patrol {
  /** How long every site has in its tile. */
  readonly turnMs: number
  /** When it was last moved, and by which sites. */
  readonly now: number
  readonly sites: readonly Site[]
  readonly tiles: readonly (Tenant | null)[]
  /** Of the tiles beside the programme, those of leading sites, which stay. */
  readonly held: readonly string[]
  /** Those that come next, the first of them first. */
  readonly next: readonly string[]
  /** When the first of them is due; null where no tile changes. */
  readonly nextAt: number | null
  /** Fetched already, but in no tile: of the next those that are due, and an ill one that is tried again. */
  readonly warm: ReadonlySet<string>
  /** When each was last seen live in a tile, and as the programme. */
  readonly seen: ReadonlyMap<string, number>
  readonly led: ReadonlyMap<string, number>
  readonly ills: ReadonlyMap<string, Ill>
  /** Switched off while this wall looked, and since when. */
  readonly gone: ReadonlyMap<string, { readonly site: Site; readonly since: number }>
  /** Since when a picture is not what it should be. */
  readonly doubts: ReadonlyMap<string, { readonly kind: Trouble; readonly since: number }>
  /** Chosen by a person: the programme until it is let go. */
  readonly pin: string | null
}

export interface Moment {
  readonly now: number
  readonly sites: readonly Site[]
  readonly pictures: ReadonlyMap<string, Picture>
  /** What the relay says of those that are lost. */
  readonly whys: ReadonlyMap<string, string>
  /** False: no picture comes at all, which says nothing about any site. */
  readonly isLinked: boolean
}

/** Every site has so long in its tile, unless the wall is told otherwise. */
export const turnMs = 15_000
export const warmMs = 3_000
/** What was not seen for so long goes before what weighs more, so that half an hour is never passed. */
const overdueMs = 20 * 60_000
/** A site that was switched off is spoken of for so long. */
const goneMs = 30 * 60_000
/** Of the tiles beside the programme leading sites hold so much; the others go on patrolling. */
const heldShare = 0.4
const retryFirstMs = 30_000
const retryMostMs = 15 * 60_000
/** How long a picture may be wrong before its site is given up. */
const patienceMs: Readonly<Record<Trouble, number>> = {
  coming: 8_000,
  frozen: 5_000,
  lost: 5_000,
  unsupported: 0,
}

export const atRest: Patrol = {
  turnMs,
  now: 0,
  sites: [],
  tiles: [],
  held: [],
  next: [],
  nextAt: null,
  warm: new Set(),
  seen: new Map(),
  led: new Map(),
  ills: new Map(),
  gone: new Map(),
  doubts: new Map(),
  pin: null,
}

/** Begins with so many empty tiles; what was seen and what is ill is remembered. */
export function enter(patrol: Patrol, tiles: number): Patrol {
  return {
    ...patrol,
    tiles: Array.from({ length: tiles }, () => null),
    held: [],
    next: [],
    nextAt: null,
    warm: new Set(),
    doubts: new Map(),
  }
}

export function pinned(patrol: Patrol, id: string | null): Patrol {
  return { ...patrol, pin: id }
}

export function move(patrol: Patrol, moment: Moment): Patrol {
  const { now, sites } = moment
  const pin = sites.some(({ id }) => id === patrol.pin) ? patrol.pin : null
  const judged = judge({ ...patrol, now, sites, pin, gone: goneOf(patrol, moment) }, moment)
  return plan(place(judged, moment), moment)
}

function goneOf(patrol: Patrol, { now, sites }: Moment): Patrol['gone'] {
  const ids = new Set(sites.map(({ id }) => id))
  const lost = patrol.sites.filter(({ id }) => !ids.has(id))
  const before = [...patrol.gone].filter(([id, { since }]) => !ids.has(id) && now - since < goneMs)
  return new Map([...before, ...lost.map((site) => [site.id, { site, since: now }] as const)])
}

export const isShown = ({ tiles }: Patrol, id: string): boolean =>
  tiles.some((tile) => tile?.id === id)

const isIll = ({ ills }: Patrol, id: string): boolean => ills.get(id)?.isBack === false

/** Not worth a tile: as was seen here, or by the relay. */
const isOut = (patrol: Patrol, id: string): boolean =>
  isIll(patrol, id) || patrol.sites.some((site) => site.id === id && site.unwell !== undefined)

/** Which pictures are worth their tiles. */
function judge(patrol: Patrol, { now, sites, pictures, whys, isLinked }: Moment): Patrol {
  if (!isLinked) return { ...patrol, doubts: new Map() }
  const known = new Set(sites.map(({ id }) => id))
  const shown = patrol.tiles.flatMap((tile) => tile?.id ?? [])
  const stateOf = (id: string): Picture => pictures.get(id) ?? 'coming'
  const seen = new Map([...patrol.seen].filter(([id]) => known.has(id)))
  const led = new Map([...patrol.led].filter(([id]) => known.has(id)))
  const ills = new Map([...patrol.ills].filter(([id]) => known.has(id)))
  const doubts = new Map<string, { readonly kind: Trouble; readonly since: number }>()
  // None of them moving is this machine's own doing; what the relay has lost, it has lost.
  const isOwnFault =
    shown.length > 1 && shown.every((id) => ['frozen', 'coming'].includes(stateOf(id)))
  for (const id of [...shown, ...patrol.warm]) {
    const picture = stateOf(id)
    if (picture === 'live') {
      if (!shown.includes(id)) continue
      seen.set(id, now)
      ills.delete(id)
    } else if (picture === 'ready') {
      const ill = ills.get(id)
      if (ill !== undefined && patrol.warm.has(id)) ills.set(id, { ...ill, isBack: true })
    } else if (!isOwnFault || picture === 'lost') {
      const before = patrol.doubts.get(id)
      const since = before?.kind === picture ? before.since : now
      const ill = ills.get(id)
      const isDue = ill === undefined || ill.isBack || now >= ill.retryAt
      if (now - since < patienceMs[picture] || !isDue) doubts.set(id, { kind: picture, since })
      else ills.set(id, { ...worse(ill, since, now), kind: picture, why: whys.get(id) ?? '' })
    }
  }
  const [programme] = shown
  if (programme !== undefined) led.set(programme, now)
  return { ...patrol, seen, led, ills, doubts }
}

/** Waits twice as long after each failure. */
function worse(before: Ill | undefined, since: number, now: number): Omit<Ill, 'kind' | 'why'> {
  const tries = (before?.tries ?? 0) + 1
  const waitMs = Math.min(retryMostMs, retryFirstMs * 2 ** Math.min(tries - 1, 10))
  return { since: before?.since ?? since, tries, retryAt: now + waitMs, isBack: false }
}

/** Who stands where. */
function place(patrol: Patrol, { now, sites, pictures }: Moment): Patrol {
  const count = patrol.tiles.length
  if (count === 0) return patrol
  const well = sites.filter(({ id, unwell }) => !isIll(patrol, id) && unwell === undefined)
  const waiting = candidates(patrol, well)
  const queue = [
    ...patrol.next.filter((id) => waiting.some((site) => site.id === id)),
    ...waiting.map(({ id }) => id).filter((id) => !patrol.next.includes(id)),
  ]
  const isReady = (id: string) => pictures.get(id) === 'ready'
  const tiles = patrol.tiles.map((tile) => {
    const isGone = tile !== null && !sites.some(({ id }) => id === tile.id)
    return isGone ? null : tile
  })

  const put = (at: number, id: string) => {
    const from = tiles.findIndex((tile) => tile?.id === id)
    const out = tiles[at] ?? null
    tiles[at] = { id, until: now + patrol.turnMs }
    // What was in the programme goes on in the tile that this one leaves.
    if (from >= 0 && from !== at) tiles[from] = out
    const queued = queue.indexOf(id)
    if (queued >= 0) queue.splice(queued, 1)
  }

  const programme = programmeOf({ ...patrol, tiles }, well, queue, isReady)
  if (programme !== null && tiles[0]?.id !== programme) put(0, programme)

  const held = heldOf({ ...patrol, tiles }, well)
  for (const id of held) {
    if (tiles.some((tile) => tile?.id === id)) continue
    const at = firstToLeave(patrol, tiles, held)
    if (at !== null) put(at, id)
  }

  for (let at = 0; at < count; at += 1) {
    const tile = tiles[at] ?? null
    if (tile !== null && tile.id === patrol.pin) continue
    const isFree = tile === null || (isOut(patrol, tile.id) && queue.length > 0)
    if (isFree) {
      const id = queue.find(isReady) ?? queue[0]
      if (id === undefined) continue
      put(at, id)
      // From the beginning on they leave one after the other, not all at once.
      if (tile === null) tiles[at] = { id, until: now + patrol.turnMs * (1 + at / count) }
    } else if (at > 0 && now >= tile.until && !held.includes(tile.id)) {
      const id = queue.find(isReady)
      if (id !== undefined) put(at, id)
    }
  }

  // What is left empty may as well say which site is lost.
  const lost = sites
    .filter(({ id }) => isOut(patrol, id) && !tiles.some((tile) => tile?.id === id))
    .sort((a, b) => retryAt(patrol, a.id) - retryAt(patrol, b.id))
  for (let at = 0; at < count; at += 1) {
    if (tiles[at]) continue
    const site = lost.shift()
    if (site !== undefined) tiles[at] = { id: site.id, until: now }
  }
  return { ...patrol, tiles, held, next: queue }
}

const retryAt = ({ ills }: Patrol, id: string): number => ills.get(id)?.retryAt ?? 0

/** The pin, else of those that lead most the one that has waited longest to; else whose turn it is. */
function programmeOf(
  patrol: Patrol,
  well: readonly Site[],
  queue: readonly string[],
  isReady: (id: string) => boolean,
): string | null {
  if (patrol.pin !== null) return patrol.pin
  const most = well.reduce((top, { lead }) => Math.max(top, lead), 0)
  const leading = well.filter(({ lead }) => lead === most)
  const [tile] = patrol.tiles
  const isAmong = leading.some(({ id }) => id === tile?.id)
  if (tile && isAmong && patrol.now < tile.until) return tile.id
  if (most === 0 && queue.length > 0)
    return queue.find(isReady) ?? (isAmong ? tile?.id : queue[0]) ?? null
  // A picture that is there already goes before one that has yet to come.
  const isThere = ({ id }: Site) => Number(isShown(patrol, id) || isReady(id))
  const [first] = [...leading].sort(
    (a, b) => isThere(b) - isThere(a) || ledAt(patrol, a.id) - ledAt(patrol, b.id),
  )
  return first?.id ?? null
}

const ledAt = ({ led }: Patrol, id: string): number => led.get(id) ?? -Infinity

/** Leading sites beside the programme; the others of them wait for their turn, so that the patrol goes on. */
function heldOf(patrol: Patrol, well: readonly Site[]): readonly string[] {
  const [programme] = patrol.tiles
  const most = Math.floor((patrol.tiles.length - 1) * heldShare)
  const claim = ({ id }: Site) => Number(patrol.held.includes(id)) * 2 + Number(isShown(patrol, id))
  return well
    .filter(({ id, lead }) => lead > 0 && id !== programme?.id)
    .sort((a, b) => b.lead - a.lead || claim(b) - claim(a))
    .slice(0, most)
    .map(({ id }) => id)
}

function firstToLeave(
  patrol: Patrol,
  tiles: readonly (Tenant | null)[],
  held: readonly string[],
): number | null {
  let first: number | null = null
  const untilOf = (at: number) => {
    const tile = tiles[at]
    return !tile || isOut(patrol, tile.id) ? -Infinity : tile.until
  }
  for (let at = 1; at < tiles.length; at += 1) {
    const tile = tiles[at]
    if (tile && held.includes(tile.id)) continue
    if (first === null || untilOf(at) < untilOf(first)) first = at
  }
  return first
}

/** Those in no tile, the most urgent first. */
function candidates(patrol: Patrol, well: readonly Site[]): readonly Site[] {
  const urgency = ({ id, weight }: Site) => {
    const seen = patrol.seen.get(id)
    if (seen === undefined) return overdueMs * 10 + weight
    const age = patrol.now - seen
    return age >= overdueMs ? overdueMs * 20 + age : age * weight
  }
  return well
    .filter(({ id }) => id !== patrol.pin && !isShown(patrol, id))
    .map((site) => ({ site, urgency: urgency(site) }))
    .sort((a, b) => b.urgency - a.urgency || scatter(a.site.id) - scatter(b.site.id))
    .map(({ site }) => site)
}

/** A fixed order that does not go township by township (FNV-1a). */
function scatter(id: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at += 1)
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193) >>> 0
  return hash
}

/** Who comes next, and what is fetched beforehand. */
function plan(patrol: Patrol, { now, sites }: Moment): Patrol {
  const [programme] = patrol.tiles
  const isLed = (id: string) =>
    id === patrol.pin || sites.some((site) => site.id === id && site.lead > 0)
  const turning = patrol.tiles.filter(
    (tile) =>
      tile !== null && !patrol.held.includes(tile.id) && (tile !== programme || !isLed(tile.id)),
  )
  const untils = turning.flatMap((tile) => tile?.until ?? [])
  const due = untils.filter((until) => until <= now + warmMs).length
  const next = patrol.next.slice(0, Math.max(1, due))
  const warm = new Set(next.slice(0, due))
  const [tried] = sites
    .filter(({ id }) => isIll(patrol, id) && !isShown(patrol, id) && retryAt(patrol, id) <= now)
    .sort((a, b) => retryAt(patrol, a.id) - retryAt(patrol, b.id))
  if (tried !== undefined) warm.add(tried.id)
  const nextAt = next.length > 0 && untils.length > 0 ? Math.min(...untils) : null
  return { ...patrol, next, nextAt, warm }
}
