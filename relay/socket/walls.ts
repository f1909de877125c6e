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
  /** Who has drawn the scene that was agreed on. */
  readonly drawn: Set<Member>
}

export interface Walls<Member> {
  /** False where there are too many already. */
  join(member: Member, wall: string): boolean
  propose(member: Member, proposal: Proposal): void
  /** A scene stands in a browser; once it does in all of a wall, it comes without waiting for the instant that was proposed. */
  drawn(member: Member, scene: string): void
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
/** In which the news that all have drawn a scene reaches each of them, and its compositor. */
const soonMs = 250

interface Options<Member> {
  /** Milliseconds of the relay's clock. */
  readonly now: () => number
  readonly send: (member: Member, agreed: Agreed) => void
  /** Somebody joined or left a wall, or it agreed on something. */
  readonly onChange?: (wall: string) => void
}

const emptyWall = <Member>(name: string): Wall<Member> => ({
  name,
  members: new Set(),
  ordinal: 0,
  agreed: null,
  drawn: new Set(),
})

export function createWalls<Member>({ now, send, onChange }: Options<Member>): Walls<Member> {
  const walls = new Map<string, Wall<Member>>()
  const partOf = new Map<Member, Wall<Member>>()

  function tell(member: Member, { members, ordinal, agreed }: Wall<Member>, isOwn = false): void {
    const [leader] = members
    send(member, { leads: member === leader, isOwn, ordinal, agreed })
  }

  function hasten(wall: Wall<Member>): void {
    const { agreed, members, drawn } = wall
    const from = now() + soonMs
    if (agreed === null || agreed.from <= from) return
    if (![...members].every((each) => drawn.has(each))) return
    wall.agreed = { ...agreed, from }
    for (const each of members) tell(each, wall)
  }

  function leave(member: Member): void {
    const wall = partOf.get(member)
    if (wall === undefined) return
    partOf.delete(member)
    const [leader] = wall.members
    wall.members.delete(member)
    wall.drawn.delete(member)
    if (wall.members.size === 0) walls.delete(wall.name)
    else {
      if (leader === member) for (const each of wall.members) tell(each, wall)
      hasten(wall)
    }
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
      const wall = walls.get(name) ?? emptyWall(name)
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
      const due = wall.agreed?.show.scene === show.scene ? wall.agreed.from : -Infinity
      if (wall.agreed?.show.scene !== show.scene) wall.drawn.clear()
      // Who did not know yet that the scene comes earlier does not put it off.
      const isEarlier = due > now() && due < from
      wall.ordinal += 1
      wall.agreed = { from: isEarlier ? due : from, show }
      for (const each of wall.members) tell(each, wall, each === member && !isEarlier)
      onChange?.(wall.name)
    },
    drawn(member, scene) {
      const wall = partOf.get(member)
      if (wall?.agreed?.show.scene !== scene) return
      wall.drawn.add(member)
      hasten(wall)
    },
  }
}
