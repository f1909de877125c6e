/** Places with a station, as cells: filled where there is one, hollow where there is none. Pure; lengths in u. */
import type { Row } from '../../../protocol/board.ts'

export interface CoverageRow {
  readonly id: string
  readonly label: string
  readonly stations: number
  readonly places: number
  /** 0: nobody has told how many there are. */
  readonly of: number
}

const kindNames = { station: '服务站', house: '党群互联屋' } as const
const levelNames = { county: '县级', township: '乡镇(街道)', village: '村(社区)' } as const
const order = ['county', 'township', 'village']

/** What has a station, by kind and level, from the county down. */
export function coverageRows(stations: Iterable<Row<'stations'>>): readonly CoverageRow[] {
  return [...stations]
    .filter((row) => row.stations > 0)
    .sort(
      (a, b) =>
        (a.kind < b.kind ? 1 : a.kind > b.kind ? -1 : 0) ||
        order.indexOf(a.level) - order.indexOf(b.level),
    )
    .map((row) => ({
      id: row.id,
      label: `${levelNames[row.level]}${kindNames[row.kind]}`,
      stations: row.stations,
      places: row.places,
      of: row.of,
    }))
}

export interface Cells {
  /** Places of one cell. */
  readonly perCell: number
  readonly pitch: number
  readonly columns: number
  /** One for each row of the coverage: how high its cells stand, and how many are filled and hollow. */
  readonly rows: readonly {
    readonly filled: number
    readonly hollow: number
    readonly lines: number
  }[]
}

const pitchMost = 5
const pitchLeast = 0.9

/** One scale for all rows, so that their areas compare; `height` is what all cells together may take. */
export function cellsOf(
  rows: readonly Pick<CoverageRow, 'places' | 'of'>[],
  width: number,
  height: number,
): Cells {
  for (let perCell = 1; ; perCell *= 10)
    for (let pitch = pitchMost; pitch >= pitchLeast; pitch -= 0.1) {
      const columns = Math.max(1, Math.floor(width / pitch))
      const laid = rows.map(({ places, of }) => {
        const all = Math.max(places > 0 ? 1 : 0, Math.round(Math.max(of, places) / perCell))
        // A place without a station is seen, however few they are.
        const hollow = of > places ? Math.max(1, Math.round((of - places) / perCell)) : 0
        return {
          filled: Math.max(0, all - hollow),
          hollow,
          lines: Math.ceil(Math.max(all, hollow) / columns),
        }
      })
      if (laid.reduce((sum, { lines }) => sum + lines * pitch, 0) <= height)
        return { perCell, pitch, columns, rows: laid }
    }
}

/** The squares from `from` up to `to` of a grid, as one path. */
export function squaresOf(from: number, to: number, columns: number, pitch: number): string {
  const side = (pitch * 0.72).toFixed(2)
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => {
    const at = from + index
    const x = (at % columns) * pitch + pitch * 0.14
    const y = Math.floor(at / columns) * pitch + pitch * 0.14
    return `M${x.toFixed(2)} ${y.toFixed(2)}h${side}v${side}h-${side}z`
  }).join('')
}
