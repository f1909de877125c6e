/** Every scope that has a board: the divisions of the log, and the prefectures and provinces above them. */
import { above, covers } from '../../protocol/division.ts'
import type { Division, Published } from './division.ts'
import { createRollUp, type RollUp } from './roll-up.ts'
import type { Versioned } from './versioned.ts'

export interface ScopeChange {
  readonly scope: string
  readonly change: Published
}

export interface Tree {
  scopes(): readonly string[]
  /** Undefined while nothing was told of the scope. */
  board(scope: string): Versioned | undefined
  /** Puts a division on its board, and its figures in front of those above, which publish later. */
  publish(division: Division): readonly ScopeChange[]
  /** Scopes above that have something to publish. */
  due(): readonly string[]
  publishAbove(scope: string): readonly ScopeChange[]
  /** After a replay: see `Division.begin`. */
  begin(asOfMs?: number): void
}

export function createTree(divisions: ReadonlyMap<string, Division>): Tree {
  const rollUps = new Map<string, RollUp>()
  const waiting = new Set<string>()

  /** Made when the first division beneath appears. */
  function rollUpAt(code: string): RollUp {
    const known = rollUps.get(code)
    if (known !== undefined) return known
    const rollUp = createRollUp(code)
    rollUps.set(code, rollUp)
    for (const division of divisions.values())
      if (covers(code, division.code)) rollUp.take(division)
    return rollUp
  }

  function rollUpsOf(code: string): readonly RollUp[] {
    const own = rollUps.get(code)
    return [...(own === undefined ? [] : [own]), ...above(code).map(rollUpAt)]
  }

  /** Divisions are published one after the other, and what came first is not always on its board first. */
  function shownBeneath(scope: string): number {
    let shown = Infinity
    for (const division of divisions.values())
      if (covers(scope, division.code)) shown = Math.min(shown, (division.behind() ?? Infinity) - 1)
    return shown
  }

  return {
    scopes: () => [...new Set([...divisions.keys(), ...rollUps.keys()])],
    board: (scope) => (rollUps.get(scope) ?? divisions.get(scope))?.published(),
    publish(division) {
      const change = division.publish()
      if (change === undefined) return []
      for (const rollUp of rollUpsOf(division.code)) {
        rollUp.take(division, change)
        waiting.add(rollUp.code)
      }
      return rollUps.has(division.code) ? [] : [{ scope: division.code, change }]
    },
    due: () => [...waiting],
    publishAbove(scope) {
      waiting.delete(scope)
      const change = rollUps.get(scope)?.publish(shownBeneath(scope))
      return change === undefined ? [] : [{ scope, change }]
    },
    begin(asOfMs) {
      for (const division of divisions.values()) {
        division.begin(asOfMs)
        for (const rollUp of rollUpsOf(division.code)) rollUp.take(division)
      }
      for (const rollUp of rollUps.values()) rollUp.begin()
    },
  }
}
