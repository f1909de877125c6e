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

/** Scenes by the words of a wall's address; those without a turn in the rotation are missing. */
export const sceneIds = [
  'overview',
  'ranking',
  'warnings',
  'floating',
  'governance',
  'learning',
  'services',
  'video',
  'platforms',
] as const
const SceneId = Type.String({ pattern: `^(${sceneIds.join('|')})$` })
const Hour = Type.Integer({ minimum: 0, maximum: 24 })
/** From an hour on until before another, of Beijing time; over midnight where `from` is the later. */
const hours = { from: Hour, to: Hour }

/** What a wall of this county is set to where its address says nothing else; the words are those of the address. */
export const WallSettings = Type.Object(
  {
    profile: Type.Optional(Type.Union([Type.Literal('lcd'), Type.Literal('led')])),
    density: Type.Optional(Type.Union([Type.Literal('near'), Type.Literal('far')])),
    cvd: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off')])),
    motion: Type.Optional(Type.Union([Type.Literal('off'), Type.Literal('full')])),
    /** Columns and rows of panels. */
    seams: Type.Optional(Type.String({ pattern: '^[1-8]x[1-8]$' })),
    /** px that frames hide between two browsers. */
    bezel: Type.Optional(Type.Integer({ minimum: 0, maximum: 400 })),
    /** `off`, or for how many seconds a scene stays; 0 takes it out. */
    rotation: Type.Optional(
      Type.Union([
        Type.Literal('off'),
        Type.Object(
          Object.fromEntries(
            sceneIds.map((id) => [id, Type.Optional(Type.Integer({ minimum: 0, maximum: 3_600 }))]),
          ),
          { additionalProperties: false },
        ),
      ]),
    ),
    /** When some scenes stay several times as long. */
    dayParts: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...hours,
            scenes: Type.Array(SceneId, { minItems: 1, maxItems: 12 }),
            times: Type.Number({ minimum: 1, maximum: 10 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 12 },
      ),
    ),
    /** When only the time is on; null never. */
    sleep: Type.Optional(Nullable(Type.Object(hours, { additionalProperties: false }))),
    /** As whom an unpaired browser on the relay's own machine looks. */
    audience: Type.Optional(Type.Union([Type.Literal('wall'), Type.Literal('public')])),
  },
  { additionalProperties: false },
)
export type WallSettings = Static<typeof WallSettings>

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
    wall: Type.Optional(WallSettings),
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
