/** The last picture of a camera, small; the drawn village where there is none. */
import type { Camera } from '../../../protocol/video.ts'
import { Ground } from './Picture.tsx'

export function Still({ camera }: { readonly camera: Camera | null }) {
  return (
    <span className="tv-still">
      {camera?.still === undefined ? <Ground /> : <img src={camera.still.url} alt="" />}
    </span>
  )
}
