/** What a county says of its own wall, once, in one file: its names, its map, its colours. */
import { Type, type Static } from 'typebox'
import { Nullable } from './row.ts'

const Code = Type.String({ pattern: '^\\d{6}$' })

/** A prefecture of a province, or a county of a prefecture, and where its tile stands: column and row from 0. */
const Part = Type.Object(
  {
    code: Code,
    name: Type.String({ minLength: 1, maxLength: 8 }),
    tile: Type.Tuple([
      Type.Integer({ minimum: 0, maximum: 11 }),
      Type.Integer({ minimum: 0, maximum: 5 }),
    ]),
  },
  { additionalProperties: false },
)

/** A map of tiles under the outline, such as 天地图; the relay fetches it, since only the relay may know the key. */
export const Basemap = Type.Object(
  {
    /** Who is named for it. */
    credit: Type.String({ minLength: 2, maxLength: 20 }),
    /** A drawn map is turned dark, a photograph is only dimmed. */
    look: Type.Union([Type.Literal('drawn'), Type.Literal('photograph')]),
  },
  { additionalProperties: false },
)
export type Basemap = Static<typeof Basemap>

export const CountyFile = Type.Object(
  {
    /** GB/T 2260. */
    code: Code,
    /** The masthead; an even number of characters keeps it clear of a wall's middle seam. */
    masthead: Type.String({ minLength: 2, maxLength: 12 }),
    office: Type.String({ maxLength: 40 }),
    /** Folder of `/geo` with county.geojson and townships.approx.geojson; `own` is DATA_DIR/map; null draws none. */
    map: Nullable(Type.String({ pattern: '^[a-z][a-z-]*$' })),
    /** The map's approval number (审图号); null says 示意图. */
    approval: Nullable(Type.String({ minLength: 4, maxLength: 40 })),
    basemap: Type.Optional(Basemap),
    /** Of a province or a prefecture: what it is made of. */
    parts: Type.Optional(Type.Array(Part, { maxItems: 60 })),
    /** Colours by the name that display/theme/tokens.json gives them. */
    palette: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z][A-Za-z]*$' }),
        Type.String({ pattern: '^#[0-9A-Fa-f]{6}$' }),
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type CountyFile = Static<typeof CountyFile>
