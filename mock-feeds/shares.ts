import type { Random } from './random.ts'

/** Parts that differ with the seed and always add up to `total`, each at least `least`. Throws `RangeError` where that is too much. */
export function shares(total: number, parts: number, random: Random, least = 0): Int32Array {
  const free = total - least * parts
  if (parts < 1 || free < 0) throw new RangeError(`${total} is not ${parts} times ${least}`)
  const upTo = new Float64Array(parts)
  let sum = 0
  for (let i = 0; i < parts; i += 1) {
    sum += 0.4 + random.next()
    upTo[i] = sum
  }
  const out = new Int32Array(parts)
  let given = 0
  for (let i = 0; i < parts; i += 1) {
    const edge = i === parts - 1 ? free : Math.floor((free * (upTo[i] ?? 0)) / sum)
    out[i] = least + edge - given
    given = edge
  }
  return out
}
