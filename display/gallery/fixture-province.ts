/** A province on the fixtures' day: 132,000 branches, in the parts of its county file. */
import type { CountyFile } from '../../protocol/county-file.ts'
import type { Puts } from '../../protocol/frames.ts'
import { measureNames, type Totals } from '../../protocol/measures.ts'

const branches = 132_000

/** `tables` gives the rest: the county's row with what it has, the sources. */
export function provinceTables({ code, parts = [] }: CountyFile, tables: Puts): Puts {
  const weights = parts.map((_, index) => 1 + ((index * 7) % 11))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  const divisions = parts.map((part, index) => {
    const organizations = Math.round((branches * (weights[index] ?? 0)) / whole)
    return {
      id: part.code,
      organizations,
      members: organizations * 18,
      online: Math.round(organizations * (0.97 - index * 0.006)),
      silent: Math.round(organizations * (0.005 + ((index * 5) % 16) * 0.002)),
      activitiesToday: Math.round(organizations * (0.02 + ((index * 3) % 7) * 0.004)),
      learnersToday: organizations * 4,
      points: 0,
      warnings: 0,
      stations: Math.round(organizations * 0.119),
      casesOpen: 0,
    }
  })
  const sum = (of: (row: (typeof divisions)[number]) => number) =>
    divisions.reduce((all, row) => all + of(row), 0)
  const figures = {
    organizations: sum((row) => row.organizations),
    members: sum((row) => row.members),
    online: sum((row) => row.online),
    silent: sum((row) => row.silent),
    activitiesToday: sum((row) => row.activitiesToday),
  }
  const told = {
    ...figures,
    stations: sum((row) => row.stations),
    stationVillages: 14_154,
    divisionVillages: 14_562,
    serviceDone: 1_636_000,
    serviceItems: 4_980,
    products: 15_509,
    merchants: 5_847,
  }
  const zero = Object.fromEntries(measureNames.map((name) => [name, 0]))
  const county = tables.county?.map((row) => ({
    ...row,
    ...figures,
    id: code,
    silent60: 41,
    silentYesterday: figures.silent + 12,
    duesUnpaid: 21_930,
    duesUnpaidBranches: 4_310,
    termDue: 604,
    termOverdue: 77,
  }))
  return {
    ...(tables.sources && { sources: tables.sources }),
    ...(county && { county }),
    divisions,
    totals: [{ ...zero, ...told, id: code } as Totals],
  }
}
