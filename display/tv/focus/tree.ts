/**
 * Where the focus of a remote control is, and where an arrow takes it: a tree of rows and columns, and nothing is measured.
 * Pure. Exactly one leaf has the focus as long as there is one.
 */

export type Direction = 'up' | 'down' | 'left' | 'right'

export interface Group {
  readonly id: string
  readonly axis: 'row' | 'column'
  readonly children: readonly FocusNode[]
  /** A column of rows that are one grid: the next row is entered below the place where the last one was left. */
  readonly isGrid?: boolean
}
/** A leaf is its id. */
export type FocusNode = string | Group

export interface Focus {
  /** '' where the tree has no leaf. */
  readonly at: string
  /** By group: the child that had the focus last, to which it comes back. */
  readonly last: Readonly<Record<string, string>>
}

export const row = (id: string, children: readonly FocusNode[]): Group => ({
  id,
  axis: 'row',
  children,
})
export const column = (id: string, children: readonly FocusNode[]): Group => ({
  id,
  axis: 'column',
  children,
})

/** Items in rows of so many. */
export function grid(id: string, items: readonly string[], columns: number): Group {
  const rows: Group[] = []
  for (let at = 0; at < items.length; at += columns)
    rows.push(row(`${id}/${at / columns}`, items.slice(at, at + columns)))
  return { id, axis: 'column', children: rows, isGrid: true }
}

const idOf = (node: FocusNode): string => (typeof node === 'string' ? node : node.id)

/** From the root to the leaf; empty where it is not in the tree. */
function pathTo(node: FocusNode, leaf: string): readonly FocusNode[] {
  if (typeof node === 'string') return node === leaf ? [node] : []
  for (const child of node.children) {
    const rest = pathTo(child, leaf)
    if (rest.length > 0) return [node, ...rest]
  }
  return []
}

function hasLeaf(node: FocusNode): boolean {
  return typeof node === 'string' || node.children.some(hasLeaf)
}

/** The leaf of a node that is entered: where its groups had it last, else their first. */
function enter(node: FocusNode, last: Focus['last']): string | undefined {
  if (typeof node === 'string') return node
  const known = node.children.find((child) => idOf(child) === last[node.id] && hasLeaf(child))
  const child = known ?? node.children.find(hasLeaf)
  return child === undefined ? undefined : enter(child, last)
}

function remember(tree: FocusNode, { last }: Focus, at: string): Focus {
  const path = pathTo(tree, at)
  const entries = path.slice(1).map((child, index) => [idOf(path[index] ?? ''), idOf(child)])
  return { at, last: { ...last, ...Object.fromEntries(entries) } }
}

/** The focus of a tree that nobody has been in; `start` where it has that leaf. */
export function begin(tree: FocusNode, start?: string): Focus {
  const none: Focus = { at: '', last: {} }
  const at = start !== undefined && pathTo(tree, start).length > 0 ? start : enter(tree, {})
  return at === undefined ? none : remember(tree, none, at)
}

/** Null at an edge: nothing wraps. */
export function move(tree: FocusNode, focus: Focus, direction: Direction): Focus | null {
  const path = pathTo(tree, focus.at)
  const axis = direction === 'left' || direction === 'right' ? 'row' : 'column'
  const step = direction === 'left' || direction === 'up' ? -1 : 1
  for (let depth = path.length - 2; depth >= 0; depth -= 1) {
    const group = path[depth]
    const child = path[depth + 1]
    if (group === undefined || typeof group === 'string' || child === undefined) continue
    if (group.axis !== axis) continue
    for (
      let index = group.children.indexOf(child) + step;
      index >= 0 && index < group.children.length;
      index += step
    ) {
      const next = group.children[index]
      const at = next === undefined ? undefined : across(group, child, next, focus)
      if (at !== undefined) return remember(tree, focus, at)
    }
  }
  return null
}

function across(
  group: Group,
  from: FocusNode,
  to: FocusNode,
  { at, last }: Focus,
): string | undefined {
  if (group.isGrid !== true || typeof from === 'string' || typeof to === 'string')
    return enter(to, last)
  const column = from.children.findIndex((child) => pathTo(child, at).length > 0)
  const below = to.children[Math.min(column, to.children.length - 1)]
  return below === undefined ? undefined : enter(below, last)
}

/** The focus after the tree has changed: where it was, else the nearest that is left: what followed it, then what was before it. */
export function settle(before: FocusNode, after: FocusNode, focus: Focus): Focus {
  if (focus.at !== '' && pathTo(after, focus.at).length > 0) return focus
  const path = pathTo(before, focus.at)
  for (let depth = path.length - 2; depth >= 0; depth -= 1) {
    const group = path[depth]
    const child = path[depth + 1]
    if (group === undefined || typeof group === 'string' || child === undefined) continue
    const index = group.children.indexOf(child)
    const near = [...group.children.slice(index + 1), ...group.children.slice(0, index).reverse()]
    for (const each of near) {
      const at = leavesOf(each).find((leaf) => pathTo(after, leaf).length > 0)
      if (at !== undefined) return remember(after, focus, at)
    }
  }
  const at = enter(after, focus.last)
  return at === undefined ? { at: '', last: focus.last } : remember(after, focus, at)
}

function leavesOf(node: FocusNode): readonly string[] {
  return typeof node === 'string' ? [node] : node.children.flatMap(leavesOf)
}
