/** The demo's cameras in `DATA_DIR/streams.yaml`, as a county would write them, and nothing else in it touched. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { isMap, isSeq, parseDocument } from 'yaml'
import { toInstant } from '../protocol/time.ts'
import type { CountyCamera } from './platforms/xintian-cameras.ts'

/** What the console may have changed since: it is the operator's. */
const clearance = ['publicDisplay', 'clearedBy', 'clearedAt', 'clearedFor'] as const

/** Throws a sentence on a file that it can't read. */
export function registerCameras(
  file: string,
  cameras: readonly CountyCamera[],
  urlOf: (id: string) => string,
  nowMs: number,
): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const document = parseDocument(text.trim() === '' ? 'cameras: []' : text)
  const [error] = document.errors
  if (error !== undefined)
    throw new Error(`${file} can't be read (${error.message.split('\n')[0]}): mend or remove it.`)
  if (isMap(document.contents) && !document.has('cameras'))
    document.set('cameras', document.createNode([]))
  const list = isMap(document.contents) ? document.get('cameras') : undefined
  if (!isSeq(list)) throw new Error(`${file} has no list of cameras: mend or remove it.`)
  list.flow = false
  const places = new Map(
    list.items.map((item, at) => [isMap(item) ? item.get('id') : undefined, at]),
  )
  for (const { id, organization, title, clearedBy } of cameras) {
    const at = places.get(id)
    const before = at === undefined ? undefined : list.items[at]
    const node: unknown = document.createNode({
      id,
      organization: organization.id,
      title,
      kind: 'http-flv',
      url: urlOf(id),
      publicDisplay: clearedBy !== undefined,
      ...(clearedBy !== undefined && { clearedBy, clearedAt: toInstant(nowMs) }),
    })
    if (isMap(node) && isMap(before))
      for (const key of clearance) {
        if (before.has(key)) node.set(key, before.get(key))
        else node.delete(key)
      }
    if (at === undefined) list.items.push(node)
    else list.items[at] = node
  }
  // Addresses of real cameras hold passwords, so the file is its owner's alone from the beginning.
  writeFileSync(`${file}.new`, document.toString({ lineWidth: 0 }), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
