/** The focus of one page: it outlives the page, and follows its tree when that changes. */
import { useLayoutEffect, useReducer, useRef } from 'react'
import { useTelevision } from '../television.ts'
import type { Listener } from './dispatcher.ts'
import { begin, move, settle, type Direction, type FocusNode } from './tree.ts'

export interface Focused {
  /** The leaf; '' where there is none. */
  readonly at: string
  /** As a pointer does it: the focus, and OK. */
  press(leaf: string): void
  /** Moves the focus to a leaf for another reason than a key. */
  put(leaf: string): void
}

interface Options {
  /** Where the focus is when the page is opened for the first time. */
  readonly start?: string
  readonly onOk: (leaf: string) => void
  /** An arrow that leads nowhere. */
  readonly onEdge?: (direction: Direction, leaf: string) => void
  /** Keys other than arrows and OK. */
  readonly onKey?: Listener
}

export function useListener(listener: Listener): void {
  const { dispatcher } = useTelevision()
  const latest = useRef(listener)
  useLayoutEffect(() => {
    latest.current = listener
  })
  useLayoutEffect(
    function listenToKeys() {
      return dispatcher.listen((action) => latest.current(action))
    },
    [dispatcher],
  )
}

export function useFocus(page: string, tree: FocusNode, options: Options): Focused {
  const { focuses } = useTelevision()
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const known = focuses.get(page)
  const focus =
    known === undefined ? begin(tree, options.start) : settle(known.tree, tree, known.focus)
  useLayoutEffect(() => {
    focuses.set(page, { tree, focus })
  })

  useListener((action) => {
    // Keys come faster than pages are drawn: what counts is where the last one led.
    const now = focuses.get(page)?.focus ?? focus
    switch (action) {
      case 'up':
      case 'down':
      case 'left':
      case 'right': {
        const next = move(tree, now, action)
        if (next === null) options.onEdge?.(action, now.at)
        else {
          focuses.set(page, { tree, focus: next })
          draw()
        }
        return true
      }
      case 'ok':
        if (now.at !== '') options.onOk(now.at)
        return true
      default:
        return options.onKey?.(action) ?? false
    }
  })

  const put = (leaf: string) => {
    focuses.set(page, { tree, focus: { ...focus, at: leaf } })
    draw()
  }
  return {
    at: focus.at,
    put,
    press(leaf) {
      put(leaf)
      options.onOk(leaf)
    },
  }
}
