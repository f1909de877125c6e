import { dot, sub, type V } from './vector.ts'

/** A camera: where it hangs, where it looks, and how that falls onto its picture. */
export interface View {
  readonly eye: V
  readonly right: V
  readonly up: V
  readonly forward: V
  /** Pixels a metre at one metre. */
  readonly focal: number
  readonly width: number
  readonly height: number
}

export interface Aim {
  readonly eye: V
  /** Degrees to the right of straight ahead (+z). */
  readonly yaw: number
  /** Degrees below the horizon. */
  readonly pitch: number
  /** Degrees from the left edge to the right. */
  readonly fov: number
}

export function createView({ eye, yaw, pitch, fov }: Aim, width: number, height: number): View {
  const [y, p] = [(yaw * Math.PI) / 180, (pitch * Math.PI) / 180]
  return {
    eye,
    right: [Math.cos(y), 0, -Math.sin(y)],
    up: [Math.sin(y) * Math.sin(p), Math.cos(p), Math.cos(y) * Math.sin(p)],
    forward: [Math.sin(y) * Math.cos(p), -Math.sin(p), Math.cos(y) * Math.cos(p)],
    focal: width / 2 / Math.tan((fov * Math.PI) / 360),
    width,
    height,
  }
}

/** Pixel and distance along the view; a distance at or below zero is behind the camera. */
export function project(view: View, point: V): V {
  const d = sub(point, view.eye)
  const z = dot(d, view.forward)
  return [
    view.width / 2 + (view.focal * dot(d, view.right)) / z,
    view.height / 2 - (view.focal * dot(d, view.up)) / z,
    z,
  ]
}
