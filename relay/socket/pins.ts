/** Cameras that somebody pinned to a wall, or to all walls of a division. In memory, and each ends by itself. */

export interface Pin {
  readonly target: string
  readonly camera: string
  readonly by: string
  /** ms of the relay's clock. */
  readonly until: number
}

export interface Pins {
  /** In the place of what was pinned to the same wall. */
  put(pin: Pin): void
  /** False where nothing is pinned to it. */
  drop(target: string): boolean
  /** What holds for a browser of such a wall: its own wall's pin goes before its division's. */
  of(scope: string | undefined, wall: string | undefined): Pin | undefined
  list(): readonly Pin[]
  /** Ends what is over; true where something was. */
  sweep(): boolean
}

const pinsMost = 256

export function createPins(now: () => number): Pins {
  const pins = new Map<string, Pin>()
  const current = (target: string | undefined): Pin | undefined => {
    const pin = target === undefined ? undefined : pins.get(target)
    return pin !== undefined && pin.until > now() ? pin : undefined
  }
  return {
    put(pin) {
      pins.delete(pin.target)
      const [oldest] = pins.keys()
      if (pins.size >= pinsMost && oldest !== undefined) pins.delete(oldest)
      pins.set(pin.target, pin)
    },
    drop: (target) => pins.delete(target),
    of: (scope, wall) => current(wall) ?? current(scope),
    list: () => [...pins.values()].filter(({ until }) => until > now()),
    sweep() {
      let isOver = false
      for (const [target, { until }] of pins) if (until <= now()) isOver = pins.delete(target)
      return isOver
    },
  }
}
