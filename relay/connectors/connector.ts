/** What every kind of connector is made of. */

/** One native message as it was found, or why there is none. */
export type Parcel = {
  /** Where it was found, for a refusal: `第 14 行`, `id 4711`. */
  readonly where: string
} & (
  | { readonly body: unknown }
  /** It cannot be read: the reason, and what is kept with the refusal, in which nothing personal is left. */
  | { readonly wrong: string; readonly kept: string }
)

/** What became of the events of one parcel. */
export interface Outcome {
  readonly accepted: number
  readonly duplicate: number
  /** One reason for each refused item. */
  readonly refused: readonly string[]
}

/** Resolves after the good events are on disk and the refused ones are kept. Throws `Problem` 503 when nothing could be stored. */
export type Take = (parcels: readonly Parcel[]) => Promise<readonly Outcome[]>

/** How much is waiting at the source. */
export type Lag = { readonly rows: number } | { readonly seconds: number }

/** Something to tell the operator, and to try again after. `misconfigured` will not mend by itself. */
export class Trouble extends Error {
  override readonly name = 'Trouble'
  readonly state: 'backing-off' | 'misconfigured'
  /** When the source itself says how long to stay away. */
  readonly waitMs: number | undefined

  constructor(
    state: 'backing-off' | 'misconfigured',
    sentence: string,
    options: { cause?: unknown; waitMs?: number } = {},
  ) {
    super(sentence, options.cause === undefined ? {} : { cause: options.cause })
    this.state = state
    this.waitMs = options.waitMs
  }
}

export interface Pulled {
  readonly parcels: readonly Parcel[]
  /**
   * The mark after these parcels, once they are on disk; what has to be written down before it is written here.
   * Called again when the mark could not be saved.
   */
  settle(outcomes: readonly Outcome[]): unknown
  /** Ask again at once. */
  readonly isMore: boolean
  readonly lag?: Lag
}

/** A source that is asked. Marks are JSON values, undefined at the very first. */
export interface Source {
  /** Rejects with `Trouble`, or with anything else for a failure that no one foresaw. */
  pull(mark: unknown, signal: AbortSignal): Promise<Pulled>
  close(): Promise<void>
}

/** Something that runs until it is told to stop. */
export interface Running {
  /** Resolves when what was under way is on disk and the source is let go. */
  stop(): Promise<void>
}
