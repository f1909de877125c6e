/** Native bodies of the mock platforms, opened so that a test can change any value in them. */
import type { Event } from '../../protocol/events.ts'
import type { Delivery, MockPlatform } from '../../mock-feeds/platform.ts'
import type { Random } from '../../mock-feeds/random.ts'
import { parseForm } from '../../relay/http/form.ts'
import { parseJson } from '../../relay/http/parse.ts'
import type { Adapter, ReadItem } from '../../relay/platforms/adapter.ts'

/** A body as a tree; JSON inside a form's field is part of the tree. */
export interface Opened {
  readonly tree: unknown
  /** Names of the form's fields that hold JSON. */
  readonly inner: readonly string[]
}

export function open({ contentType, body }: Delivery): Opened {
  const bytes = new TextEncoder().encode(body)
  if (contentType === 'application/json') return { tree: unfold(parseJson(bytes)), inner: [] }
  const form = parseForm(bytes)
  const inner = Object.keys(form).filter((name) => /^[[{]/.test(form[name] ?? ''))
  const tree = Object.fromEntries(
    Object.entries(form).map(([name, value]) => [
      name,
      inner.includes(name) ? (JSON.parse(value) as unknown) : value,
    ]),
  )
  return { tree, inner }
}

/** What the messages became, without the messages themselves. */
export function readTree(adapter: Adapter, opened: Opened): readonly ReadItem[] {
  return adapter
    .read(closed(opened))
    .items.map((item) =>
      item.ok ? { ok: true, events: item.events } : { ok: false, reason: item.reason },
    )
}

/** The value that an adapter reads. */
function closed({ tree, inner }: Opened): unknown {
  if (inner.length === 0) return fold(tree)
  return Object.fromEntries(
    Object.entries(tree as Record<string, unknown>).map(([name, value]) => [
      name,
      inner.includes(name) ? JSON.stringify(value) : value,
    ]),
  )
}

/** The body as it is sent. */
export function sentAs(opened: Opened): string {
  const value = closed(opened)
  return opened.inner.length === 0
    ? JSON.stringify(value)
    : new URLSearchParams(value as Record<string, string>).toString()
}

interface Table {
  readonly cols: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** The rows of a table with named columns as objects, so that its cells have names in the tree. */
function unfold(tree: unknown): unknown {
  const { cols, rows, ...rest } = tree as Partial<Table>
  if (cols === undefined || rows === undefined) return tree
  return {
    ...rest,
    rows: rows.map((row) => Object.fromEntries(cols.map((name, i) => [name, row[i]]))),
    cols,
  }
}

function fold(tree: unknown): unknown {
  const { cols, rows } = tree as { cols?: unknown; rows?: unknown }
  if (!Array.isArray(cols) || !Array.isArray(rows)) return tree
  // A cell that nobody agreed on is a column that nobody agreed on.
  const more = rows
    .flatMap((row) => Object.keys(row as object))
    .filter((name) => !cols.includes(name))
  const all = cols.some((name) => typeof name !== 'string') ? cols : [...cols, ...new Set(more)]
  return {
    ...(tree as object),
    cols: all,
    rows: rows.map((row) => all.map((name) => (row as Record<string, unknown>)[String(name)])),
  }
}

export const eventsOf = (items: readonly ReadItem[]): readonly Event[] =>
  items.flatMap((item) => (item.ok ? item.events : []))

export type Path = readonly (string | number)[]

/** Ways to all values that hold no others. */
export function leaves(tree: unknown, path: Path = []): readonly Path[] {
  if (typeof tree !== 'object' || tree === null) return [path]
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(tree)
    ? tree.map((value: unknown, i) => [i, value] as const)
    : Object.entries(tree)
  return entries.flatMap(([key, value]) => leaves(value, [...path, key]))
}

/** A copy in which `change` has been applied to what holds the value at `path`. */
export function changed(
  { tree, inner }: Opened,
  path: Path,
  change: (holder: Record<string | number, unknown>, key: string | number) => void,
): Opened {
  const copy = structuredClone(tree)
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as never)[key], copy)
  change(holder as Record<string | number, unknown>, path.at(-1) ?? '')
  return { tree: copy, inner }
}

/** Some events of every kind a platform says, corrections and withdrawals among them, out of its own stories. */
export function samplesOf(
  platform: MockPlatform,
  { seed, asOfMs }: { seed: number; asOfMs: number },
  random: Random,
): readonly Event[] {
  const most = 6
  const kept = new Map<string, Event[]>()
  const seen = new Map<string, number>()
  const story = platform.tell({ seed, asOfMs })
  const hourMs = 3_600_000
  for (const events of [story.published(), story.between(asOfMs, asOfMs + 6 * hourMs)]) {
    for (const event of events) {
      const fields = Object.keys(event.data).join()
      const key = `${event.kind} ${fields} ${event.rev > 1} ${event.retracts !== undefined}`
      const own = kept.get(key) ?? []
      const place = seen.get(key) ?? 0
      seen.set(key, place + 1)
      // A reservoir: every event of a kind has the same chance to be a sample.
      const at = place < most ? place : random.between(0, place)
      if (at < most) own[at] = event
      kept.set(key, own)
    }
  }
  return [...kept.values()].flat()
}
