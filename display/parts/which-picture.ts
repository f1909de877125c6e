/** Which of a camera's two pictures a tile asks for. Pure. */
import type { Camera } from '../../protocol/video.ts'

/** A small picture has 640 px: what is drawn half as wide again looks soft. */
const leastPx = 960

interface Place {
  /** Somebody asked for this camera, and it stays: the others have their turn and go before a large picture is there. */
  readonly isLasting: boolean
  /** Px of the screen. */
  readonly widthPx: number
  /** The large picture was tried here, and did not come. */
  readonly hasFailed: boolean
}

export function whichPicture(
  { id, large, play }: Pick<Camera, 'id' | 'large' | 'play'>,
  { isLasting, widthPx, hasFailed }: Place,
): string {
  return isLasting && !hasFailed && widthPx >= leastPx && play === 'relay' ? large : id
}
