/** Signing for a camera in `streams.yaml`, and taking it back: everything else stays as it was written, comments too. */
import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { isMap, isSeq, parseDocument } from 'yaml'
import type { Clearance } from './streams-file.ts'

/** The file's text with another clearance of one camera; undefined where it has no such camera. */
export function withClearance(
  content: string,
  id: string,
  clearance: Clearance | undefined,
): string | undefined {
  const document = parseDocument(content)
  const cameras = document.get('cameras')
  const camera = isSeq(cameras)
    ? cameras.items.find((item) => isMap(item) && item.get('id') === id)
    : undefined
  if (document.errors.length > 0 || !isMap(camera)) return undefined
  camera.set('publicDisplay', clearance !== undefined)
  const told = {
    clearedBy: clearance?.by,
    clearedAt: clearance?.at,
    clearedFor: clearance?.reason,
  }
  for (const [key, value] of Object.entries(told)) {
    if (value === undefined) camera.delete(key)
    else camera.set(key, value)
  }
  return document.toString({ lineWidth: 0 })
}

/** Beside it first, so that a full disk leaves the old file whole; addresses hold passwords, so it is its owner's alone. */
export function replaceFile(path: string, content: string): void {
  const next = `${path}.new`
  try {
    const file = openSync(next, 'w', 0o600)
    try {
      chmodSync(next, 0o600)
      writeSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(next, path)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}
