/** Where members went, by city, who looks after them at both ends, and how the organisations there live. Pure. */
import type { Row } from '../../../protocol/board.ts'
import { dayOfNumber } from '../../../protocol/time.ts'
import type { Told } from '../facts.ts'
import type { Judged } from '../judge.ts'

interface City {
  members: number
  /** Of the floating organisations there. */
  own: number
  joined: number
  branches: number
  /** Registered with a host that is none of them. */
  hosted: number
  readonly origins: Set<string>
  readonly hosts: Set<string>
}

const isFloating = ({ recorded }: Judged): boolean => recorded.group === 'floating'
const bare = (city: string): string => (city.length > 2 ? city.replace(/市$/, '') : city)

/** The destination that a floating organisation is named after, of several the longest; '' where it is after none. */
function cityOf(name: string, cities: Iterable<string>): string {
  let found = ''
  for (const city of cities)
    if (name.includes(bare(city)) && bare(city).length > bare(found).length) found = city
  return found
}

/** Organisations count their members away, or register them singly: never both. */
export function destinationRows(
  judged: ReadonlyMap<string, Judged>,
  registered: readonly Told<'floating'>[],
): readonly Row<'destinations'>[] {
  const single = new Set(registered.map(({ subject }) => subject))
  const cities = new Map<string, City>()
  const at = (city: string): City => {
    const none = { members: 0, own: 0, joined: 0, branches: 0, hosted: 0 }
    const known = cities.get(city) ?? { ...none, origins: new Set<string>(), hosts: new Set() }
    cities.set(city, known)
    return known
  }
  for (const [id, each] of judged) {
    if (single.has(id)) continue
    for (const { city, members } of each.away) {
      const there = at(city)
      there.members += members
      if (members > 0 && !isFloating(each)) there.origins.add(id)
    }
  }
  for (const { subject, data } of registered) {
    const there = at(data.city)
    there.members += 1
    there.origins.add(subject)
    if (data.host === undefined) continue
    there.hosts.add(data.host)
    const host = judged.get(data.host)
    if (host === undefined || !isFloating(host)) there.hosted += 1
  }
  for (const each of judged.values()) {
    if (!isFloating(each) || each.recorded.kind === 'committee') continue
    const there = cities.get(cityOf(each.recorded.name, cities.keys()))
    if (there === undefined) continue
    there.branches += 1
    there.own += each.members
    there.joined += each.gathered?.joined ?? 0
  }
  return [...cities].map(([city, { members, own, hosted, joined, branches, origins, hosts }]) => {
    const attached = Math.min(members, own + hosted)
    return {
      id: city,
      city,
      members,
      branches,
      attached,
      joined: Math.min(attached, joined),
      origins: origins.size,
      hosts: hosts.size,
    }
  })
}

/** `cities`: the destinations that there are. */
export function floatingRows(
  judged: ReadonlyMap<string, Judged>,
  cities: readonly string[],
): readonly Row<'floating'>[] {
  const rows: Row<'floating'>[] = []
  for (const [id, { recorded, gathered }] of judged) {
    if (gathered === undefined) continue
    const { activities, joined, lastOn } = gathered
    rows.push({
      id,
      city: cityOf(recorded.name, cities),
      activities,
      joined,
      lastOn: lastOn === undefined ? null : dayOfNumber(lastOn),
    })
  }
  return rows
}
