/** Names and codes of a county's townships and villages: the official list, and the county's own units that it lacks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { parse, YAMLParseError } from 'yaml'
import { TownshipCode, VillageCode } from '../../protocol/fields.ts'
import { RosterError } from './roster-error.ts'

export interface Division {
  readonly code: string
  readonly name: string
}
export interface Divisions {
  readonly townships: readonly Division[]
  readonly villages: readonly Division[]
}

const Official = {
  townships: Type.Array(Type.Object({ code: TownshipCode, name: Type.String() })),
  villages: Type.Array(Type.Object({ code: VillageCode, name: Type.String() })),
}
const Unit = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 40 }), code: TownshipCode },
  { additionalProperties: false },
)

/**
 * The county's official divisions from the map packs in `geoDir`, and `units.yaml` of `dataDir` over them: a list of
 * `{name, code}` for places that the official codes lack (such as 芹阳办事处). Throws `RosterError`.
 */
export function divisionsOf(county: string, geoDir: string, dataDir: string): Divisions {
  const units = readUnits(join(dataDir, 'units.yaml'), county)
  for (const pack of existsSync(geoDir) ? readdirSync(geoDir) : []) {
    const file = join(geoDir, pack, 'townships.json')
    if (!existsSync(file)) continue
    const townships = readJson(file)
    if (!Value.Check(Official.townships, townships) || !townships[0]?.code.startsWith(county))
      continue
    const villages = readJson(join(geoDir, pack, 'villages.json'))
    if (!Value.Check(Official.villages, villages))
      throw new RosterError(`${pack}/villages.json 不是村(社区)列表`)
    const own = new Set(units.map(({ code }) => code))
    return { townships: [...units, ...townships.filter(({ code }) => !own.has(code))], villages }
  }
  if (units.length === 0)
    throw new RosterError(
      `没有 ${county} 的乡镇代码:请在 DATA_DIR/units.yaml 中列出(- name: 名称 / code: 9 位代码)`,
    )
  return { townships: units, villages: [] }
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'))

function readUnits(file: string, county: string): readonly Division[] {
  if (!existsSync(file)) return []
  let units: unknown
  try {
    units = parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause
    const line = cause.linePos?.[0].line ?? 1
    throw new RosterError(
      `units.yaml 第 ${line} 行无法读取:${cause.message.split('\n')[0] ?? ''}`,
      {
        cause,
      },
    )
  }
  if (!Array.isArray(units)) throw new RosterError('units.yaml 应为列表,每项含 name 和 code')
  return units.map((unit: unknown, index) => {
    if (!Value.Check(Unit, unit))
      throw new RosterError(`units.yaml 第 ${index + 1} 项应为 {name: 名称, code: "9 位代码"}`)
    if (!unit.code.startsWith(county))
      throw new RosterError(`units.yaml 第 ${index + 1} 项:代码 ${unit.code} 不属于 ${county}`)
    return unit
  })
}
