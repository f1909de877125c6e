import { describe, expect, it } from 'vitest'
import { atRest, enter, move, pinned, type Patrol, type Picture, type Site } from './patrol.ts'

const site = (id: string, lead = 0, weight = 1): Site => ({
  id,
  organization: `of ${id}`,
  lead,
  weight,
})
const four = ['a', 'b', 'c', 'd'].map((id) => site(id))

/** Moves once a second from `from` to `to`; `wrong` says which pictures are not as they should be. */
function pass(
  patrol: Patrol,
  sites: readonly Site[],
  [from, to]: readonly [number, number],
  wrong: Readonly<Record<string, Picture>> = {},
): Patrol {
  let next = patrol
  for (let second = from; second <= to; second += 1) {
    const pictures = new Map<string, Picture>()
    for (const id of next.warm) pictures.set(id, wrong[id] ?? 'ready')
    for (const tile of next.tiles) if (tile) pictures.set(tile.id, wrong[tile.id] ?? 'live')
    next = move(next, { now: second * 1_000, sites, pictures, whys, isLinked: true })
  }
  return next
}
const whys = new Map([['s4', '没有这个信号源']])
const shown = ({ tiles }: Patrol) => tiles.map((tile) => tile?.id ?? null)

describe('a few sites', () => {
  it('stand in the tiles all together, and each is the programme in its turn', () => {
    let patrol = pass(enter(atRest, 4), four, [0, 1])
    expect(shown(patrol).toSorted()).toEqual(['a', 'b', 'c', 'd'])
    expect(patrol.next).toEqual([])
    const programmes = new Set<string | null>()
    for (const at of [2, 18, 34, 50]) {
      patrol = pass(patrol, four, [at, at + 15])
      programmes.add(shown(patrol)[0] ?? null)
      expect(shown(patrol).toSorted()).toEqual(['a', 'b', 'c', 'd'])
    }
    expect(programmes.size).toBe(4)
  })

  it('keep the lost one in a small tile, where it says so, and bring it back when it is', () => {
    const before = pass(enter(atRest, 4), four, [0, 1])
    const id = shown(before)[0] ?? ''
    const patrol = pass(before, four, [2, 9], { [id]: 'lost' })
    expect(patrol.ills.get(id)).toMatchObject({ kind: 'lost', tries: 1 })
    expect(shown(patrol)[0]).not.toBe(id)
    expect(shown(patrol).slice(1)).toContain(id)
    expect(pass(patrol, four, [10, 11]).ills.size).toBe(0)
  })
})

it('a wall that is told so has each site on for longer', () => {
  const many = Array.from({ length: 30 }, (_, at) => site(`s${at}`))
  const patrol = pass(enter({ ...atRest, turnMs: 40_000 }, 9), many, [0, 39])
  expect(patrol.seen.size).toBe(9)
  expect(pass(patrol, many, [40, 44]).seen.size).toBeGreaterThan(9)
})

describe('of many sites', () => {
  const many = Array.from({ length: 30 }, (_, at) => site(`s${at}`))

  it('what the relay saw dark or frozen has no turn, gives its tile away, and is back when it is well', () => {
    const before = pass(enter(atRest, 9), many, [0, 5])
    const ill = [shown(before)[3], 's29'].map(String)
    const sites = many.map((each) =>
      ill.includes(each.id)
        ? { ...each, unwell: { kind: 'dark', since: 0, why: '' } as const }
        : each,
    )
    const seen = new Set<string | null>()
    let patrol = pass(before, sites, [6, 6])
    for (let second = 7; second < 120; second += 1) {
      for (const id of shown(patrol)) seen.add(id)
      patrol = pass(patrol, sites, [second, second])
    }
    expect(seen.size).toBe(28)
    expect(ill.some((id) => seen.has(id))).toBe(false)
    expect(pass(patrol, many, [120, 140]).seen.has('s29')).toBe(true)
  })

  it('the next is named before its turn, and fetched three seconds ahead', () => {
    const patrol = pass(enter(atRest, 9), many, [0, 11])
    expect(patrol.next).toHaveLength(1)
    expect(patrol.warm.size).toBe(0)
    const due = pass(patrol, many, [12, 12])
    expect([...due.warm]).toEqual(due.next)
    expect(shown(pass(due, many, [13, 15]))).toContain(due.next[0])
  })

  it('a tile keeps its picture until the next one has its own', () => {
    const patrol = pass(enter(atRest, 9), many, [0, 12])
    const others = many.filter(({ id }) => !shown(patrol).includes(id))
    const late = Object.fromEntries(others.map(({ id }) => [id, 'coming' as const]))
    const slow = pass(patrol, many, [13, 18], late)
    expect(shown(slow)).toEqual(shown(patrol))
    expect(shown(pass(slow, many, [19, 20]))).not.toEqual(shown(patrol))
  })

  it('the county’s meeting is the programme at once, and those of branches hold a few tiles', () => {
    const before = pass(enter(atRest, 9), many, [0, 5])
    const meetings = many.map(({ id }, at) => site(id, at >= 20 ? (at === 29 ? 4 : 2) : 0))
    const patrol = pass(before, meetings, [6, 6])
    expect(shown(patrol)[0]).toBe('s29')
    expect(patrol.held).toHaveLength(3)
    const later = pass(patrol, meetings, [7, 60])
    expect(shown(later)[0]).toBe('s29')
    expect(later.held).toEqual(patrol.held)
    for (const id of patrol.held) expect(shown(later)).toContain(id)
  })

  it('a pin goes before a meeting, which stays in a tile', () => {
    const meetings = many.map(({ id }, at) => site(id, at === 29 ? 4 : 0))
    const patrol = pinned(pass(enter(atRest, 9), meetings, [0, 5]), 's3')
    const after = pass(patrol, meetings, [6, 90])
    expect(shown(after)[0]).toBe('s3')
    expect(shown(after)).toContain('s29')
    expect(shown(pass(pinned(after, null), meetings, [91, 91]))[0]).toBe('s29')
  })

  it('one that stands still is given up, but not when all of them do', () => {
    const patrol = pass(enter(atRest, 9), many, [0, 2])
    const [one = ''] = shown(patrol).slice(4).map(String)
    expect(pass(patrol, many, [3, 9], { [one]: 'frozen' }).ills.get(one)?.kind).toBe('frozen')
    const all = Object.fromEntries(many.map(({ id }) => [id, 'frozen' as const]))
    expect(pass(patrol, many, [3, 12], all).ills.size).toBe(0)
    const late = Object.fromEntries(many.map(({ id }) => [id, 'coming' as const]))
    expect(pass(enter(atRest, 9), many, [0, 20], late).ills.size).toBe(0)
  })

  it('nothing is held against them while no picture comes at all', () => {
    const patrol = pass(enter(atRest, 9), many, [0, 2])
    const pictures = new Map(many.map(({ id }) => [id, 'lost' as const]))
    let cut = patrol
    for (let at = 3; at < 60; at += 1)
      cut = move(cut, { now: at * 1_000, sites: many, pictures, whys, isLinked: false })
    expect(cut.ills.size).toBe(0)
    expect(shown(cut)).toEqual(shown(patrol))
  })

  it('what was seen is remembered when the scene comes back', () => {
    const patrol = pass(enter(atRest, 9), many, [0, 14])
    const again = pass(enter(patrol, 9), many, [300, 300])
    expect(shown(again).filter((id) => shown(patrol).includes(id))).toEqual([])
  })
})
