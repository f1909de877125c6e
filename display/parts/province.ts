/** A province or a prefecture as its parts: what is told of the divisions beneath, added up by the tiles of its county file. */
import { useMemo } from 'react'
import { covers } from '../../protocol/division.ts'
import type { CountyFile } from '../../protocol/county-file.ts'
import type { Row, Table } from '../../protocol/board.ts'
import { useTable } from '../board.ts'
import { useCountyFile } from '../county.ts'

type Part = NonNullable<CountyFile['parts']>[number]
type Told = Omit<Row<'divisions'>, 'id'>

export interface PartSum extends Told {
  readonly code: string
  readonly name: string
  readonly tile: Part['tile']
  /** Divisions of which anything is told, and those that held an activity today. */
  readonly divisions: number
  readonly activeDivisions: number
}

const none: Told = {
  organizations: 0,
  members: 0,
  online: 0,
  silent: 0,
  activitiesToday: 0,
  learnersToday: 0,
  points: 0,
  warnings: 0,
  stations: 0,
  casesOpen: 0,
}
const measures = Object.keys(none) as (keyof Told)[]

export function sumParts(
  parts: readonly Part[],
  divisions: Table<'divisions'>,
): readonly PartSum[] {
  const rows = [...divisions.values()]
  return parts.map(({ code, name, tile }) => {
    const own = rows.filter(({ id }) => covers(code, id))
    const sums = { ...none }
    for (const row of own) for (const measure of measures) sums[measure] += row[measure]
    return {
      ...sums,
      code,
      name,
      tile,
      divisions: own.length,
      activeDivisions: own.filter((row) => row.activitiesToday > 0).length,
    }
  })
}

export function useParts(): readonly PartSum[] {
  const { parts } = useCountyFile()
  const divisions = useTable('divisions')
  return useMemo(() => sumParts(parts ?? [], divisions), [parts, divisions])
}

/** What its parts are called, and the whole. */
export function levelWords(code: string): { readonly part: string; readonly whole: string } {
  return code.endsWith('0000') ? { part: '州市', whole: '全省' } : { part: '县区', whole: '全市' }
}

/** 0 … 1; 0 where nothing is told. */
export const shareOf = (some: number, all: number): number => (all === 0 ? 0 : some / all)
