/**
 * Several browsers that are one wall: the relay keeps for each wall who is there and what was agreed on last, and says
 * both to all of them. What a scene means it does not know. A wall is forgotten with its last browser.
 */
import type { Agreed, Proposal } from '../../protocol/agreement.ts'

interface Wall<Member> {
  readonly name: string
  /** In the order in which they came; the first leads. */
  readonly members: Set<Member>
  ordinal: number
  agreed: Agreed['agreed']
}

export interface Walls<Member> {
  /** False where there are too many already. */
  join(member: Member, wall: string): boolean
  propose(member: Member, proposal: Proposal): void
  leave(member: Member): void
  /** The wall that a browser is a part of. */
  wallOf(member: Member): string | undefined
  /** A wall's browsers, the one that leads first. */
  membersOf(wall: string): readonly Member[]
  all(): readonly string[]
  /** What a wall agreed on last. */
  agreedOn(wall: string): Agreed['agreed']
}

const wallsMost = 64
const membersMost = 64
/** A switch lies ahead by two seconds at most; no clock that is right is farther off than this. */
const awayMostMs = 5_000

interface Options<Member> {
  /** Milliseconds of the relay's clock. */
  readonly now: () => number
  readonly send: (member: Member, agreed: Agreed) => void
  /** Somebody joined or left a wall, or it agreed on something. */
  readonly onChange?: (wall: string) => void
}

export function createWalls<Member>({ now, send, onChange }: Options<Member>): Walls<Member> {
  const walls = new Map<string, Wall<Member>>()
  const partOf = new Map<Member, Wall<Member>>()

  function tell(member: Member, { members, ordinal, agreed }: Wall<Member>, isOwn = false): void {
    const [leader] = members
    send(member, { leads: member === leader, isOwn, ordinal, agreed })
  }

  function leave(member: Member): void {
    const wall = partOf.get(member)
    if (wall === undefined) return
    partOf.delete(member)
    const [leader] = wall.members
    wall.members.delete(member)
    if (wall.members.size === 0) walls.delete(wall.name)
    else if (leader === member) for (const each of wall.members) tell(each, wall)
    onChange?.(wall.name)
  }

  return {
    leave,
    wallOf: (member) => partOf.get(member)?.name,
    membersOf: (name) => [...(walls.get(name)?.members ?? [])],
    all: () => [...walls.keys()],
    agreedOn: (name) => walls.get(name)?.agreed ?? null,
    join(member, name) {
      leave(member)
      const wall = walls.get(name) ?? { name, members: new Set(), ordinal: 0, agreed: null }
      if (wall.members.size >= membersMost || (!walls.has(name) && walls.size >= wallsMost))
        return false
      walls.set(name, wall)
      partOf.set(member, wall)
      wall.members.add(member)
      tell(member, wall)
      onChange?.(name)
      return true
    },
    propose(member, { after, from, show }) {
      const wall = partOf.get(member)
      if (wall === undefined) return
      if (after !== wall.ordinal || Math.abs(from - now()) > awayMostMs) {
        // Somebody else was quicker: the proposer goes on from what that one said.
        tell(member, wall)
        return
      }
      wall.ordinal += 1
      wall.agreed = { from, show }
      for (const each of wall.members) tell(each, wall, each === member)
      onChange?.(wall.name)
    },
  }
}
