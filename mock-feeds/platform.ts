/** What every mock platform is: a story of canonical events, and the native bodies in which it tells them. */
import type { Event, EventData, EventKind, Feed } from '../protocol/events.ts'
import { toInstant } from '../protocol/time.ts'

/** One HTTP body in the platform's own dialect. */
export interface Delivery {
  readonly contentType: 'application/json' | 'application/x-www-form-urlencoded'
  readonly body: string
  /** How many events it tells. */
  readonly events: number
}

/** Seconds between two reports of each feed that the platform has. */
export type Feeds = Readonly<Partial<Record<Feed, number>>>

export interface MockPlatform {
  readonly platform: string
  /** Divisions that its key speaks for, the same as its adapter's; 530000 covers a province. */
  readonly divisions: readonly string[]
  readonly feeds: Feeds
  /** Everything that its dialect can say; each occurs in its stories. */
  readonly kinds: readonly EventKind[]
  /** Fields of the dialect, by their last name, that hold what must go no further than the adapter. */
  readonly personal: readonly string[]
  /** Fields of the dialect, by their last name, of which the adapter makes a count and lets nothing else pass. */
  readonly weighed?: readonly string[]
  /** The id of a report of `feeds`, for a dialect whose ids have a form of their own. */
  readonly reportId?: (county: string, feed: Feed, atMs: number) => string
  tell(options: StoryOptions): Story
  /** In the order of the events, batched or paged. Throws `TypeError` on a kind that this dialect cannot say. */
  deliveries(events: Iterable<Event>): Iterable<Delivery>
}

export interface StoryOptions {
  /** Changes the events, never the published totals. */
  readonly seed: number
  /** The moment at which the totals hold, whole seconds, ms since 1970. */
  readonly asOfMs: number
}

/** The same options give the same events, however the time is cut. Every event is at or before the moment it is told for. */
export interface Story {
  /** What stands before anything happens: organisations, members, stations … as of `atMs`. */
  roster(atMs: number): Iterable<Event>
  /** All that the platform published of itself: folded, it gives exactly those totals as of `asOfMs`. Holds a roster. */
  published(): Iterable<Event>
  /** Life as it happens: fromMs ≤ time < toMs, without the reports of `feeds`. */
  between(fromMs: number, toMs: number): Iterable<Event>
}

interface Occasion {
  readonly id: string
  readonly county: string
  readonly subject: string
  readonly atMs: number
  readonly rev?: number
  readonly retracts?: string
}
export type Say = <K extends EventKind>(occasion: Occasion, kind: K, data: EventData<K>) => Event

/** Makes the events of one platform. */
export const sayAs =
  (source: string): Say =>
  ({ id, county, subject, atMs, rev = 1, retracts }, kind, data) =>
    // `kind` and `data` come in as a pair; the union cannot be built from a type parameter.
    ({
      source,
      id,
      rev,
      ...(retracts !== undefined && { retracts }),
      subject,
      county,
      time: toInstant(atMs),
      kind,
      data,
    }) as Event

/** The platform says of all its feeds at once that they are complete up to `atMs`. */
export function* reportsAt(platform: MockPlatform, atMs: number): Generator<Event> {
  for (const [feed, cadence] of Object.entries(platform.feeds) as [Feed, number][])
    yield* reportsOf(platform, feed, cadence, atMs)
}

/** The latest report of each feed in fromMs < time ≤ toMs. */
export function* reportsBetween(
  platform: MockPlatform,
  fromMs: number,
  toMs: number,
): Generator<Event> {
  for (const [feed, cadence] of Object.entries(platform.feeds) as [Feed, number][]) {
    const atMs = Math.floor(toMs / (cadence * 1000)) * cadence * 1000
    if (atMs > fromMs) yield* reportsOf(platform, feed, cadence, atMs)
  }
}

function* reportsOf(
  { platform, divisions, reportId }: MockPlatform,
  feed: Feed,
  cadenceSeconds: number,
  atMs: number,
): Generator<Event> {
  const say = sayAs(platform)
  for (const county of divisions) {
    const id = reportId?.(county, feed, atMs) ?? `sr-${county}-${feed}-${Math.floor(atMs / 1000)}`
    yield say({ id, county, subject: platform, atMs }, 'source.reported', { feed, cadenceSeconds })
  }
}

/** Cuts a stream into lists of at most `size`. */
export function* pagesOf<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let page: T[] = []
  for (const item of items) {
    page.push(item)
    if (page.length < size) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
