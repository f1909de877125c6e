/** A head by its place on it: hair above its line, and a face that is no more than a camera under a ceiling sees of one. */
import type { Skin } from './frame.ts'
import { clamp, type V } from './vector.ts'

export interface HeadLook {
  readonly skin: V
  readonly hair: V
  /** `bald` keeps a rim, `short` ends at the neck, `bob` and `bun` cover it. */
  readonly cut: 'short' | 'bald' | 'bob' | 'bun'
  readonly hasGlasses: boolean
}

/** Axes of the head in the room: to its right, up, and where it looks. */
export interface HeadPose {
  readonly middle: V
  readonly right: V
  readonly up: V
  readonly ahead: V
}

/** `detail` 0 … 1: what would be smaller than a pixel is left out. */
export function headSkin(look: HeadLook, pose: HeadPose, detail: number): Skin {
  const { middle, right, up, ahead } = pose
  const { skin, hair, cut, hasGlasses } = look
  const long = cut === 'bob' || cut === 'bun'
  const nape = long ? -0.13 : -0.075
  const soft = (d: number): number => Math.exp(-d)
  return (out, x, y, z, _nx, ny) => {
    const dx = x - middle[0]
    const dy = y - middle[1]
    const dz = z - middle[2]
    const r = dx * right[0] + dy * right[1] + dz * right[2]
    const u = dx * up[0] + dy * up[1] + dz * up[2]
    const f = dx * ahead[0] + dy * ahead[1] + dz * ahead[2]
    const side = Math.abs(r)
    const front = cut === 'bald' ? 0.2 : 0.058 - 0.05 * (side / 0.086) ** 4 + (long ? -0.012 : 0)
    const back = cut === 'bald' && u > 0.03 ? 0.2 : nape
    const line = f > 0.02 ? front : f < -0.03 ? back : back + (front - back) * ((f + 0.03) / 0.05)
    const strand = clamp((u - line) / 0.01 + 0.5)
    let sr = skin[0]
    let sg = skin[1]
    let sb = skin[2]
    if (f > 0 && strand < 1) {
      const eyeX = (side - 0.031) / 0.02
      const eyeY = (u + 0.004) / 0.013
      const nose = (r / 0.013) ** 2 + ((u + 0.05) / 0.009) ** 2
      const mouth = (r / 0.025) ** 2 + ((u + 0.079) / 0.008) ** 2
      const brow = ((side - 0.031) / 0.024) ** 2 + ((u - 0.024) / 0.006) ** 2
      const socket = 1 - 0.34 * soft(eyeX * eyeX * 0.8 + (eyeY - 0.4) ** 2 * 0.4)
      const iris = 1 - 0.78 * detail * soft((eyeX / 0.52) ** 2 + (eyeY / 0.42) ** 2)
      const dark =
        socket *
        iris *
        (1 - 0.62 * detail * soft(brow)) *
        (1 - 0.34 * detail * soft(nose)) *
        (1 - 0.2 * soft(((u + 0.115) / 0.02) ** 2 + (r / 0.03) ** 2)) *
        (1 + 0.1 * soft((r / 0.01) ** 2 + ((u + 0.025) / 0.03) ** 2))
      const lips = detail * 0.5 * soft(mouth)
      const flush = 0.08 * soft(((side - 0.045) / 0.02) ** 2 + ((u + 0.045) / 0.02) ** 2)
      sr *= dark * (1 - lips * 0.5)
      sg *= dark * (1 - lips - flush)
      sb *= dark * (1 - lips - flush)
      if (hasGlasses) {
        const ring = Math.hypot(eyeX * 0.02, eyeY * 0.013)
        const rim = 1 - 0.5 * detail * soft(((ring - 0.022) / 0.0028) ** 2)
        sr *= rim
        sg *= rim
        sb *= rim
      }
    }
    const sheen = 1 + 1.4 * Math.max(0, ny) ** 6 + 0.18 * Math.sin(r * 420 + f * 260)
    out[0] = sr * (1 - strand) + hair[0] * sheen * strand
    out[1] = sg * (1 - strand) + hair[1] * sheen * strand
    out[2] = sb * (1 - strand) + hair[2] * sheen * strand
  }
}
