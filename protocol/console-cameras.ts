/** What the console asks of the relay about cameras and walls, and is told: JSON under /v1/console. */
import { Type, type Static } from 'typebox'
import { Id, Instant, oneOf, strict, Text } from './fields.ts'
import { PinTarget } from './pins.ts'
import { Camera } from './video.ts'

const Count = Type.Integer({ minimum: 0 })
const Name = Text(60)

export const ConsoleCamera = Type.Object(
  {
    camera: Camera,
    /** Name of the branch; null where it is on no board. */
    organization: Type.Union([Type.String(), Type.Null()]),
    /** What is fetched now; `direct` where browsers fetch it themselves. */
    state: oneOf('idle', 'connecting', 'waiting', 'live', 'lost', 'direct'),
    error: Type.Union([Type.String(), Type.Null()]),
    viewers: Count,
    clearance: Type.Union([
      Type.Object(
        { by: Name, at: Instant, reason: Type.Union([Type.String(), Type.Null()]) },
        strict,
      ),
      Type.Null(),
    ]),
  },
  strict,
)
export type ConsoleCamera = Static<typeof ConsoleCamera>

export const ConsoleCameras = Type.Object(
  {
    at: Instant,
    /** What is wrong with streams.yaml, which goes on as it was; null where nothing is. */
    fault: Type.Union([Type.String(), Type.Null()]),
    processes: Count,
    processesMost: Count,
    transcodes: Count,
    transcodesMost: Count,
    cameras: Type.Array(ConsoleCamera),
  },
  strict,
)
export type ConsoleCameras = Static<typeof ConsoleCameras>

/** Signs for showing a camera on public screens, or takes that back. */
export const SignCamera = Type.Object(
  { isPublic: Type.Boolean(), by: Name, reason: Text(200) },
  strict,
)
export type SignCamera = Static<typeof SignCamera>

export const ConsoleWalls = Type.Object(
  {
    /** Walls that are on now. */
    walls: Type.Array(
      Type.Object(
        { id: PinTarget, screens: Count, scene: Type.Union([Type.String(), Type.Null()]) },
        strict,
      ),
    ),
    pins: Type.Array(
      Type.Object({ target: PinTarget, camera: Id, by: Name, until: Instant }, strict),
    ),
  },
  strict,
)
export type ConsoleWalls = Static<typeof ConsoleWalls>

/** Pins a camera to a wall, or with null lets go of it. */
export const PinCamera = Type.Object(
  {
    target: PinTarget,
    camera: Type.Union([Id, Type.Null()]),
    by: Name,
    minutes: Type.Integer({ minimum: 1, maximum: 480 }),
  },
  strict,
)
export type PinCamera = Static<typeof PinCamera>
