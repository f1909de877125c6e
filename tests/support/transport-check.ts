/** Looks for what would make a box stutter in a transport stream (ISO/IEC 13818-1; bounds of ETSI TR 101 290). */
const packetBytes = 188
const wrap = 2 ** 33
/** 90 kHz. */
const bounds = { pcr: 3_600, table: 45_000, ahead: 90_000 } as const

interface Stream {
  counter: number
  stamp: number | null
  readonly steps: Map<number, number>
}
export interface Checked {
  readonly packets: number
  readonly problems: readonly string[]
  /** By stream: how often two stamps in a row were so far apart, 90 kHz. */
  readonly steps: ReadonlyMap<number, ReadonlyMap<number, number>>
}

const after = (a: number, b: number): number => (b - a + wrap) % wrap

/** `parts`: of one stream, in a row. */
export function checkTransport(parts: Iterable<Buffer>): Checked {
  const streams = new Map<number, Stream>()
  const problems: string[] = []
  let packets = 0
  let clock: number | null = null
  const tables = new Map<number, number>()
  const say = (problem: string): void => {
    if (problems.length < 20) problems.push(`packet ${packets}: ${problem}`)
  }

  function take(packet: Buffer): void {
    if (packet[0] !== 0x47) return say('no sync byte')
    const pid = packet.readUInt16BE(1) & 0x1fff
    const flags = packet[3] ?? 0
    const known: Stream = streams.get(pid) ?? { counter: -1, stamp: null, steps: new Map() }
    streams.set(pid, known)
    const counter = flags & 0x0f
    if (known.counter >= 0 && counter !== (known.counter + 1) % 16)
      say(`stream ${pid} goes on from ${known.counter} to ${counter}`)
    known.counter = counter
    const field = (flags & 0x20) === 0 ? 0 : 1 + (packet[4] ?? 0)
    if (field > 1 && ((packet[5] ?? 0) & 0x10) !== 0) takeClock(packet)
    if (pid === 0 && ((packet[1] ?? 0) & 0x40) !== 0) takeTable(pid)
    const pes = 4 + field
    if (
      ((packet[1] ?? 0) & 0x40) !== 0 &&
      pes + 14 <= packetBytes &&
      packet.readUIntBE(pes, 3) === 1
    )
      takeStamp(pid, known, packet.subarray(pes + 9, pes + 14))
  }
  function takeClock(packet: Buffer): void {
    const pcr = packet.readUInt32BE(6) * 2 + ((packet[10] ?? 0) >> 7)
    const step = clock === null ? 1 : after(clock, pcr)
    if (step === 0 || step > bounds.pcr) say(`the clock goes on by ${step}`)
    clock = pcr
  }
  function takeTable(pid: number): void {
    const before = tables.get(pid)
    if (clock !== null && before !== undefined && after(before, clock) > bounds.table)
      say(`no table for ${after(before, clock)}`)
    if (clock !== null) tables.set(pid, clock)
  }
  function takeStamp(
    pid: number,
    known: Stream,
    [a = 0, b = 0, c = 0, d = 0, e = 0]: Buffer,
  ): void {
    const stamp = ((a >> 1) & 7) * 2 ** 30 + ((b << 22) | ((c >> 1) << 15) | (d << 7) | (e >> 1))
    if (known.stamp !== null) {
      const step = after(known.stamp, stamp)
      known.steps.set(step, (known.steps.get(step) ?? 0) + 1)
    }
    known.stamp = stamp
    if (clock === null) return
    const ahead = after(clock, stamp)
    if (ahead > bounds.ahead) say(`stream ${pid} is shown ${ahead} after it came`)
  }

  for (const part of parts)
    for (let at = 0; at + packetBytes <= part.length; at += packetBytes) {
      take(part.subarray(at, at + packetBytes))
      packets += 1
    }
  return {
    packets,
    problems,
    steps: new Map([...streams].map(([pid, { steps }]) => [pid, steps])),
  }
}
