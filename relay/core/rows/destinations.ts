/** Where members went, by city. Pure. */
import type { Row } from '../../../protocol/board.ts'
import type { Judged } from '../judge.ts'

export function destinationRows(
  judged: ReadonlyMap<string, Judged>,
): readonly Row<'destinations'>[] {
  const cities = new Map<string, number>()
  for (const { away } of judged.values()) {
    for (const { city, members } of away) cities.set(city, (cities.get(city) ?? 0) + members)
  }
  const floating = [...judged.values()].filter(
    ({ recorded }) => recorded.group === 'floating' && recorded.kind !== 'committee',
  )
  return [...cities].map(([city, members]) => {
    const place = city.length > 2 ? city.replace(/市$/, '') : city
    return {
      id: city,
      city,
      members,
      branches: floating.filter(({ recorded }) => recorded.name.includes(place)).length,
    }
  })
}
