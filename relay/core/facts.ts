/** The facts that hold now, each the latest told of its thing, kept up as they are told and taken back. Pure. */
import type { Domain, FactData, FactGroup } from './domain.ts'
import { isEarlier, none, type Entries } from './register.ts'

/** A fact that holds. */
export interface Told<G extends FactGroup> {
  readonly subject: string
  readonly data: FactData[G]
  /** When it was last told, in ms, and by whom: `source`, newline, the key within it. */
  readonly at: number
  readonly key: string
}

export interface Facts {
  /** Call after something was told of a thing: what held of it before, and what holds now. */
  index<G extends FactGroup>(
    group: G,
    key: string,
  ): { readonly before: Told<G> | undefined; readonly now: Told<G> | undefined }
  all<G extends FactGroup>(group: G): Iterable<Told<G>>
  /** Of the groups that are asked for by subject. */
  subjects(group: SubjectGroup): Iterable<string>
  /** How many hold of a subject. */
  countOf(group: SubjectGroup, subject: string): number
  /** Everything told of a subject, over all sources, in order. */
  history<G extends SubjectGroup>(group: G, subject: string): Entries<FactData[G]>
}

const subjectGroups = ['checked', 'duesChecked', 'floating'] as const
type SubjectGroup = (typeof subjectGroups)[number]

export function createFacts(domain: Domain): Facts {
  const current = new Map<FactGroup, Map<string, Told<FactGroup>>>()
  const bySubject = new Map<FactGroup, Map<string, Set<Told<FactGroup>>>>()

  const groupOf = <G extends FactGroup>(group: G): Map<string, Told<G>> => {
    const known = current.get(group) ?? new Map<string, Told<FactGroup>>()
    current.set(group, known)
    // The fold of each group keeps that group's data under it.
    return known as Map<string, Told<G>>
  }

  function read<G extends FactGroup>(group: G, key: string): Told<G> | undefined {
    const last = domain.facts.get(group)?.get(key)?.at(-1)
    if (!last?.value.data) return undefined
    return { ...last.value, at: last.at, key } as Told<G>
  }

  function note(group: FactGroup, fact: Told<FactGroup>, isAdded: boolean): void {
    if (!(subjectGroups as readonly FactGroup[]).includes(group)) return
    const subjects = bySubject.get(group) ?? new Map<string, Set<Told<FactGroup>>>()
    bySubject.set(group, subjects)
    const told = subjects.get(fact.subject) ?? new Set()
    if (isAdded) told.add(fact)
    else told.delete(fact)
    if (told.size === 0) subjects.delete(fact.subject)
    else subjects.set(fact.subject, told)
  }

  return {
    index(group, key) {
      const facts = groupOf(group)
      const before = facts.get(key)
      const now = read(group, key)
      if (before !== undefined) note(group, before, false)
      if (now === undefined) facts.delete(key)
      else {
        facts.set(key, now)
        note(group, now, true)
      }
      return { before, now }
    },
    all: (group) => groupOf(group).values(),
    subjects: (group) => bySubject.get(group)?.keys() ?? [],
    countOf: (group, subject) => bySubject.get(group)?.get(subject)?.size ?? 0,
    history<G extends SubjectGroup>(group: G, subject: string): Entries<FactData[G]> {
      const told = bySubject.get(group)?.get(subject)
      if (told === undefined) return none
      const entries = [...told].flatMap(({ key }) => domain.facts.get(group)?.get(key) ?? none)
      // The fold of each group keeps that group's data under it.
      return entries
        .map(({ value, ...entry }) => ({ ...entry, value: value.data as FactData[G] }))
        .sort((a, b) => (isEarlier(a, b) ? -1 : 1))
    },
  }
}

/** In the order in which things were told; by key where at once. */
export function isBefore(a: Told<FactGroup>, b: Told<FactGroup>): boolean {
  return a.at < b.at || (a.at === b.at && a.key < b.key)
}
