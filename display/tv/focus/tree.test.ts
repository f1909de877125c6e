import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  begin,
  column,
  grid,
  move,
  row,
  settle,
  type Direction,
  type Focus,
  type FocusNode,
} from './tree.ts'

const home = column('home', [
  row('top', ['window', 'branch']),
  row('tiles', ['see', 'learn', 'rank', 'serve', 'hear']),
])
const go = (tree: FocusNode, focus: Focus, ...directions: readonly Direction[]): Focus =>
  directions.reduce((at, direction) => move(tree, at, direction) ?? at, focus)

describe('arrows', () => {
  it('begin at the live window and lead through every tile', () => {
    const start = begin(home, 'window')
    expect(go(home, start, 'down').at).toBe('see')
    expect(go(home, start, 'down', 'right', 'right', 'right', 'right').at).toBe('hear')
    expect(go(home, start, 'right').at).toBe('branch')
  })
  it('come back to the tile that was used last', () => {
    const away = go(home, begin(home, 'window'), 'down', 'right', 'right', 'up')
    expect(away.at).toBe('window')
    expect(go(home, away, 'down').at).toBe('rank')
  })
  it('stop at the edges', () => {
    const start = begin(home, 'window')
    expect(move(home, start, 'left')).toBeNull()
    expect(move(home, start, 'up')).toBeNull()
    expect(move(home, go(home, start, 'down'), 'down')).toBeNull()
  })
  it('keep their column in a grid, as far as the next row reaches', () => {
    const towns = grid('towns', ['a', 'b', 'c', 'd', 'e'], 3)
    const c = begin(towns, 'c')
    expect(go(towns, c, 'down').at).toBe('e')
    expect(go(towns, begin(towns, 'b'), 'down').at).toBe('e')
    expect(go(towns, begin(towns, 'd'), 'up').at).toBe('a')
  })
  it('pass over what is empty', () => {
    const tree = column('page', [row('one', ['a']), row('none', []), row('two', ['b'])])
    expect(go(tree, begin(tree), 'down').at).toBe('b')
  })
})

describe('focus when rows change under it', () => {
  const list = (ids: readonly string[]) =>
    column('page', [row('tabs', ['tab']), column('list', ids)])
  it('stays where it is', () => {
    const before = list(['a', 'b', 'c'])
    expect(settle(before, list(['x', 'b']), begin(before, 'b')).at).toBe('b')
  })
  it('goes to what followed, else to what was before', () => {
    const before = list(['a', 'b', 'c'])
    expect(settle(before, list(['a', 'c']), begin(before, 'b')).at).toBe('c')
    expect(settle(before, list(['a', 'b']), begin(before, 'c')).at).toBe('b')
  })
  it('leaves a list that has become empty, and finds one that was', () => {
    const before = list(['a'])
    const left = settle(before, list([]), begin(before, 'a'))
    expect(left.at).toBe('tab')
    const none = column('page', [])
    const lost = settle(before, none, begin(before, 'a'))
    expect(lost.at).toBe('')
    expect(settle(none, before, lost).at).toBe('a')
  })
})

describe('[always one] the focus', () => {
  const leaf = fc.constantFrom(...'abcdefghij')
  const anyTree: fc.Arbitrary<FocusNode> = fc
    .array(fc.uniqueArray(leaf, { maxLength: 4 }), { maxLength: 4 })
    .map((rows) => {
      const seen = new Set<string>()
      const own = rows.map((ids) => ids.filter((id) => !seen.has(id) && seen.add(id)))
      return column(
        'page',
        own.map((ids, at) => row(`row ${at}`, ids)),
      )
    })
  const leaves = (node: FocusNode): readonly string[] =>
    typeof node === 'string' ? [node] : node.children.flatMap(leaves)

  it('is on a leaf of the tree whatever is pressed and whatever rows come and go', () => {
    const press = fc.constantFrom<Direction>('up', 'down', 'left', 'right')
    fc.assert(
      fc.property(
        anyTree,
        fc.array(fc.oneof(press, anyTree), { maxLength: 30 }),
        (first, steps) => {
          let tree = first
          let focus = begin(tree)
          for (const step of steps) {
            if (typeof step === 'string' && /up|down|left|right/.test(step))
              focus = move(tree, focus, step as Direction) ?? focus
            else {
              focus = settle(tree, step, focus)
              tree = step
            }
            const all = leaves(tree)
            if (all.length === 0) expect(focus.at).toBe('')
            else expect(all).toContain(focus.at)
          }
        },
      ),
      { seed: 17, numRuns: 300 },
    )
  })
})
