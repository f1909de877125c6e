/** Where members went, by city, and who looks after them at both ends. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Told } from '../facts.ts'
import type { Judged } from '../judge.ts'

/** Organisations count their members away, or register them singly: never both. */
export function destinationRows(
  judged: ReadonlyMap<string, Judged>,
  registered: readonly Told<'floating'>[],
): readonly Row<'destinations'>[] {
  const single = new Set(registered.map(({ subject }) => subject))
  const cities = new Map<string, { members: number; origins: Set<string>; hosts: Set<string> }>()
  const at = (city: string) => {
    const known = cities.get(city) ?? { members: 0, origins: new Set(), hosts: new Set() }
    cities.set(city, known)
    return known
  }
  for (const [id, { away }] of judged) {
    if (single.has(id)) continue
    for (const { city, members } of away) at(city).members += members
  }
  for (const { subject, data } of registered) {
    const city = at(data.city)
    city.members += 1
    city.origins.add(subject)
    if (data.host !== undefined) city.hosts.add(data.host)
  }
  const floating = [...judged.values()].filter(
    ({ recorded }) => recorded.group === 'floating' && recorded.kind !== 'committee',
  )
  return [...cities].map(([city, { members, origins, hosts }]) => {
    const place = city.length > 2 ? city.replace(/市$/, '') : city
    return {
      id: city,
      city,
      members,
      branches: floating.filter(({ recorded }) => recorded.name.includes(place)).length,
      origins: origins.size,
      hosts: hosts.size,
    }
  })
}
