/** Where residents are served, by whom, and what is done there. Pure. */
import { isCounty } from '../../../protocol/division.ts'
import { toInstant } from '../../../protocol/time.ts'
import type { Told } from '../facts.ts'
import { idOf, type Derivation } from './derivation.ts'

const kinds = ['station', 'house'] as const
const levels = ['county', 'township', 'village'] as const

export const stations: Derivation<'stations'> = {
  of: ['station', 'divisions'],
  rows({ county, index: { facts } }) {
    const told: readonly Told<'station'>[] = [...facts.all('station')]
    const there = { county: isCounty(county) ? 1 : 0, township: 0, village: 0 }
    for (const { data } of facts.all('divisions')) {
      there.township += data.townships
      there.village += data.villages
    }
    return kinds.flatMap((kind) =>
      levels.map((level) => {
        const these = told.filter(({ data }) => data.kind === kind && data.level === level)
        return {
          id: `${kind}/${level}`,
          kind,
          level,
          stations: these.length,
          places: new Set(these.map(({ data }) => data.place)).size,
          of: there[level],
        }
      }),
    )
  },
}

export const teams: Derivation<'teams'> = {
  of: ['team'],
  rows: ({ index: { facts } }) =>
    [...facts.all('team')].map(({ key, data: { name, kind, isOut } }) => ({
      id: idOf(key),
      name,
      kind,
      isOut,
    })),
}

export const intakes: Derivation<'intakes'> = {
  of: ['intake', 'case'],
  rows: ({ index: { facts, pipelines }, day }) =>
    [...facts.all('intake')].map(({ key, at, data: { name, cadenceSeconds } }) => ({
      id: idOf(key),
      name,
      cadenceSeconds,
      asOf: toInstant(at),
      today: pipelines.on(`case/from/${key}`, day),
    })),
}

export const services: Derivation<'services'> = {
  of: ['item'],
  rows: ({ index }) =>
    index.newest('item').map(({ key, at, data: { title, days } }) => ({
      id: idOf(key),
      at: toInstant(at),
      title,
      days: days ?? null,
    })),
}

export const prices: Derivation<'prices'> = {
  of: ['listing'],
  rows: ({ index }) =>
    index.newest('listing').map(({ key, at, data: { kind, name, price, unit } }) => ({
      id: idOf(key),
      at: toInstant(at),
      kind,
      name,
      price: price ?? 0,
      unit: unit ?? null,
    })),
}
