import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  atRest,
  enter,
  move,
  pinned,
  turnMs,
  type Moment,
  type Patrol,
  type Picture,
  type Site,
} from './patrol.ts'

const halfAnHourMs = 30 * 60_000
const seconds = 75 * 60

interface World {
  readonly sites: readonly Site[]
  /** Without a picture, for good. */
  readonly dead: ReadonlySet<string>
  readonly tiles: number
}

/** Pictures as they come: a second after a site was asked for, where it lives. */
function pictures({ dead }: World, patrol: Patrol): ReadonlyMap<string, Picture> {
  const found = new Map<string, Picture>()
  for (const id of patrol.warm) found.set(id, dead.has(id) ? 'lost' : 'ready')
  for (const tile of patrol.tiles) if (tile) found.set(tile.id, dead.has(tile.id) ? 'lost' : 'live')
  return found
}

/** Looks at the patrol once a second, or more seldom. */
function run(
  world: World,
  lasting: number,
  look: (patrol: Patrol, now: number) => void,
  every = 1,
): Patrol {
  let patrol = enter(atRest, world.tiles)
  for (let at = 0; at < lasting; at += every) {
    patrol = move(patrol, momentOf(world, patrol, at * 1_000))
    look(patrol, at * 1_000)
  }
  return patrol
}

const momentOf = (world: World, patrol: Patrol, now: number): Moment => ({
  now,
  sites: world.sites,
  pictures: pictures(world, patrol),
  whys: new Map(),
  isLinked: true,
})

const siteList = (count: number) =>
  fc
    .array(
      fc.record({
        lead: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4),
        weight: fc.constantFrom(1, 1, 1, 2, 4),
        isDead: fc.constantFrom(false, false, false, false, true),
      }),
      { minLength: count, maxLength: count },
    )
    .map((rows) => ({
      sites: rows.map(({ lead, weight }, at) => ({
        id: `cam-${at}`,
        organization: `o-${at}`,
        lead,
        weight,
      })),
      dead: new Set(rows.flatMap(({ isDead }, at) => (isDead ? [`cam-${at}`] : []))),
    }))
const worlds = (count: number, tiles: number) =>
  siteList(count).map((list): World => ({ ...list, tiles }))

it('[in half an hour] nine tiles show each of 200 living sites, whatever leads and weighs', () => {
  fc.assert(
    fc.property(worlds(200, 9), (world) => {
      const last = new Map(world.sites.map(({ id }) => [id, 0]))
      let longest = 0
      const look = (patrol: Patrol, now: number) => {
        for (const [id, at] of last)
          if (!world.dead.has(id)) longest = Math.max(longest, now - (patrol.seen.get(id) ?? at))
      }
      run(world, seconds, look, 3)
      expect(longest).toBeLessThanOrEqual(halfAnHourMs)
    }),
    { numRuns: 2, seed: 1, endOnFailure: true },
  )
}, 60_000)

it('[once] no site stands in two tiles, and no more are fetched beforehand than come next', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 9 }), (count, tiles) => {
      fc.assert(
        fc.property(worlds(count, tiles), (world) => {
          run(world, 240, (patrol) => {
            const shown = patrol.tiles.flatMap((tile) => tile?.id ?? [])
            expect(new Set(shown).size).toBe(shown.length)
            expect(shown.length).toBeLessThanOrEqual(tiles)
            expect([...patrol.warm].filter((id) => shown.includes(id))).toEqual([])
            expect(patrol.warm.size).toBeLessThanOrEqual(4)
          })
        }),
        { numRuns: 2, seed: 3 },
      )
    }),
    { numRuns: 20, seed: 2 },
  )
})

it('[a turn] what nobody pins, leads or loses stays fifteen seconds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 60 }), (count) => {
      const sites = Array.from({ length: count }, (_, at) => ({
        id: `c${at}`,
        organization: '',
        lead: 0,
        weight: 1,
      }))
      const since = new Map<string, number>()
      run({ sites, dead: new Set(), tiles: 9 }, 300, (patrol, now) => {
        const shown = new Set(patrol.tiles.flatMap((tile) => tile?.id ?? []))
        for (const [id, at] of since)
          if (!shown.has(id)) {
            expect(now - at).toBeGreaterThanOrEqual(turnMs)
            since.delete(id)
          }
        for (const id of shown) if (!since.has(id)) since.set(id, now)
      })
    }),
    { numRuns: 10, seed: 4 },
  )
})

it('[dead] a site without a picture leaves the tiles to others and is tried ever more seldom', () => {
  fc.assert(
    fc.property(worlds(60, 9), (world) => {
      const tries = new Map<string, number[]>()
      run(world, 2_400, (patrol, now) => {
        for (const [id, { tries: count }] of patrol.ills) {
          const at = tries.get(id) ?? []
          if (at.length < count) tries.set(id, [...at, now])
        }
        for (const tile of patrol.tiles) {
          if (!tile || !world.dead.has(tile.id)) continue
          expect(patrol.ills.has(tile.id), `${tile.id} is lost and stands in a tile`).toBe(false)
        }
      })
      expect([...tries.keys()].filter((id) => !world.dead.has(id))).toEqual([])
      expect([...tries.keys()].toSorted()).toEqual([...world.dead].toSorted())
      for (const times of tries.values()) {
        const waits = times.slice(1).map((at, index) => at - (times[index] ?? 0))
        expect(waits.every((wait, index) => wait >= 30_000 * 2 ** Math.min(index, 4))).toBe(true)
      }
    }),
    { numRuns: 4, seed: 5 },
  )
})

it('[pin] what a person chose is the programme from that moment until it is let go', () => {
  fc.assert(
    fc.property(
      worlds(40, 9),
      fc.integer({ min: 0, max: 39 }),
      fc.integer({ min: 0, max: 90 }),
      (world, which, after) => {
        const id = `cam-${which}`
        let patrol = run(world, after, () => undefined)
        patrol = pinned(after === 0 ? enter(patrol, 9) : patrol, id)
        for (let at = after; at < after + 120; at += 1) {
          patrol = move(patrol, momentOf(world, patrol, at * 1_000))
          expect(patrol.tiles[0]?.id).toBe(id)
        }
      },
    ),
    { numRuns: 20, seed: 6 },
  )
})
