/** Bits as H.264 packs them: fixed widths, and the Exp-Golomb codes `ue` and `se`. */

export interface BitReader {
  bits(count: number): number
  ue(): number
  se(): number
  /** Bits read so far. */
  at(): number
}

/** Reads a NAL unit's payload after its header byte; the escapes are taken out. */
export function readBits(nal: Buffer): BitReader {
  const bytes: number[] = []
  for (let at = 1; at < nal.length; at += 1) {
    const isEscape = nal[at] === 3 && nal[at - 1] === 0 && nal[at - 2] === 0 && at > 2
    if (!isEscape) bytes.push(nal[at] ?? 0)
  }
  let at = 0
  const bits = (count: number): number => {
    let value = 0
    for (let left = count; left > 0; left -= 1, at += 1)
      value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1)
    return value
  }
  const ue = (): number => {
    let zeros = 0
    while (bits(1) === 0 && zeros < 32) zeros += 1
    return 2 ** zeros - 1 + bits(zeros)
  }
  return {
    bits,
    ue,
    se() {
      const code = ue()
      return code % 2 === 1 ? (code + 1) / 2 : -code / 2
    },
    at: () => at,
  }
}

export interface BitWriter {
  bits(count: number, value: number): void
  ue(value: number): void
  se(value: number): void
  /** Fills the byte with zeros. */
  align(): void
  /** Whole bytes; only after `align`. */
  bytes(from: Uint8Array): void
  /** The NAL unit: header byte, payload with its closing bit, escapes. */
  nal(header: number): Buffer
}

export function writeBits(): BitWriter {
  let out = Buffer.alloc(256)
  let length = 0
  let open = 0
  let held = 0
  const room = (more: number): void => {
    if (length + more <= out.length) return
    const wider = Buffer.alloc(Math.max(out.length * 2, length + more))
    out.copy(wider)
    out = wider
  }
  const bit = (value: number): void => {
    open = open * 2 + value
    held += 1
    if (held < 8) return
    room(1)
    out[length] = open
    length += 1
    open = 0
    held = 0
  }
  const bits = (count: number, value: number): void => {
    for (let at = count - 1; at >= 0; at -= 1) bit(Math.floor(value / 2 ** at) % 2)
  }
  const ue = (value: number): void => {
    const width = Math.floor(Math.log2(value + 1))
    bits(width, 0)
    bits(width + 1, value + 1)
  }
  const align = (): void => {
    while (held > 0) bit(0)
  }
  return {
    bits,
    ue,
    se: (value) => ue(value > 0 ? 2 * value - 1 : -2 * value),
    align,
    bytes(from) {
      room(from.length)
      out.set(from, length)
      length += from.length
    },
    nal(header) {
      bit(1)
      align()
      const escaped = Buffer.alloc(2 + length + (length >> 1))
      escaped[0] = header
      let to = 1
      let zeros = 0
      for (let at = 0; at < length; at += 1) {
        const byte = out[at] ?? 0
        if (zeros >= 2 && byte <= 3) {
          escaped[to++] = 3
          zeros = 0
        }
        escaped[to++] = byte
        zeros = byte === 0 ? zeros + 1 : 0
      }
      return escaped.subarray(0, to)
    },
  }
}
