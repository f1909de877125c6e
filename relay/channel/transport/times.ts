/**
 * One slot is the shortest time in which 25 pictures a second and AAC frames of 48 kHz both come out even: 48 pictures and
 * 90 frames of 1,024 samples are 1.92 s. ISO/IEC 13818-1 counts in 90 kHz and lets that count begin anew after 33 bits.
 */
export const ticksPerSecond = 90_000
export const pictures = 48
export const pictureTicks = 3_600
export const audioFrames = 90
export const audioTicks = 1_920
export const slotTicks = pictures * pictureTicks
export const slotMs = (slotTicks / ticksPerSecond) * 1_000
/** From a picture's last byte to its showing: a whole picture has to come through a narrow line first. */
export const delayTicks = 63_000

const wrap = 2 ** 33

/** The same count, `ticks` later. */
export function later(count: number, ticks: number): number {
  return (count + ticks) % wrap
}

/** The slot of which `now` (ms since 1970) is part. */
export function slotAt(now: number): number {
  return Math.floor(now / slotMs)
}
