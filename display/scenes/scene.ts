/** A scene is data: what it is called, how long it stays, and which widget stands where. */
import type { ComponentType } from 'react'
import type { Board } from '../../protocol/board.ts'
import type { Area, Box } from './arrange.ts'

export interface Scene {
  readonly id: string
  readonly title: string
  /** How long it stays in the rotation. */
  readonly seconds: number
  /** On the canvas of 240 × 135 u. On a wider one each keeps what it holds, or they widen alike. */
  readonly places: readonly Place[]
  /**
   * Where platforms differ in what they tell: the places for this board, one of a few constant lists, so that what is
   * told has the room. Without it, or before the first snapshot, `places`, or `far`.
   */
  readonly arrange?: (board: Board, look: Look) => readonly Place[]
  /** Places that only such a list has; the gallery shows them beside `places`. */
  readonly others?: readonly Place[]
  /** Instead of all others for readers from 7 m on: larger and fewer. */
  readonly far: readonly Place[]
  /** Instead of `places` where one module, or two, stand at each side of the scene: what those show need not be shown twice. */
  readonly beside?: readonly [one: readonly Place[], two: readonly Place[]]
  /** False: this board has nothing for it, and the rotation passes it over; its tab and its address still work. */
  readonly isTold?: (board: Board) => boolean
  /** What stands at the left of the footer, where it is not the legend of the spectrum. */
  readonly caption?: string
  /** About one thing that the address names: no tab leads there and no rotation brings it. */
  readonly isApart?: true
  /** It has the screen to itself: no header, no footer, nothing beside it, and no tab. */
  readonly isBare?: true
  /** Shows how things are now, and nothing of a board: a wall in the past has it not. */
  readonly isOfNow?: true
  /** It has a feed and flags, between which the thread of an event runs. */
  readonly hasThread?: true
}

export interface Look {
  /** How many modules stand at each side. */
  readonly beside: number
  /** For readers from 7 m on. */
  readonly isFar: boolean
}

export interface Place {
  readonly name: string
  readonly area: Area | Box
  readonly widget: ComponentType
  /** Keeps its place when the banner pushes the body down. */
  readonly fixed?: boolean
  /** Its lengths are the wall's own on every wall: for readers far away only its type grows. */
  readonly isDrawn?: true
  /** On a canvas wider than 240 u: stands by this edge, or reaches to both. */
  readonly hold?: 'left' | 'right' | 'both'
}

/** 60 u of a flank, `area`s from its own left edge; what ends at 116 u reaches down to the footer where there is no spectrum. */
export type Module = readonly Place[]
