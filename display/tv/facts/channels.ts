/** Numbers of the channels: 1 is the village's own, the others follow by organisation. Pure. */
import type { Camera } from '../../../protocol/video.ts'

export interface Channel {
  /** 1 … 99 */
  readonly number: number
  /** Null where the village has no camera that the public may see. */
  readonly camera: Camera | null
  readonly organization: string | null
}

export const mostChannels = 99

/** Of cameras that somebody has signed for; what a viewer has learned stays until that list changes. */
export function channelsOf(cameras: Iterable<Camera>, own: string | null): readonly Channel[] {
  const open = [...cameras]
    .filter(({ isPublic }) => isPublic)
    .sort((a, b) => compare(a.organization, b.organization) || compare(a.id, b.id))
  const mine = own === null ? undefined : open.find(({ organization }) => organization === own)
  const others = open.filter((camera) => camera !== mine)
  return [
    { number: 1, camera: mine ?? null, organization: own },
    ...others
      .slice(0, mostChannels - 1)
      .map((camera, at) => ({ number: at + 2, camera, organization: camera.organization })),
  ]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Nobody has looked yet counts as a picture: looking starts it. */
export const hasPicture = ({ camera }: Channel): boolean =>
  camera !== null && (camera.health.state === 'ok' || camera.health.state === 'unknown')

/** The next one above or below; round at the ends. `isWanted` passes over others, unless none is left. */
export function beside(
  channels: readonly Channel[],
  number: number,
  step: 1 | -1,
  isWanted: (channel: Channel) => boolean = () => true,
): Channel | undefined {
  const at = channels.findIndex((each) => each.number === number)
  for (let away = 1; away <= channels.length; away += 1) {
    const index = (((at + step * away) % channels.length) + channels.length) % channels.length
    const found = channels[index]
    if (found !== undefined && found.number !== number && isWanted(found)) return found
  }
  return undefined
}

/** 05 */
export const twoDigits = (number: number): string => String(number).padStart(2, '0')
