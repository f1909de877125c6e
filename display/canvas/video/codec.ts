const text = (view: DataView, at: number): string =>
  String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  )

/** Offset and end of the first child of this type between `from` and `to`. */
function find(
  view: DataView,
  type: string,
  from: number,
  to: number,
): readonly [number, number] | undefined {
  let at = from
  while (at + 8 <= to) {
    const size = view.getUint32(at)
    if (size < 8 || at + size > to) return undefined
    if (text(view, at + 4) === type) return [at, at + size]
    at += size
  }
  return undefined
}

/** RFC 6381 codec of the first track in an init segment: `avc1.42c01e` from avcC, else its sample entry. */
export function readCodec(init: Uint8Array): string | undefined {
  const view = new DataView(init.buffer, init.byteOffset, init.byteLength)
  let box: readonly [number, number] | undefined = [-8, init.byteLength]
  for (const type of ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd']) {
    box = find(view, type, box[0] + 8, box[1])
    if (box === undefined) return undefined
  }
  const entry = box[0] + 16
  if (entry + 8 > box[1]) return undefined
  const name = text(view, entry + 4)
  if (name !== 'avc1' && name !== 'avc3') return name
  const avcC = find(view, 'avcC', entry + 86, Math.min(box[1], entry + view.getUint32(entry)))
  if (avcC === undefined || avcC[1] - avcC[0] < 12) return undefined
  const hex = [9, 10, 11]
    .map((at) =>
      view
        .getUint8(avcC[0] + at)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
  return `${name}.${hex}`
}
