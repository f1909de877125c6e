/**
 * The event log as the relay sees it. Every implementation passes `contract.ts`.
 * Order is the ordinal, never a clock; the highest `rev` of a (source, id) is the effective one.
 */

/** One event to keep. All strings are well-formed Unicode without NUL; `rev` is a safe integer ≥ 0. */
export interface Entry {
  /** The part of the log that it belongs to, which `readPart` reads alone: a division, or who else has to hear it. */
  readonly partition: string
  readonly source: string
  readonly id: string
  readonly rev: number
  /** `"source id"` key of the event that this one takes back. */
  readonly retracts?: string
  /** Event time, ISO 8601 with an offset. */
  readonly time: string
  /** Canonical event JSON. */
  readonly body: string
}

/** An entry on disk. `hash` is 64 hex digits and covers this entry, but for its partition, and every one before it. */
export interface Stored extends Omit<Entry, 'partition'> {
  /** 1 for the first entry, then one more each; there are no gaps. */
  readonly ordinal: number
  /** When the relay received it, ISO 8601. */
  readonly receivedAt: string
  readonly hash: string
}

/** `duplicate` carries the ordinal of the entry that was there first. */
export type Receipt =
  | { readonly status: 'accepted'; readonly ordinal: number }
  | { readonly status: 'duplicate'; readonly ordinal: number }

/** `ordinal` 0 and 64 zeros when the journal is empty. */
export interface Head {
  readonly ordinal: number
  readonly hash: string
}

/** Which of the kept states one is. A new `reducer` number starts a new line of snapshots. */
export interface SnapshotName {
  readonly reducer: number
  /** The part of the state, such as one division. */
  readonly part: string
  /** The last entry that it knows. */
  readonly ordinal: number
}

/** A part of a reduced state; `hash` is that of its last entry. */
export interface Snapshot extends SnapshotName {
  readonly hash: string
  /** The latest event time in it, in ms: what happened later is not in it. */
  readonly timeMs: number
  readonly state: Uint8Array
}

/** Which entries of a partition: ordinals above `after`, up to `upTo`, that happened after `afterMs`, up to `untilMs`. */
export interface Range {
  readonly after: number
  readonly upTo: number
  /** −Infinity for all. */
  readonly afterMs: number
  /** Infinity for all. */
  readonly untilMs: number
}

/** `ordinal` is the last entry that holds, or the first that does not. */
export type Verdict =
  | { readonly ok: true; readonly ordinal: number }
  | { readonly ok: false; readonly ordinal: number; readonly reason: string }

export interface Journal {
  /**
   * Resolves after the commit is on disk, one receipt an entry, in order. The whole call is stored or none of it.
   * The same (source, id, rev) again, in this call or any before, is a duplicate.
   * Rejects with `JournalFull` (nothing stored, try again later) or `TypeError` (an entry is not storable).
   */
  append(entries: readonly Entry[], receivedAt: string): Promise<readonly Receipt[]>
  /** At most `limit` entries with an ordinal above `after`, ascending. */
  read(after: number, limit: number): readonly Stored[]
  /** At most `limit` entries of one partition within a range, ascending. */
  readPart(partition: string, range: Range, limit: number): readonly Stored[]
  /** The highest `rev` of this event, among the entries with an ordinal below `before` where one is given. */
  find(source: string, id: string, before?: number): Stored | undefined
  /**
   * Calls back with newly committed entries in ordinal order, before the promise of their append resolves.
   * Returns how to stop. An error thrown by a listener surfaces as uncaught; the append still resolves.
   */
  tail(listener: (entries: readonly Stored[]) => void): () => void
  head(): Head
  /** Reads everything and recomputes the chain; a second or two for 300,000 entries. */
  verify(): Verdict
  /**
   * Keeps the newest few of each part and thins out the older ones, most where they stand closest.
   * Throws `RangeError` when (ordinal, hash) is not in this journal, `JournalFull` on a full disk.
   */
  saveSnapshot(snapshot: Snapshot): void
  /** What is kept of a reducer, newest first; of one part where it is named. */
  snapshots(reducer: number, part?: string): readonly Omit<Snapshot, 'state' | 'hash'>[]
  /** Undefined when it is gone or damaged: replay costs time, a wrong board costs trust. */
  loadSnapshot(name: SnapshotName): Uint8Array | undefined
  /** Writes a consistent, verified copy to a new file while appends go on. Refuses an existing file. */
  backup(path: string): Promise<void>
  /** Commits what is queued, then lets go. Appends after it reject. */
  close(): Promise<void>
}

/** A delivery that was turned away, kept so that its sender's operator can see why. */
export interface Refusal {
  readonly platform: string
  /** ISO 8601. */
  readonly receivedAt: string
  /** The HTTP status that was answered. */
  readonly status: number
  readonly reason: string
  /** What arrived, cut to 64 KB of UTF-8. */
  readonly body: string
}

export interface StoredRefusal extends Refusal {
  /** Rises with each refusal; pass the last one seen as `before` for the next page. */
  readonly number: number
}

export interface Refusals {
  /** Never throws for a full disk: the newest few wait in memory until there is space. Not durable until the next turn. */
  add(refusal: Refusal): void
  /** Newest first, 100 unless told. The newest 10,000 are kept. */
  list(filter?: {
    readonly platform?: string
    readonly before?: number
    readonly limit?: number
  }): readonly StoredRefusal[]
  /** How many of each platform are kept. */
  counts(): ReadonlyMap<string, number>
}

/** The disk is full or failing: answer 503. Nothing of the refused group is stored; the journal works again when the disk does. */
export class JournalFull extends Error {
  override readonly name = 'JournalFull'
}

/** Another process, or another part of this one, has this journal open. */
export class JournalLocked extends Error {
  override readonly name = 'JournalLocked'
}

/** What is on disk is not what was written. `ordinal` is the first entry that does not hold; 0 when it is the file itself. */
export class JournalCorrupt extends Error {
  override readonly name = 'JournalCorrupt'
  readonly ordinal: number
  constructor(ordinal: number, reason: string, options?: ErrorOptions) {
    super(
      `The journal is damaged at entry ${ordinal}: ${reason}. Restore the last backup.`,
      options,
    )
    this.ordinal = ordinal
  }
}
