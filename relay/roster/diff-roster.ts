/** What an import would change, organisation by organisation and field by field. Pure. */
import type { RosterEntry } from './read-roster.ts'

export interface Difference {
  readonly entry: RosterEntry
  readonly kind: 'new' | 'changed'
  /** Field, what holds now, what the sheet says. */
  readonly fields: readonly (readonly [field: string, before: string, after: string])[]
  readonly isRecordChanged: boolean
  readonly isCountChanged: boolean
}

export interface Diff {
  readonly differences: readonly Difference[]
  readonly unchanged: number
  /** In the relay and not in the sheet: named, never dissolved by an import. */
  readonly missing: readonly RosterEntry[]
}

export const fieldNames: Readonly<Record<string, string>> = {
  name: '名称',
  kind: '类别',
  group: '分类',
  parent: '上级',
  township: '乡镇',
  village: '村(社区)',
  lng: '经度',
  lat: '纬度',
  foundedOn: '成立日期',
  termEndsOn: '换届日期',
  electedOn: '选举日期',
  termPostponedTo: '延期至',
  members: '党员人数',
}

export function diffRoster(
  sheet: readonly RosterEntry[],
  now: ReadonlyMap<string, RosterEntry>,
): Diff {
  const differences: Difference[] = []
  let unchanged = 0
  const inSheet = new Set<string>()
  for (const entry of sheet) {
    inSheet.add(entry.id)
    const known = now.get(entry.id)
    const fields = changesOf(known, entry)
    if (fields.length === 0) unchanged += 1
    else
      differences.push({
        entry,
        kind: known === undefined ? 'new' : 'changed',
        fields,
        isRecordChanged: fields.some(([field]) => field !== 'members'),
        isCountChanged: fields.some(([field]) => field === 'members'),
      })
  }
  return {
    differences,
    unchanged,
    missing: [...now.values()].filter(({ id }) => !inSheet.has(id)),
  }
}

function changesOf(before: RosterEntry | undefined, after: RosterEntry): Difference['fields'] {
  const old = flat(before)
  const next = flat(after)
  return Object.keys(fieldNames).flatMap((field) =>
    old[field] === next[field] ? [] : [[field, old[field] ?? '', next[field] ?? ''] as const],
  )
}

function flat(entry: RosterEntry | undefined): Readonly<Record<string, string>> {
  if (entry === undefined) return {}
  const all = { ...entry.recorded, members: entry.members }
  return Object.fromEntries(Object.entries(all).map(([field, value]) => [field, String(value)]))
}
