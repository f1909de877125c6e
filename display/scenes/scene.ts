/** A scene is data: what it is called, how long it stays, and which widget stands where. */
import type { ComponentType } from 'react'
import type { Board } from '../../protocol/board.ts'
import type { Area } from '../theme/theme.ts'

export interface Scene {
  readonly id: string
  readonly title: string
  /** How long it stays in the rotation. */
  readonly seconds: number
  readonly places: readonly Place[]
  /**
   * Where platforms differ in what they tell: the places for this board, one of a few constant lists, so that what is
   * told has the room. Without it, or before the first snapshot, `places`.
   */
  readonly arrange?: (board: Board) => readonly Place[]
  /** What stands at the left of the footer, where it is not the legend of the spectrum. */
  readonly caption?: string
  /** About one thing that the address names: no tab leads there and no rotation brings it. */
  readonly isApart?: true
  /** It has a feed and flags, between which the thread of an event runs. */
  readonly hasThread?: true
}

export interface Place {
  readonly name: string
  readonly area: Area | readonly [number, number, number, number]
  readonly widget: ComponentType
  /** Keeps its place when the banner pushes the body down. */
  readonly fixed?: boolean
}
