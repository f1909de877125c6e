/** What a county puts on its village televisions, in one file: lessons, the radio column, the calendar and notices. */
import { Type, type Static } from 'typebox'
import { Id, PlainDate, strict, Text } from './fields.ts'
import { Nullable } from './row.ts'

/** HH:MM, Beijing time. */
const TimeOfDay = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' })
/** A file in DATA_DIR/media. */
const MediaName = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$' })
/** A screenful in large type; a line break begins a paragraph. */
const Page = Text(240)
const Pages = Type.Array(Page, { minItems: 1, maxItems: 20 })
/** Of the county, a township or a village of it, by the beginning of its code; absent: of the whole county. */
const where = { where: Type.Optional(Type.String({ pattern: '^\\d{6}(\\d{3}(\\d{3})?)?$' })) }

/** On which days: on one, each month on the same, or on these days of the week (1 Monday … 7 Sunday); daily where nothing is said. */
const days = {
  on: Type.Optional(PlainDate),
  monthly: Type.Optional(Type.Integer({ minimum: 1, maximum: 28 })),
  weekly: Type.Optional(
    Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
  ),
} as const

export const Lesson = Type.Object(
  {
    id: Id,
    title: Text(24),
    /** What it rests on, and of when. */
    source: Text(40),
    pages: Pages,
    /** MP4 (H.264) to be played instead of the pages where the television can. */
    video: Type.Optional(MediaName),
  },
  strict,
)
export type Lesson = Static<typeof Lesson>

export const Appointment = Type.Object(
  {
    title: Text(20),
    place: Type.Optional(Text(20)),
    at: TimeOfDay,
    /** Counted down to on the page of the village. */
    isMeeting: Type.Optional(Type.Boolean()),
    ...days,
    ...where,
  },
  strict,
)
export type Appointment = Static<typeof Appointment>

/** A radio column (广播栏目): at its hour it takes the screen. */
export const Column = Type.Object(
  {
    id: Id,
    title: Text(20),
    at: TimeOfDay,
    minutes: Type.Integer({ minimum: 1, maximum: 120 }),
    ...days,
    ...where,
    /** MP3 or AAC; without it, or where it can't be played, the text is shown. */
    audio: Type.Optional(MediaName),
    pages: Pages,
  },
  strict,
)
export type Column = Static<typeof Column>

export const PostedNotice = Type.Object(
  {
    id: Id,
    title: Text(24),
    from: Text(30),
    on: PlainDate,
    /** The last day on which it is shown; absent: for thirty days. */
    until: Type.Optional(PlainDate),
    pages: Pages,
    ...where,
  },
  strict,
)
export type PostedNotice = Static<typeof PostedNotice>

export const TelevisionFile = Type.Object(
  {
    /** GB/T 2260; equal to the county's. */
    code: Type.String({ pattern: '^\\d{6}$' }),
    /** 中国IPTV-省份, at the top left of every page, where an operator's rules ask for it. */
    callsign: Nullable(Text(16)),
    /** Over the home page; `{村}` stands for the village. */
    title: Text(20),
    /** Whom a village calls when its television stays dark. */
    help: Nullable(Type.Object({ office: Text(16), phone: Text(20) }, strict)),
    lessons: Type.Array(Lesson, { maxItems: 24 }),
    calendar: Type.Array(Appointment, { maxItems: 200 }),
    radio: Type.Array(Column, { maxItems: 24 }),
    notices: Type.Array(PostedNotice, { maxItems: 60 }),
  },
  strict,
)
export type TelevisionFile = Static<typeof TelevisionFile>
