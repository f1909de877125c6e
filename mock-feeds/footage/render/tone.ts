const STEPS = 4096
const WHITE = 4
const EXPOSURE = 1.7

/** Linear light to a byte, with a soft shoulder towards white. */
const table = Uint8Array.from({ length: STEPS }, (_, at) => {
  const light = (at / STEPS) * WHITE * EXPOSURE
  const soft = (light * (1 + light / (WHITE * WHITE))) / (1 + light)
  return Math.round(255 * Math.min(1, 1.25 * soft) ** (1 / 2.2))
})

export const toByte = (light: number): number =>
  table[light <= 0 ? 0 : Math.min(STEPS - 1, Math.floor((light * STEPS) / WHITE))] ?? 255
