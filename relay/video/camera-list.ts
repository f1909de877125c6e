/** The cameras as each may see them, and when that changes. */
import { covers } from '../../protocol/division.ts'
import { toInstant } from '../../protocol/time.ts'
import type { Camera, CameraHealth } from '../../protocol/video.ts'
import type { Reach } from '../reach.ts'
import { isWhep, type RegisteredCamera } from './registry/streams-file.ts'

export interface CameraList {
  /** Of a division and all beneath it, in the order of the file. */
  rows(reach: Reach, scope: string): readonly Camera[]
  /** A row as whoever may see all of it does. */
  rowOf(camera: RegisteredCamera): Camera
  /** Something of it changed. */
  changed(): void
  /** Told at most twice a second. */
  onChange(listener: () => void): () => void
  stop(): void
}

interface Options {
  cameras(): readonly RegisteredCamera[]
  sees(reach: Reach, camera: RegisteredCamera): boolean
  health(id: string): CameraHealth | undefined
  still(id: string): Camera['still']
  readonly now: () => number
}

const SETTLE_MS = 200

export function createCameraList({ cameras, sees, health, still, now }: Options): CameraList {
  const listeners = new Set<() => void>()
  const startedAt = toInstant(now())
  let timer: NodeJS.Timeout | undefined

  function rowOf(camera: RegisteredCamera): Camera {
    const { id, county, organization, title, kind, tile, main, clearance } = camera
    const picture = still(id)
    return {
      id,
      county,
      organization,
      title,
      kind,
      isPublic: clearance !== undefined,
      health: health(id) ?? { state: 'unknown', since: startedAt },
      ...(picture !== undefined && { still: picture }),
      play: isWhep(tile) ? 'whep' : 'relay',
      large: main === undefined ? id : `${id}@main`,
    }
  }

  return {
    rowOf,
    rows: (reach, scope) =>
      cameras()
        .filter((camera) => covers(scope, camera.county) && sees(reach, camera))
        .map(rowOf),
    changed() {
      timer ??= setTimeout(() => {
        timer = undefined
        for (const listener of listeners) listener()
      }, SETTLE_MS)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => clearTimeout(timer),
  }
}
