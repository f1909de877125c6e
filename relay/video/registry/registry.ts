/**
 * The cameras of `DATA_DIR/streams.yaml`, read again when it changes. A broken file is told by its line and changes
 * nothing, so that a slip of the hand neither darkens a wall nor opens a camera.
 */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { toInstant } from '../../../protocol/time.ts'
import type { Audit } from '../../audit.ts'
import { replaceFile, withClearance } from './edit-clearance.ts'
import {
  noStreams,
  parseStreams,
  StreamsError,
  type RegisteredCamera,
  type Streams,
  type StreamsSurroundings,
} from './streams-file.ts'

export interface Registry {
  streams(): Streams
  find(id: string): RegisteredCamera | undefined
  /** What is wrong with the file as it stands. */
  fault(): string | undefined
  onChange(listener: (change: RegistryChange) => void): () => void
  /**
   * Signs for a camera, or takes that back; false where there is no such camera. Throws where it can't be recorded or
   * written: nothing is opened then, while taking back holds until the relay reads that file again.
   */
  sign(id: string, signature: Signature): boolean
  stop(): void
}

export interface RegistryChange {
  readonly before: Streams
  readonly after: Streams
}

export interface Signature {
  readonly isPublic: boolean
  /** The name that the operator gave. */
  readonly by: string
  readonly reason: string
  /** Of the network. */
  readonly address: string
}

interface Options extends StreamsSurroundings {
  readonly dataDir: string
  readonly audit: Audit
  readonly log: (line: string) => void
  readonly now: () => number
}

/** Half of the second within which a revoked clearance has to hold. */
const lookMs = 400

export function followRegistry(options: Options): Registry {
  const { dataDir, audit, log, now } = options
  const path = join(dataDir, 'streams.yaml')
  const listeners = new Set<(change: RegistryChange) => void>()
  let streams = noStreams
  let byId = new Map<string, RegisteredCamera>()
  let fault: string | undefined
  let stamp = ''
  let missed = 0

  function stampOf(): string {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false })
    return stat === undefined ? '' : `${stat.ino}:${stat.mtimeNs}:${stat.size}`
  }

  function take(next: Streams): void {
    const before = streams
    streams = next
    byId = new Map(next.cameras.map((camera) => [camera.id, camera]))
    for (const listener of listeners) listener({ before, after: next })
  }

  /**
   * Somebody edited the file: what that opens and closes is recorded like what is done at the console. Returns those that
   * could not be recorded.
   */
  function record(next: Streams, signed: string | undefined): ReadonlySet<string> {
    const after = new Map(next.cameras.map((camera) => [camera.id, camera]))
    const unrecorded = new Set<string>()
    for (const id of new Set([...byId.keys(), ...after.keys()])) {
      const [was, is] = [byId.get(id)?.clearance, after.get(id)?.clearance]
      if (id === signed || (was === undefined) === (is === undefined)) continue
      try {
        const by = is?.by ?? 'streams.yaml'
        audit.record(is === undefined ? 'stream.closed' : 'stream.cleared', by, id)
      } catch {
        unrecorded.add(id)
      }
    }
    return unrecorded
  }

  function blame(sentence: string | undefined): void {
    if (sentence !== undefined && sentence !== fault) log(sentence)
    fault = sentence
  }

  /** What can't be recorded is closed, and not opened. */
  function adopt(next: Streams, signed?: string): void {
    const unrecorded = record(next, signed)
    const cameras = next.cameras.map((camera) =>
      unrecorded.has(camera.id) ? { ...camera, clearance: undefined } : camera,
    )
    take({ ...next, cameras })
    if (unrecorded.size === 0) return blame(undefined)
    // The same file is read again at the next look.
    stamp = 'unrecorded'
    blame(`The audit takes no line, so no camera is opened: make room on the disk of ${dataDir}.`)
  }

  function read(signed?: string): void {
    try {
      adopt(parseStreams(readFileSync(path, 'utf8'), path, options), signed)
    } catch (error) {
      if (error instanceof StreamsError) return blame(error.message)
      // The system's words name the file, which is known, and nothing that helps.
      if (error instanceof Error && 'code' in error)
        return blame(`${path} can't be read: give it to the relay's user.`)
      throw error
    }
  }

  function look(): void {
    const is = stampOf()
    // An editor may take the file away for a moment before it puts the new one there.
    missed = is === '' ? missed + 1 : 0
    if (is === stamp || missed === 1) return
    stamp = is
    if (is === '') adopt(noStreams)
    else read()
  }

  stamp = stampOf()
  if (stamp !== '') read()
  else if (statSync(join(dataDir, 'streams.json'), { throwIfNoEntry: false }) !== undefined)
    log('streams.json is read no longer: write its cameras into streams.yaml, see CONTRIBUTING.md')
  const timer = setInterval(look, lookMs)

  function sign(id: string, { isPublic, by, reason, address }: Signature): boolean {
    const camera = byId.get(id)
    if (camera === undefined) return false
    const clearance = isPublic ? { by, at: toInstant(now()), reason } : undefined
    // A disk that is full must not keep a picture open.
    if (!isPublic)
      take({
        ...streams,
        cameras: streams.cameras.map((each) => (each.id === id ? { ...each, clearance } : each)),
      })
    audit.record(
      isPublic ? 'stream.cleared' : 'stream.closed',
      address,
      `${id} by ${by}: ${reason}`,
    )
    const content = withClearance(readFileSync(path, 'utf8'), id, clearance)
    if (content !== undefined) replaceFile(path, content)
    stamp = stampOf()
    read(id)
    if (fault !== undefined) throw new StreamsError(fault)
    return true
  }

  return {
    streams: () => streams,
    find: (id) => byId.get(id),
    fault: () => fault,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    sign,
    stop: () => clearInterval(timer),
  }
}
