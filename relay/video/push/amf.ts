/** AMF0, the values of RTMP's commands: what a publisher says, and the few things that it is answered. */

export type AmfValue =
  number | string | boolean | null | { readonly [name: string]: AmfValue } | readonly AmfValue[]

export class AmfError extends Error {
  override readonly name = 'AmfError'
}

const MAX_DEPTH = 8
const MAX_FIELDS = 256

/** All values of a message. Throws `AmfError`. */
export function readAmf(bytes: Buffer): readonly AmfValue[] {
  let at = 0

  function need(count: number): number {
    if (at + count > bytes.length) throw new AmfError('a value is cut off')
    at += count
    return at - count
  }
  function text(length: number): string {
    const from = need(length)
    return bytes.toString('utf8', from, from + length)
  }
  const u8 = () => bytes.readUInt8(need(1))
  const u16 = () => bytes.readUInt16BE(need(2))
  const u32 = () => bytes.readUInt32BE(need(4))

  function fields(depth: number): AmfValue {
    const found: [string, AmfValue][] = []
    for (;;) {
      const name = text(u16())
      if (name === '' && bytes[at] === 9) {
        at += 1
        // Own properties only, whatever they are called.
        return Object.fromEntries(found)
      }
      if (found.length >= MAX_FIELDS) throw new AmfError('an object of too many fields')
      found.push([name, value(depth + 1)])
    }
  }

  function value(depth: number): AmfValue {
    if (depth > MAX_DEPTH) throw new AmfError('values too deep')
    const type = u8()
    switch (type) {
      case 0:
        return bytes.readDoubleBE(need(8))
      case 1:
        return u8() !== 0
      case 2:
        return text(u16())
      case 3:
        return fields(depth)
      case 5:
      case 6:
        return null
      case 8:
        u32()
        return fields(depth)
      case 10: {
        const count = u32()
        if (count > MAX_FIELDS) throw new AmfError('a list of too many values')
        return Array.from({ length: count }, () => value(depth + 1))
      }
      case 11:
        need(10)
        return null
      case 12:
        return text(u32())
      default:
        throw new AmfError(`a value of type ${type}`)
    }
  }

  const values: AmfValue[] = []
  while (at < bytes.length) values.push(value(0))
  return values
}

export function writeAmf(...values: readonly AmfValue[]): Buffer {
  return Buffer.concat(values.map(write))
}

function write(value: AmfValue): Buffer {
  if (value === null) return Buffer.from([5])
  switch (typeof value) {
    case 'number': {
      const bytes = Buffer.alloc(9)
      bytes.writeDoubleBE(value, 1)
      return bytes
    }
    case 'boolean':
      return Buffer.from([1, value ? 1 : 0])
    case 'string':
      return Buffer.concat([Buffer.from([2]), name(value)])
    default:
      return Buffer.concat([
        Buffer.from([3]),
        ...Object.entries(value).flatMap(([key, inner]) => [name(key), write(inner)]),
        Buffer.from([0, 0, 9]),
      ])
  }
}

function name(text: string): Buffer {
  const bytes = Buffer.from(text)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
